"""What the pages of stage 7 show: whom the news reached, how the plan goes, what its elements won."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.models import Department
from cabildo.plans.models import CorrectiveMeasure, PlanNode
from cabildo.plans.queries.lateness import is_late
from cabildo.plans.queries.tree import Tree, standing, thresholds
from cabildo.plans.wording import worded
from cabildo.quality.gates import implementation as gates
from cabildo.quality.model_words import ModelWords
from cabildo.quality.models import Cycle, DiffusionReach
from cabildo.quality.queries.implementation import Before, Compared
from cabildo.quality.shown.improvement import score_of, step
from cabildo.ui.parts import Column, Figure, Step, Table
from cabildo.ui.spanish import NO_DATA, number, share


def steps(cycle: Cycle) -> list[Step]:
    return [
        step(_("Difusión del informe de validación"), gates.plan_validation_diffused, cycle, "#difusion"),
        step(_("Seguimiento declarado"), gates.follow_up_declared, cycle, "#seguimiento"),
        step(_("Actividades con su medio de verificación"), gates.plan_actions_evidenced, cycle, "#avance"),
        step(_("Antes y después"), gates.before_after_compared, cycle, "#comparacion"),
    ]


@dataclass(frozen=True)
class ReachShown:
    """A department and how many of its people heard of the plan."""

    department: Department
    reach: DiffusionReach | None

    @property
    def told(self) -> str:
        return NO_DATA if self.reach is None else share(self.reach.reached, self.reach.staff)

    @property
    def is_left_out(self) -> bool:
        return self.reach is None or not self.reach.reached


def reached_in_all(rows: list[ReachShown]) -> list[Figure]:
    """Of the departments noted, their people; and how many departments nobody told."""
    noted = [row.reach for row in rows if row.reach is not None]
    people = share(sum(one.reached for one in noted), sum(one.staff for one in noted)) if noted else NO_DATA
    told = sum(not row.is_left_out for row in rows)
    return [
        Figure(_("Direcciones con difusión"), number(told), share=_("de %s") % number(len(rows))),
        Figure(_("Personas alcanzadas"), people, share=_("en las direcciones anotadas")),
    ]


def progress_figures(grown: Tree, late: list[PlanNode], today: date) -> list[Figure]:
    """How far the plan is, how far it should be, its light, and what is late."""
    stands = worded(standing(grown.part, thresholds(grown.plan), today))
    activities = grown.activities
    return [
        Figure(_("Avance"), stands.actual, share=str(stands.word)),
        Figure(_("Programado a hoy"), stands.planned),
        Figure(_("Índice"), stands.index, share=_("avance ÷ programado")),
        Figure(_("Actividades atrasadas"), number(len(late)), share=_("de %s") % number(len(activities))),
    ]


def late_activities(grown: Tree, today: date) -> list[PlanNode]:
    """Those that are late, the oldest first."""
    found = [branch.node for branch in grown.activities if is_late(branch, today)]
    return sorted(found, key=lambda node: (node.ends_on or today, node.code))


@dataclass(frozen=True)
class Late:
    """A late activity with the measures that were decided of it."""

    node: PlanNode
    measures: list[CorrectiveMeasure]

    @property
    def url(self) -> str:
        return reverse("plans:node", args=[self.node.pk])


def with_measures(late: list[PlanNode]) -> list[Late]:
    """One query."""
    found: dict[int, list[CorrectiveMeasure]] = {}
    for one in CorrectiveMeasure.objects.filter(node__in=late).select_related("responsible"):
        found.setdefault(one.node_id, []).append(one)
    return [Late(node, found.get(node.pk, [])) for node in late]


def start_head(*, is_validated: bool) -> str:
    """Whose score the start is."""
    return _("Partida validada") if is_validated else _("Partida declarada")


def reached_head() -> str:
    """What was reached only the committee says: no validator read it."""
    return _("Alcanzado (declarado)")


def comparison_table(compared: Compared, labels: Mapping[str, str], start: str, words: ModelWords) -> Table:
    """Start, expected, reached and the change of every element of the plan; `start` says whose score the first is."""
    columns = [
        Column("element", words.full_head),
        Column("start", start, numeric=True),
        Column("expected", _("Esperado"), numeric=True),
        Column("reached", reached_head(), numeric=True),
        Column("gain", _("Cambio"), numeric=True),
        Column("met", _("¿Llegó a lo esperado?")),
    ]
    return Table(
        _("Antes y después de cada %s del plan") % words.one,
        columns,
        [_row(row, labels, is_comparable=compared.is_comparable) for row in compared.rows],
    )


def _row(row: Before, labels: Mapping[str, str], *, is_comparable: bool) -> list[str]:
    unknown = _("terminó en la versión nueva") if row.ended else NO_DATA
    if not is_comparable:
        unknown = _("no comparable")
    met = {True: _("sí"), False: _("no"), None: unknown}[row.is_reached]
    gain = unknown if row.gain is None else f"{'+' if row.gain > 0 else ''}{score_of(row.gain)}"
    reached = unknown if row.reached is None else score_of(row.reached)
    return [labels[row.element], score_of(row.start), expected_words(row) or number(row.expected), reached, gain, met]


def expected_words(row: Before) -> str:
    """What was approved, where the plan says otherwise today; empty where it is the same."""
    if not row.is_changed:
        return ""
    if row.expected_now is None:
        return _("%s (ya no está en el plan)") % number(row.expected)
    told = {"approved": number(row.expected), "now": number(row.expected_now)}
    return _("%(approved)s, según se aprobó (hoy el plan dice %(now)s)") % told


def comparison_figures(compared: Compared) -> list[Figure]:
    known = [row for row in compared.rows if row.reached is not None]
    met = sum(row.is_reached is True for row in known)
    up = sum(row.gain is not None and row.gain > 0 for row in known)
    return [
        Figure(_("En el plan"), number(len(compared.rows))),
        Figure(_("Llegaron a lo esperado"), share(met, len(known)) if known else NO_DATA),
        Figure(_("Subieron"), share(up, len(known)) if known else NO_DATA),
    ]
