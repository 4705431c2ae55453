"""Who reads the papers of a meeting or of a body? Whoever sees it."""

from cabildo.documents import owners
from cabildo.meetings.permissions import may_read_body, may_read_meeting
from cabildo.meetings.queries.signing import OWNER_TYPE

BODY_TYPE = "meetings.body"


def register() -> None:
    owners.register(OWNER_TYPE, may_read=may_read_meeting)
    owners.register(BODY_TYPE, may_read=may_read_body)
