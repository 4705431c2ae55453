"""Stage 5: the feedback was told, what is done was chosen with the matrix, fits in twelve months, and is whole."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.meetings.choices import State
from cabildo.plans.queries.completeness import lacks
from cabildo.plans.queries.tree import tree
from cabildo.quality.gates.cycles import of_cycle
from cabildo.quality.models import Cycle, Option
from cabildo.quality.queries import improvement as queries
from cabildo.quality.queries.plan_lines import PlanLine, plan_lines
from cabildo.quality.rules.programme import ANNUAL_MONTHS, last_day
from cabildo.ui.spanish import short_date
from cabildo.workflow.processes import gates
from cabildo.workflow.processes.gates import Missing

DONE = (State.HELD, State.MINUTED, State.SIGNED)


def register() -> None:
    gates.register("quality.feedback_disseminated", of_cycle(feedback_disseminated))
    gates.register("quality.methodologies_prioritised", of_cycle(methodologies_prioritised))
    gates.register("quality.plan_feasible", of_cycle(plan_feasible))
    gates.register("quality.plan_lines_complete", of_cycle(plan_lines_complete))


def feedback_disseminated(cycle: Cycle) -> Iterator[Missing]:
    """The activity was held, and who came is noted (seed 001, slide 31)."""
    meeting = queries.dissemination_meeting(cycle)
    if meeting is None:
        page = reverse("quality:dissemination", args=[cycle.number])
        yield Missing(_("Planificar la actividad de difusión de la retroalimentación"), page)
        return
    page = reverse("meetings:detail", args=[meeting.pk])
    if meeting.state not in DONE:
        yield Missing(_("Hacer la actividad de difusión"), page)
    if not meeting.attendances.filter(came=True).exists():
        yield Missing(_("Anotar quiénes asistieron a la difusión"), page)


def methodologies_prioritised(cycle: Cycle) -> Iterator[Missing]:
    """Something was chosen, and all of it answers to a gap of the report; its values the database guarantees."""
    page = reverse("quality:matrix", args=[cycle.number])
    baseline = queries.baseline_of(cycle)
    if baseline is None:
        yield Missing(_("Contar con los puntajes de la autoevaluación"), page)
        return
    if not baseline.is_validated:
        yield Missing(_("Recibir el Informe de Retroalimentación: los puntajes son sólo declarados"), page)
    chosen = [one for one in queries.offers_of(cycle, baseline) if one.option and one.option.is_chosen]
    if not chosen:
        yield Missing(_("Elegir metodologías en la matriz de priorización"), page)
    for offer in chosen:
        if not offer.gaps:
            where = reverse("quality:option", args=[cycle.number, offer.code])
            words = _("Revisar «%s»: ya no responde a ninguna brecha del informe")
            yield Missing(words % offer.methodology["label"], where)


def plan_feasible(cycle: Cycle) -> Iterator[Missing]:
    """No line stands for what does not fit in twelve months; no line of the annual programme ends after them."""
    plan = queries.plan_of(cycle)
    if plan is None:
        yield _to_write(cycle)
        return
    last = last_day(plan.starts_on, ANNUAL_MONTHS)
    unfit = set(Option.objects.filter(cycle=cycle).exclude(is_feasible=True).values_list("line_id", flat=True))
    for line in plan_lines(plan):
        page = reverse("plans:node", args=[line.node.pk])
        if line.node.pk in unfit:
            yield Missing(_("Quitar la línea %s: su metodología no cabe en doce meses") % line.node, page)
        if line.is_annual and line.ends_on is not None and line.ends_on > last:
            words = {"line": line.node, "ends": short_date(line.ends_on), "last": short_date(last)}
            told = _("Reprogramar la línea %(line)s: termina el %(ends)s y el programa anual llega al %(last)s")
            yield Missing(told % words, page)


def plan_lines_complete(cycle: Cycle) -> Iterator[Missing]:
    """Everything that a line must say, and where it is said (reference §5.2)."""
    plan = queries.plan_of(cycle)
    if plan is None:
        yield _to_write(cycle)
        return
    grown = tree(plan)
    lines = plan_lines(plan, grown)
    if not lines:
        yield Missing(_("Agregar al menos una línea de acción"), reverse("plans:plan", args=[plan.pk]))
    for line in lines:
        yield from missing_in(line)
    for lack in lacks(grown):
        if lack.node is not None:
            yield Missing(str(lack), reverse("plans:edit", args=[lack.node.pk]))


def missing_in(line: PlanLine) -> Iterator[Missing]:
    """What a line lacks besides what the engine asks of each activity. No query."""
    node, hanging = line.node, line.hanging
    edit = reverse("plans:edit", args=[node.pk])
    measure = reverse("plans:add_indicator", args=[node.pk])
    if line.has(hanging.measured):
        said_of_it = (
            (hanging.formulated, _("falta la fórmula del indicador")),
            (hanging.based, _("falta la línea base del indicador")),
            (hanging.aimed, _("falta la meta del indicador")),
        )
        for having, words in said_of_it:
            if not line.has(having):
                yield Missing(f"{node.code}: {words}", measure)
    else:
        yield Missing(f"{node.code}: {_('falta el indicador')}", measure)
    if not line.has(hanging.shared):
        yield Missing(f"{node.code}: {_('faltan las direcciones que participan')}", edit)
    if not line.has(hanging.funded):
        page = reverse("plans:add_money", args=[node.pk])
        yield Missing(f"{node.code}: {_('falta el presupuesto con su fuente')}", page)
    if not node.department_id and not node.responsible_id:
        yield Missing(f"{node.code}: {_('falta quién responde')}", edit)
    if not line.activities or line.activities == [node]:
        yield Missing(f"{node.code}: {_('faltan las actividades')}", reverse("plans:node", args=[node.pk]))


def _to_write(cycle: Cycle) -> Missing:
    return Missing(_("Crear el Plan de Mejoras con lo elegido"), reverse("quality:plan_create", args=[cycle.number]))
