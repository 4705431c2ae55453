"""Stage 0: every question answered, the mayor presided, the acta is signed."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.instruments import queries as answered
from cabildo.meetings.choices import State
from cabildo.meetings.models import Meeting
from cabildo.quality import queries
from cabildo.quality.models import Cycle
from cabildo.quality.queries.acta import acta_behind
from cabildo.workflow.processes import gates
from cabildo.workflow.processes.gates import Missing
from cabildo.workflow.processes.models import ProcessRun

MAYOR = "mayor"
DONE = (State.HELD, State.MINUTED, State.SIGNED)


def register() -> None:
    gates.register("quality.diagnosis_answered", diagnosis_answered)
    gates.register("quality.diagnosis_led_by_mayor", diagnosis_led_by_mayor)
    gates.register("quality.diagnosis_minutes_signed", diagnosis_minutes_signed)


def diagnosis_answered(run: ProcessRun) -> Iterator[Missing]:
    """Every question has its one answer, and the diagnosis is closed."""
    cycle = queries.cycle_of(run)
    if cycle is None or cycle.diagnosis is None:
        yield Missing(_("Comenzar el diagnóstico"), reverse("quality:cycles"))
    elif cycle.diagnosis.is_open:
        missing = len(answered.result(cycle.diagnosis).missing)
        words = _("Responder las preguntas que faltan: %s") % missing if missing else _("Cerrar el diagnóstico")
        yield Missing(words, reverse("quality:diagnosis", args=[cycle.number]))


def diagnosis_led_by_mayor(run: ProcessRun) -> Iterator[Missing]:
    """The meeting was held, who came is noted, and the mayor presided (seed 001, slide 22)."""
    cycle = queries.cycle_of(run)
    meeting = queries.diagnosis_meeting(cycle) if cycle else None
    if cycle is None or meeting is None:
        yield _to_plan(cycle)
    elif meeting.state not in DONE:
        yield Missing(_("Hacer la reunión y anotar quiénes participaron"), _page(meeting))
    elif not queries.was_led_by(meeting, MAYOR, timezone.localdate(meeting.started_at)):
        yield Missing(_("Anotar que la alcaldía presidió y asistió"), _page(meeting))


def diagnosis_minutes_signed(run: ProcessRun) -> Iterator[Missing]:
    cycle = queries.cycle_of(run)
    meeting = queries.diagnosis_meeting(cycle) if cycle else None
    if meeting is None:
        yield _to_plan(cycle)
    elif meeting.state != State.SIGNED:
        yield Missing(_("Cerrar y firmar el acta de la reunión"), _page(meeting))
    elif cycle is not None and (behind := acta_behind(cycle, meeting)) is not None:
        words = _("Corregir el acta: no dice lo que se respondió en %s") % ", ".join(behind.every)
        yield Missing(words, reverse("quality:diagnosis", args=[cycle.number]))


def _to_plan(cycle: Cycle | None) -> Missing:
    url = reverse("quality:diagnosis_meeting", args=[cycle.number]) if cycle else reverse("quality:cycles")
    return Missing(_("Planificar la reunión del diagnóstico"), url)


def _page(meeting: Meeting) -> str:
    return reverse("meetings:detail", args=[meeting.pk])
