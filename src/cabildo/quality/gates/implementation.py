"""Stage 7: all heard of the validated plan, somebody follows it, what is done is proved, what it won is shown."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cabildo.plans.models import PlanNode
from cabildo.plans.queries.tree import tree
from cabildo.plans.rules.states import State
from cabildo.quality.choices import Scope
from cabildo.quality.gates.cycles import of_cycle
from cabildo.quality.model_words import words_of_body
from cabildo.quality.models import Cycle, FollowUp
from cabildo.quality.queries import implementation as queries
from cabildo.quality.queries.improvement import baseline_of, plan_of
from cabildo.workflow.processes import gates
from cabildo.workflow.processes.gates import Missing

WORDS = 8  # of an activity, in a list of what is missing


def register() -> None:
    gates.register("quality.plan_validation_diffused", of_cycle(plan_validation_diffused))
    gates.register("quality.follow_up_declared", of_cycle(follow_up_declared))
    gates.register("quality.plan_actions_evidenced", of_cycle(plan_actions_evidenced))
    gates.register("quality.before_after_compared", of_cycle(before_after_compared))


def plan_validation_diffused(cycle: Cycle) -> Iterator[Missing]:
    """No department without anybody who heard of it (seed 001, slide 33)."""
    for department, reach in queries.reach_by_department(cycle):
        if reach is None or not reach.reached:
            page = reverse("quality:reach", args=[cycle.number, department.code])
            yield Missing(
                _("Difundir el informe de validación en %s y anotar a cuántas personas llegó") % department, page
            )


def follow_up_declared(cycle: Cycle) -> Iterator[Missing]:
    """Who reviews, how often, and what is done when something is late: a row says the three."""
    if not FollowUp.objects.filter(cycle=cycle, scope=Scope.PLAN).exists():
        page = reverse("quality:implementation", args=[cycle.number]) + "#seguimiento"
        yield Missing(_("Declarar quién revisa el plan, cada cuánto y qué se hace con los atrasos"), page)


def plan_actions_evidenced(cycle: Cycle) -> Iterator[Missing]:
    """What is closed has its proof; what is not gives its reason when the plan is closed."""
    plan = plan_of(cycle)
    if plan is None:
        yield Missing(_("Crear el Plan de Mejoras"), reverse("quality:plan_create", args=[cycle.number]))
        return
    told = plan.state == State.CLOSED and bool(plan.closing_note.strip())
    for branch in tree(plan).activities:
        page = reverse("plans:node", args=[branch.node.pk])
        if branch.node.closed_on is None and not told:
            yield Missing(
                _("Cerrar %s con su medio de verificación, o cerrar el plan con la razón") % shorter(branch.node), page
            )
        elif branch.node.closed_on is not None and not getattr(branch.node, "proofs", 0):
            yield Missing(_("Adjuntar el medio de verificación de %s") % shorter(branch.node), page)


def shorter(node: PlanNode) -> str:
    """Its code and the beginning of its words."""
    return f"{node.code} {Truncator(node.label).words(WORDS)}"


def before_after_compared(cycle: Cycle) -> Iterator[Missing]:
    """Start, expected and reached are known of every element of the plan, or both models cannot be compared."""
    page = reverse("quality:reached", args=[cycle.number])
    baseline = baseline_of(cycle)
    if baseline is None or not queries.expected_in(cycle).approved:
        yield Missing(_("Escribir en cada línea el puntaje que se espera"), _lines_page(cycle))
    elif not queries.before_and_after(cycle, baseline).is_complete:
        yield Missing(_("Anotar el puntaje alcanzado en cada %s del plan") % words_of_body(baseline.body).one, page)


def _lines_page(cycle: Cycle) -> str:
    return reverse("quality:programme", args=[cycle.number])
