"""The five steps of a meeting, each with its state and what is missing to go on."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabildo.meetings.choices import State
from cabildo.meetings.models import Attendance, Meeting
from cabildo.meetings.queries.sessions import was_called
from cabildo.meetings.rules.closing import Gap
from cabildo.meetings.rules.states import CLOSED
from cabildo.meetings.wording import gap_words, quorum_words
from cabildo.ui.parts import Missing, Step

PAGES = {
    "attendance": "attendance",
    "unmarked": "attendance",
    "quorum": "quorum",
    "agenda": "agenda",
    "minute": "minutes",
}


def missing_of(meeting: Meeting, found: Sequence[Gap]) -> list[Missing]:
    """What keeps the acta from being closed, each with the page where it is done."""
    gaps = [Missing(_capital(gap_words(gap)), _url(meeting, PAGES[gap.code])) for gap in found]
    unheld = meeting.state in (State.DRAFT, State.CALLED)
    return (
        [Missing(_("Terminar la reunión o anotar cuándo se hizo"), _url(meeting, "times"))] if unheld else []
    ) + gaps


def unprepared(meeting: Meeting) -> list[Missing]:
    """What a meeting about to begin was not given beforehand, each with the page where it is done. Two queries."""
    undone = [
        ("agenda", _("La tabla no tiene puntos."), not meeting.items.exists()),
        ("call", _("No se ha convocado a nadie desde aquí."), not was_called(meeting)),
    ]
    return [Missing(words, _url(meeting, name)) for name, words, is_missing in undone if is_missing]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _url(meeting: Meeting, name: str) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk])


def steps_of(
    meeting: Meeting, people: Sequence[Attendance], gaps: Sequence[Gap], agreements: int, *, writes: bool
) -> list[Step]:
    """Call, attendance, minutes, agreements, acta. Who may not write sees the states without their links."""
    if meeting.state == State.CANCELLED:
        return []
    is_closed = meeting.state in CLOSED
    open_codes = set() if is_closed else {gap.code for gap in gaps}
    called = sum(bool(person.calls.all()) for person in people)
    came = sum(person.came is True for person in people)
    steps = [
        _call(meeting, called),
        Step(
            _("Asistencia y quórum"),
            _state(not open_codes & {"attendance", "unmarked", "quorum"}),
            " ".join([_present(came), quorum_words(meeting)]).strip(),
            "attendance",
        ),
        Step(_("Lo tratado"), _state(not open_codes & {"agenda", "minute"}), "", "minutes"),
        Step(_("Acuerdos"), _state(is_closed or agreements > 0), _agreed(agreements), "agree"),
        _last(meeting, gaps, is_closed),
    ]
    return [_linked(meeting, step, writes and (not is_closed or step.url == "signing")) for step in _marked(steps)]


def _call(meeting: Meeting, called: int) -> Step:
    """Done once it went out; of a meeting that was held without it, that nobody was called from here."""
    if called or meeting.state in (State.DRAFT, State.CALLED):
        return Step(_("Convocatoria"), _state(meeting.state != State.DRAFT), _called(called), "call")
    return Step(_("Convocatoria"), "skipped", _("Se hizo sin convocar a nadie desde aquí."))


def _last(meeting: Meeting, gaps: Sequence[Gap], is_closed: bool) -> Step:
    if meeting.state == State.SIGNED:
        return Step(_("Acta"), "done", _("Cerrada y firmada."), "signing")
    if is_closed:
        return Step(_("Acta"), "pending", _("Cerrada. Faltan firmas."), "signing")
    missing = missing_of(meeting, gaps)
    return Step(_("Acta"), "blocked" if missing else "pending", "", "close", missing)


def _state(done: bool) -> str:
    return "done" if done else "pending"


def _called(count: int) -> str:
    words = ngettext("%(count)s persona convocada.", "%(count)s personas convocadas.", count)
    return words % {"count": count} if count else ""


def _present(count: int) -> str:
    return ngettext("%(count)s presente.", "%(count)s presentes.", count) % {"count": count} if count else ""


def _agreed(count: int) -> str:
    return ngettext("%(count)s acuerdo.", "%(count)s acuerdos.", count) % {"count": count} if count else ""


def _marked(steps: list[Step]) -> list[Step]:
    """The first that is not done is the current one; what is blocked stays so."""
    current = next((place for place, step in enumerate(steps) if step.state == "pending"), None)
    return [
        Step(step.title, "current" if place == current else step.state, step.note, step.url, step.missing)
        for place, step in enumerate(steps)
    ]


def _linked(meeting: Meeting, step: Step, is_open: bool) -> Step:
    url = _url(meeting, str(step.url)) if is_open and step.url else ""
    return Step(step.title, step.state, step.note, url, step.missing if is_open else ())
