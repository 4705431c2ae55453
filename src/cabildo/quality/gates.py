"""What the programme can say of its own gates: what holds, and what is missing where."""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as say

from cabildo.instruments import queries as answered
from cabildo.meetings.choices import State
from cabildo.meetings.models import Meeting
from cabildo.quality import queries
from cabildo.quality.choices import COUNTERPARTS, Nature, Party, SupportKind
from cabildo.quality.models import Cycle
from cabildo.quality.queries import Entry
from cabildo.workflow.processes import gates
from cabildo.workflow.processes.gates import Check, Missing
from cabildo.workflow.processes.models import ProcessRun

MAYOR = "mayor"
DONE = (State.HELD, State.MINUTED, State.SIGNED)
CLAUSES = (
    (Party.MUNICIPALITY, Nature.DUTY, say("Escribir los deberes de la municipalidad")),
    (Party.MUNICIPALITY, Nature.RIGHT, say("Escribir los derechos de la municipalidad")),
    (Party.AGENCY, Nature.DUTY, say("Escribir los deberes del organismo")),
    (Party.AGENCY, Nature.RIGHT, say("Escribir los derechos del organismo")),
)


def register() -> None:
    gates.register("quality.diagnosis_answered", diagnosis_answered)
    gates.register("quality.diagnosis_led_by_mayor", diagnosis_led_by_mayor)
    gates.register("quality.diagnosis_minutes_signed", diagnosis_minutes_signed)
    gates.register("quality.agreement_signed", _of_entry(agreement_signed))
    gates.register("quality.counterparts_named", _of_entry(counterparts_named))
    gates.register("quality.support_recorded", _of_entry(support_recorded))


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


def _to_plan(cycle: Cycle | None) -> Missing:
    url = reverse("quality:diagnosis_meeting", args=[cycle.number]) if cycle else reverse("quality:cycles")
    return Missing(_("Planificar la reunión del diagnóstico"), url)


def _page(meeting: Meeting) -> str:
    return reverse("meetings:detail", args=[meeting.pk])


def _of_entry(check: Callable[[Entry], Iterator[Missing]]) -> Check:
    """A check of stage 1 as the register takes it: of the cycle that the run is about."""

    def of_run(run: ProcessRun) -> Iterator[Missing]:
        cycle = queries.cycle_of(run)
        if cycle is None:
            yield Missing(_("Comenzar el diagnóstico"), reverse("quality:cycles"))
        else:
            yield from check(queries.entry_of(cycle))

    return of_run


def agreement_signed(entry: Entry) -> Iterator[Missing]:
    """Duties and rights of both parties, both signatures, and the signed file (seed 001, slide 23)."""
    write = reverse("quality:agreement", args=[entry.cycle.number])
    if entry.agreement is None:
        yield Missing(_("Registrar el convenio"), write)
        return
    add = reverse("quality:clause_add", args=[entry.cycle.number])
    written = {(clause.party, clause.nature) for clause in entry.clauses}
    for party, nature, words in CLAUSES:
        if (party, nature) not in written:
            yield Missing(str(words), f"{add}?parte={party}&tipo={nature}")
    if entry.agreement.municipality_signed_on is None:
        yield Missing(_("Anotar cuándo firmó la municipalidad"), write)
    if entry.agreement.agency_signed_on is None:
        yield Missing(_("Anotar cuándo firmó el organismo"), write)
    if not entry.papers:
        yield Missing(_("Subir el convenio firmado"), write)


def counterparts_named(entry: Entry) -> Iterator[Missing]:
    """Two in force, named before the committee (seed 001, slide 24)."""
    named, page = len(entry.counterparts_in_force), reverse("quality:counterpart_name", args=[entry.cycle.number])
    if named == 0:
        yield Missing(_("Designar a las dos contrapartes técnicas"), page)
    elif named < COUNTERPARTS:
        yield Missing(_("Designar a la segunda contraparte técnica"), page)


def support_recorded(entry: Entry) -> Iterator[Missing]:
    """What it pays and why it is due are asked for at once; the money of a financial support may come later."""
    if not entry.supports:
        page = reverse("quality:support_add", args=[entry.cycle.number])
        yield Missing(_("Registrar el apoyo que recibe la municipalidad y por qué le corresponde"), page)
    for support in entry.supports:
        if support.kind == SupportKind.FINANCIAL and support.amount_clp is None:
            page = reverse("quality:support", args=[entry.cycle.number, support.pk])
            yield Missing(_("Anotar el monto del apoyo financiero: %s") % support.pays, page)
