"""How does a person who proved their RUN meet the requests that were made with it?"""

from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.people import queries as people


@transaction.atomic
def recognise(user: User, run: str) -> None:
    """Tie the requester of this RUN, in the municipality of the scope, to the account that proved it."""
    requester = people.by_run(run)
    if requester is None or requester.user_id == user.pk:
        return
    requester.user = user
    requester.save(update_fields=["user"])
    audit.record("requester.recognised", on=requester, by=user)
