"""The clock of a diagnosis in words: how long the meeting has gone on, what is left, and how far the questions are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabildo.instruments import queries as answered
from cabildo.instruments.models import Assessment
from cabildo.meetings.models import Meeting
from cabildo.meetings.wording import minutes_words
from cabildo.quality.rules.timer import Timer, timer
from cabildo.quality.shown.diagnosis import AreaProgress


@dataclass(frozen=True)
class Clock:
    """`done` of `total` questions, the time of the meeting, and both in a sentence."""

    timer: Timer
    done: int
    total: int
    words: str

    @property
    def spent(self) -> int:
        """As a bar draws it: never more than the whole."""
        return min(self.timer.spent or 0, self.timer.minutes)


def clock(assessment: Assessment, found: Sequence[AreaProgress], meeting: Meeting | None, now: datetime) -> Clock:
    """No query: what was read is told."""
    minutes = answered.instrument(assessment)["settings"]["minutes"]
    started_at, ended_at = (meeting.started_at, meeting.ended_at) if meeting else (None, None)
    told = timer(minutes, started_at, ended_at, now)
    done, total = sum(area.answered for area in found), sum(area.total for area in found)
    return Clock(told, done, total, f"{_of_time(told, meeting)} {_pace(told, done, total)}".strip())


def _of_time(told: Timer, meeting: Meeting | None) -> str:
    whole = minutes_words(told.minutes)
    if meeting is None:
        return _("Toma cerca de %s. La reunión no está planificada: el tiempo no corre.") % whole
    if told.spent is None:
        return _("Hay %s. La reunión no tiene hora de inicio: el tiempo no corre.") % whole
    words = {"spent": minutes_words(told.spent), "whole": whole, "left": minutes_words(told.left)}
    if not told.is_running:
        return _("La reunión terminó: duró %(spent)s y se previeron %(whole)s. El tiempo no corre.") % words
    if told.over:
        return _("Van %(spent)s; se previeron %(whole)s y ya van %(over)s de más.") % {
            **words,
            "over": minutes_words(told.over),
        }
    return _("Van %(spent)s de %(whole)s; quedan %(left)s.") % words


def _pace(told: Timer, done: int, total: int) -> str:
    """How the questions go against the time, while both are known and something is left of both."""
    if not told.is_running or not told.left or done >= total:
        return ""
    missing = total - done
    each = minutes_words(max(1, told.left // missing))
    words = ngettext(
        "Falta %(missing)s pregunta.", "Faltan %(missing)s preguntas: cerca de %(each)s para cada una.", missing
    )
    return words % {"missing": missing, "each": each}
