"""What the pages of the programme show: the invitation, the line and its history, the municipalities of an agency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.links import absolute
from cabildo.accounts.models import Agency
from cabildo.accounts.scoping import in_municipality
from cabildo.quality import queries
from cabildo.quality.choices import EnrolmentState, Line, Stage
from cabildo.quality.models import Cycle, Enrolment, LineDecision
from cabildo.quality.queries import programme
from cabildo.quality.queries.accreditation import follows_the_line, is_of_the_line
from cabildo.territory.models import Region
from cabildo.ui.parts import Fact, Step, TimelineEntry
from cabildo.ui.spanish import NO_DATA, long_date, short_date
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.choices import StageState
from cabildo.workflow.processes.gates import Missing
from cabildo.workflow.processes.models import ProcessEvent, ProcessRun, StageRun
from cabildo.workflow.processes.queries import Standing

LINE_GATE = "quality.line_confirmed"
STEP_OF = {StageState.CLOSED: "done", StageState.RUNNING: "current", StageState.REOPENED: "current"}


@dataclass(frozen=True)
class Row:
    """A municipality in the list of an agency, in words; `standing` is None while it has no open cycle."""

    enrolment: Enrolment
    region: str
    line: str
    standing: Standing | None
    left_on: date | None = None  # the open cycle left the programme

    @property
    def state(self) -> EnrolmentState:
        return self.enrolment.state

    @property
    def stage(self) -> str:
        if self.enrolment.accepted_on is None:
            return ""
        if self.left_on:
            return _("retirado del programa el %s") % short_date(self.left_on)
        found = self.standing.stage if self.standing else None
        return found.label if found else _("sin ciclo abierto")

    @property
    def late_days(self) -> int:
        return self.standing.late_days if self.standing else 0

    @property
    def professional(self) -> str:
        return str(self.enrolment.professional or _("sin asignar"))


def rows(enrolments: Iterable[Enrolment], today: date) -> list[Row]:
    """The lines of the list, inside the scope of the agency. Four queries."""
    listed, names = list(enrolments), region_names()
    places = [one.municipality_id for one in listed if one.accepted_on]
    found, left = programme.standings(places, today), programme.left_on(places)
    return [_row(one, names, found.get(one.municipality_id), left.get(one.municipality_id)) for one in listed]


def _row(enrolment: Enrolment, names: dict[str, str], standing: Standing | None, left_on: date | None) -> Row:
    region = names.get(enrolment.municipality.commune_code[:2], NO_DATA)
    line: str = getattr(enrolment, "line", None) or ""
    words = str(Line(line).label) if line else _("por confirmar") if enrolment.accepted_on else ""
    return Row(enrolment, region, words, standing, left_on)


def region_names() -> dict[str, str]:
    return dict(Region.objects.values_list("code", "short_name"))


def enrolment_facts(enrolment: Enrolment) -> list[Fact]:
    """The invitation and what came of it."""
    facts = [
        Fact(_("Organismo"), enrolment.agency),
        Fact(_("Se invitó el"), long_date(enrolment.invited_on)),
        Fact(_("Respuesta"), _answer(enrolment)),
        Fact(_("Profesional del programa"), enrolment.professional or _("sin asignar")),
        Fact(_("Organismo que valida"), enrolment.validating_agency or _("todavía no se sabe")),
    ]
    return [*facts, Fact(_("Por qué no acepta"), enrolment.decline_reason)] if enrolment.decline_reason else facts


def _answer(enrolment: Enrolment) -> str:
    if enrolment.accepted_on:
        told = {"day": long_date(enrolment.accepted_on), "who": enrolment.answered_by}
        return _("aceptó el %(day)s · %(who)s") % told
    if enrolment.declined_on:
        told = {"day": long_date(enrolment.declined_on), "who": enrolment.answered_by}
        return _("no aceptó, el %(day)s · %(who)s") % told
    return _("todavía no responde")


def line_facts(cycle: Cycle, decision: LineDecision | None) -> list[Fact]:
    """What the result proposes, and what the programme confirmed."""
    proposed = str(Line(cycle.proposed_line).label) if cycle.proposed_line else NO_DATA
    return [
        Fact(_("Línea que propone el resultado"), proposed),
        Fact(_("Línea confirmada"), decision.get_line_display() if decision else _("todavía no se confirma")),
    ]


def line_words(cycle: Cycle, decision: LineDecision | None) -> str:
    """«Mejoramiento Progresivo, confirmada el 8 sep 2026», or what the result proposes, said as that."""
    if decision is not None:
        told = {"line": decision.get_line_display(), "day": short_date(decision.at)}
        return _("%(line)s, confirmada el %(day)s") % told
    if not cycle.proposed_line:
        return _("se propone cuando se cierre el diagnóstico")
    return _("%s, propuesta, por confirmar") % cycle.get_proposed_line_display()


def line_lead(cycle: Cycle) -> str:
    """What the result proposes; when the cycle already follows the accreditation, what another line would change."""
    told = _("El resultado propone: %s.") % (cycle.get_proposed_line_display() or _("ninguna línea"))
    if not follows_the_line(cycle):
        return told
    return f"{told} " + _(
        "El ciclo ya sigue la acreditación. Si decide otra línea, deja ese proceso y retoma el anterior donde quedó;"
        " con nivelación repite el diagnóstico. Lo registrado no se borra: los servicios y los puntos sellados se"
        " pueden leer, y el ciclo los retoma si la línea vuelve a ser acreditación."
    )


@dataclass(frozen=True)
class LeftProcess:
    """A process that the cycle left, to be read."""

    title: str
    url: str
    until: str


def left_processes(cycle: Cycle) -> list[LeftProcess]:
    """Those that the line of the cycle made it leave, the first first."""
    return [
        LeftProcess(one.title, reverse("processes:run", args=[one.pk]), _("retirado el %s") % short_date(one.ended_on))
        for one in queries.left_runs(cycle)
        if one.ended_on is not None
    ]


def line_history(decisions: Iterable[LineDecision]) -> list[TimelineEntry]:
    """Every decision with its reason and what the result said then, the last first."""
    return [
        TimelineEntry(
            at=one.at,
            title=_("Se decidió la línea: %s") % one.get_line_display(),
            who=str(one.by),
            text=_("%(reason)s El resultado proponía: %(proposed)s.")
            % {"reason": one.reason, "proposed": one.get_proposed_display() or NO_DATA},
            icon="check2",
        )
        for one in decisions
    ]


@dataclass(frozen=True)
class ToAccreditation:
    """How a cycle whose line is accreditation stands: it follows that process, or what the diagnosis still lacks."""

    follows: bool
    missing: list[Missing]


def to_accreditation(cycle: Cycle) -> ToAccreditation:
    """What keeps the cycle from going on in that line, besides going on in it."""
    run = queries.run_of(cycle)
    if run is None or is_of_the_line(run):
        return ToAccreditation(follows=run is not None, missing=[])
    found = [stage for stage in processes.stages_of(run) if stage.code == Stage.DIAGNOSIS and not stage.ended_on]
    return ToAccreditation(follows=False, missing=[item for stage in found for item in _lacks(stage)])


def _lacks(stage: StageRun) -> list[Missing]:
    verdicts = [one for one in processes.verdicts(stage) if one.gate.check != LINE_GATE]
    return processes.all_missing(stage, verdicts)


@dataclass(frozen=True)
class Visit:
    """A page of the municipality, for who may enter it."""

    label: str
    url: str


@dataclass(frozen=True)
class CycleShown:
    """The open cycle of a municipality, as its agency sees it."""

    cycle: Cycle
    steps: list[Step]
    decisions: list[LineDecision]
    standing: LineDecision | None
    visits: list[Visit]
    leaving: ProcessEvent | None


def cycle_of(enrolment: Enrolment) -> CycleShown | None:
    """The open cycle, read inside its municipality; None before it accepts and between cycles."""
    if enrolment.accepted_on is None:
        return None
    with in_municipality(enrolment.municipality):
        cycle = queries.open_cycle()
        if cycle is None:
            return None
        decisions = queries.line_decisions(cycle)
        run = queries.run_of(cycle)
        return CycleShown(
            cycle,
            _steps(cycle, run),
            decisions,
            programme.in_force(cycle, decisions),
            _visits(cycle),
            processes.withdrawal_of(run) if run else None,
        )


def _steps(cycle: Cycle, run: ProcessRun | None) -> list[Step]:
    stages = [*queries.stages_before(cycle, run), *processes.stages_of(run)] if run else []
    return [
        Step(one.label, STEP_OF.get(StageState(one.state), "pending"), note=_dates(one), mark=str(one.position))
        for one in stages
    ]


def _dates(stage: object) -> str:
    ended, due = getattr(stage, "ended_on", None), getattr(stage, "due_on", None)
    if ended:
        return _("terminó el %s") % short_date(ended)
    return _("a más tardar el %s") % short_date(due) if due else ""


def _visits(cycle: Cycle) -> list[Visit]:
    presented = [Visit(_("Servicios y puntos de acreditación"), absolute("quality:accreditation", cycle.number))]
    return [
        *(presented if follows_the_line(cycle) else []),
        Visit(_("Diagnóstico"), absolute("quality:diagnosis", cycle.number)),
        Visit(_("Convenio, contrapartes y apoyo"), absolute("quality:entry", cycle.number)),
        Visit(_("Línea y nivelación"), absolute("quality:line", cycle.number)),
    ]


def choices_of(agency: Agency) -> list[tuple[str, str]]:
    """Who looks after a municipality of the agency, as a filter offers them."""
    found = programme.enrolments_of(agency).exclude(professional=None)
    people = found.values_list("professional_id", "professional__full_name").order_by("professional__full_name")
    return [(str(pk), name) for pk, name in people.distinct()]
