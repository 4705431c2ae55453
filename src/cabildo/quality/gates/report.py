"""The report: its five contents, the consultant's review of what is there now, its sending; the same of the plan."""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.instruments.rules.scoring import Fault
from cabildo.instruments.wording import of_mark
from cabildo.quality.choices import BackgroundKind, Subject
from cabildo.quality.gates.cycles import of_cycle
from cabildo.quality.gates.self_assessment import to_agree
from cabildo.quality.models import Cycle
from cabildo.quality.queries import report as queries
from cabildo.quality.queries import run_of
from cabildo.quality.queries.consultancy import place_here
from cabildo.quality.queries.improvement import plan_of
from cabildo.quality.queries.report import Told
from cabildo.quality.shown.report_tables import fingerprint
from cabildo.workflow.processes import gates
from cabildo.workflow.processes.gates import Missing
from cabildo.workflow.processes.queries import process_of

REVIEWS = {
    Subject.REPORT: ("quality.report_reviewed_by_consultant", "quality:report"),
    Subject.PLAN: ("quality.plan_reviewed_by_consultant", "quality:plan_sending"),
}
PROOF = {"without_evidence", "short_trend", "without_text"}
MOST_NAMED = 10  # elements named one by one before they are counted
type Check = Callable[[Told], Iterator[Missing]]


def register() -> None:
    contents = ["reunir_informe", "firmar_oficio_informe"]
    gates.register("quality.report_has_five_contents", of_cycle(report_has_five_contents), ends=contents)
    gates.register("quality.report_reviewed_by_consultant", of_cycle(report_reviewed_by_consultant))
    gates.register("quality.report_sent", of_cycle(report_sent), ends=["enviar_informe"])
    gates.register("quality.plan_reviewed_by_consultant", of_cycle(plan_reviewed_by_consultant))
    gates.register("quality.plan_sent", of_cycle(plan_sent), ends=["enviar_plan"])


def five_contents(told: Told) -> Iterator[Missing]:
    """What is missing of the five contents (seed 001, slide 29)."""
    for check in (letter, acta, background, evidence, scores):
        yield from check(told)


def letter(told: Told) -> Iterator[Missing]:
    """The mayor's letter: number, date and file."""
    page, held = _page("report_letter", told), told.report
    if held is None or not held.letter_number or held.letter_on is None:
        yield Missing(_("Registrar el número y la fecha del oficio de la alcaldía"), page)
    if not told.letter_files:
        yield Missing(_("Subir el oficio firmado"), page)


def acta(told: Told) -> Iterator[Missing]:
    """A signed acta of the committee that backs the scores."""
    if told.committee is None:
        yield Missing(_("Nombrar al Comité de Mejora"), reverse("quality:cycles"))
    elif told.meeting is None:
        yield Missing(_("Elegir la reunión del comité cuya acta respalda los puntajes"), _page("report_acta", told))
    elif not told.acta_is_signed:
        yield Missing(
            _("Cerrar y firmar el acta de la reunión del comité"), reverse("meetings:detail", args=[told.meeting.pk])
        )


def background(told: Told) -> Iterator[Missing]:
    """Both texts and the population; what else is unknown is told as «sin dato»."""
    page, held = _page("report_background", told), told.background
    if held is None or not held.organisation:
        yield Missing(_("Escribir cómo se organiza la municipalidad"), _page("report_background_words", told))
    if held is None or not held.challenges:
        yield Missing(_("Escribir los principales desafíos"), _page("report_background_words", told))
    if told.figure(BackgroundKind.POPULATION) is None:
        yield Missing(_("Anotar la población, con su año y su fuente"), page)


def evidence(told: Told) -> Iterator[Missing]:
    """Written evidence for every element above the lowest score, with the years that a trend needs."""
    if told.filled is None:
        yield Missing(_("Comenzar la autoevaluación"), reverse("quality:self_assessment", args=[told.cycle.number]))
        return
    faults = [fault for fault in told.filled.faults if fault.code in PROOF]
    for fault in faults[:MOST_NAMED]:
        yield Missing(_named(told, fault), _sheet(told, fault.element))
    if len(faults) > MOST_NAMED:
        more = _("Completar la evidencia de otras %s fichas") % (len(faults) - MOST_NAMED)
        yield Missing(more, _sheet(told, faults[MOST_NAMED].element))


def _named(told: Told, fault: Fault) -> str:
    items = told.filled.items if told.filled else ()
    label = next((item.label for item in items if item.id == fault.element), fault.element)
    return " ".join(of_mark(fault, label))


def _sheet(told: Told, element: str) -> str:
    return reverse("quality:sheet", args=[told.cycle.number, element])


def scores(told: Told) -> Iterator[Missing]:
    """Every element marked by consensus, unless the model allows it to be blank; the self-assessment closed."""
    if told.filled is not None and told.filled.assessment.is_open:
        left = list(to_agree(told.cycle, told.filled))
        yield from left or [Missing(_("Cerrar la autoevaluación"), _page("self_assessment", told))]


def _page(name: str, told: Told) -> str:
    return reverse(f"quality:{name}", args=[told.cycle.number])


def report_has_five_contents(cycle: Cycle) -> Iterator[Missing]:
    yield from five_contents(queries.told(cycle, timezone.localdate()))


def report_reviewed_by_consultant(cycle: Cycle) -> Iterator[Missing]:
    """The last review is of what the report says now."""
    seen = fingerprint(queries.told(cycle, timezone.localdate()))
    yield from _reviewed(cycle, Subject.REPORT, seen)


def plan_reviewed_by_consultant(cycle: Cycle) -> Iterator[Missing]:
    plan = plan_of(cycle)
    if plan is None:
        yield Missing(_("Escribir el Plan de Mejoras"), reverse("quality:plan_sending", args=[cycle.number]))
    else:
        yield from _reviewed(cycle, Subject.PLAN, queries.plan_fingerprint(plan))


def review_before_sending(cycle: Cycle, subject: Subject, seen: str) -> list[Missing]:
    """What the consultant's review still lacks of the content with this fingerprint, before it is sent.

    Nothing where the process of the cycle does not ask for the review, or no contract covers the municipality: then
    nobody could review it, and the gate of the stage says whom to ask.
    """
    if place_here() is None or not _asks(cycle, REVIEWS[subject][0]):
        return []
    return list(_reviewed(cycle, subject, seen))


def _asks(cycle: Cycle, check: str) -> bool:
    """Has the process that the cycle follows a stage with this gate?"""
    run = run_of(cycle)
    stages = process_of(run.pack_version).stages if run else ()
    return any(gate.check == check for stage in stages for gate in stage.gates)


def _reviewed(cycle: Cycle, subject: Subject, seen: str) -> Iterator[Missing]:
    said = queries.reviews_of(cycle, subject)
    if said and said[0].sha256 == seen:
        return
    page = reverse(REVIEWS[subject][1], args=[cycle.number])
    if place_here() is None:
        words = _("Pedir al organismo del programa una consultoría: hoy ningún contrato cubre a la municipalidad")
        yield Missing(words, reverse("quality:consultancy", args=[cycle.number]))
    elif not said:
        yield Missing(_("Pedir a la consultoría que revise: %s") % subject.label, f"{page}#revision")
    else:
        yield Missing(_("Pedir una nueva revisión: el contenido cambió después de la última"), f"{page}#revision")


def report_sent(cycle: Cycle) -> Iterator[Missing]:
    if queries.last_sending(cycle, Subject.REPORT) is None:
        page = reverse("quality:report", args=[cycle.number])
        yield Missing(_("Enviar el informe al organismo que valida"), f"{page}#envio")


def plan_sent(cycle: Cycle) -> Iterator[Missing]:
    if queries.last_sending(cycle, Subject.PLAN) is None:
        page = reverse("quality:plan_sending", args=[cycle.number])
        yield Missing(_("Enviar el Plan de Mejoras al organismo que valida"), f"{page}#envio")
