"""What the answers of a diagnosis say in the acta of their meeting, and where the acta says something else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cabildo.instruments import queries as answered
from cabildo.instruments.models import Answer, Assessment
from cabildo.meetings.choices import State
from cabildo.meetings.models import AgendaItem, Meeting, Minute
from cabildo.meetings.queries.sessions import items_of, minute_of
from cabildo.meetings.rules.drafting import digest
from cabildo.quality.models import Cycle
from cabildo.quality.queries.cycles import diagnosis_meeting

CLOSED = (State.MINUTED, State.SIGNED)

type Area = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """A point of the acta, and what the answers of its area say there."""

    item: AgendaItem
    minute: Minute
    text: str
    dissent: str

    @property
    def is_new(self) -> bool:
        """Do the answers say something else than when the platform wrote them there?"""
        return self.minute.drafted != digest(self.text, self.dissent)

    @property
    def is_free(self) -> bool:
        """May the platform write it, since no person's words stand there?"""
        return self.minute.is_blank or self.minute.is_as_drafted


@dataclass(frozen=True)
class Behind:
    """Where the acta of a diagnosis does not say what was answered.

    `to_write` nobody has changed; `to_review` are a person's words, older than the answers.
    """

    meeting: Meeting
    to_write: tuple[str, ...]
    to_review: tuple[str, ...]

    @property
    def is_closed(self) -> bool:
        """Is a corrected version the only way?"""
        return self.meeting.state in CLOSED

    @property
    def every(self) -> tuple[str, ...]:
        return self.to_write + self.to_review


def told(meeting: Meeting, assessment: Assessment) -> Iterator[Told]:
    """Each point of the agenda that is an area of the questionnaire. Two queries."""
    kept = answered.answers_of(assessment)
    areas = {area["label"]: area for area in answered.instrument(assessment)["areas"]}
    for item in items_of(meeting):
        if item.title in areas:
            yield Told(item, minute_of(item), **_words(areas[item.title], assessment, kept))


def _words(area: Area, assessment: Assessment, kept: Mapping[str, Answer]) -> dict[str, str]:
    known = [(question["text"], kept[question["id"]]) for question in area["questions"] if question["id"] in kept]
    return {
        "text": "\n\n".join(f"{asked}\n{answered.words_of(assessment, answer)}" for asked, answer in known),
        "dissent": "\n\n".join(f"{asked}\n{answer.dissent}" for asked, answer in known if answer.dissent),
    }


def acta_behind(cycle: Cycle, meeting: Meeting | None = None) -> Behind | None:
    """What the acta of a closed diagnosis does not say as it was answered; None when it says all. Three queries.

    A point that only people wrote is theirs. One that somebody wrote again after the diagnosis closed was reviewed.
    """
    diagnosis = cycle.diagnosis
    if diagnosis is None or diagnosis.closed_at is None:
        return None
    meeting = meeting or diagnosis_meeting(cycle)
    if meeting is None:
        return None
    found = [one for one in told(meeting, diagnosis) if one.is_new]
    to_write = tuple(one.item.title for one in found if one.is_free)
    to_review = tuple(
        one.item.title
        for one in found
        if not one.is_free and one.minute.drafted and not _was_reviewed(one.minute, diagnosis)
    )
    return Behind(meeting, to_write, to_review) if to_write or to_review else None


def _was_reviewed(minute: Minute, diagnosis: Assessment) -> bool:
    return bool(minute.changed_at and diagnosis.closed_at and minute.changed_at > diagnosis.closed_at)
