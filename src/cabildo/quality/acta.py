"""The answers as the acta of their meeting tells them: a point for each area, with dissent apart."""

from collections.abc import Mapping
from typing import Any

from cabildo.accounts.models import User
from cabildo.instruments import queries as answered
from cabildo.instruments.models import Answer, Assessment
from cabildo.meetings.actions.minutes import write_minute
from cabildo.meetings.actions.planning import OPEN
from cabildo.meetings.models import AgendaItem, Meeting
from cabildo.meetings.queries.sessions import items_of

type Area = Mapping[str, Any]


def write_answers(meeting: Meeting, assessment: Assessment, *, by: User) -> int:
    """Put the agreed answers of each area under its point, where nobody has written yet; how many points got theirs.

    Nothing that somebody wrote is touched, nor an acta that is closed.
    """
    if meeting.state not in OPEN:
        return 0
    kept = answered.answers_of(assessment)
    areas = {area["label"]: area for area in answered.instrument(assessment)["areas"]}
    empty = [item for item in items_of(meeting) if item.title in areas and not _has_words(item)]
    for item in empty:
        write_minute(item, _told(areas[item.title], assessment, kept), base=_revision(item), by=by)
    return len(empty)


def _told(area: Area, assessment: Assessment, kept: Mapping[str, Answer]) -> dict[str, str]:
    known = [(question["text"], kept[question["id"]]) for question in area["questions"] if question["id"] in kept]
    return {
        "text": "\n\n".join(f"{asked}\n{answered.words_of(assessment, answer)}" for asked, answer in known),
        "dissent": "\n\n".join(f"{asked}\n{answer.dissent}" for asked, answer in known if answer.dissent),
    }


def _minute(item: AgendaItem) -> Any:
    return getattr(item, "minute", None)


def _has_words(item: AgendaItem) -> bool:
    minute = _minute(item)
    return minute is not None and bool(minute.text.strip())


def _revision(item: AgendaItem) -> int:
    minute = _minute(item)
    return minute.revision if minute is not None else 0
