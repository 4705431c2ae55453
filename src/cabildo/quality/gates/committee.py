"""Stage 2: the committee by decree, its two living plans, how it works and follows, the launch, good practices."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cabildo.plans.rules.states import State
from cabildo.quality.choices import CONDUCTED, COUNTERPARTS, Content, Scope
from cabildo.quality.gates.cycles import of_cycle
from cabildo.quality.models import Cycle
from cabildo.quality.plans import COMMUNICATION, WORK
from cabildo.quality.queries import committee as asked
from cabildo.quality.queries.committee import Formation
from cabildo.quality.queries.working_plans import Place, Reach, WorkingPlan, reach_of, working_plan
from cabildo.ui.parts import Words
from cabildo.ui.spanish import number
from cabildo.workflow.processes import gates
from cabildo.workflow.processes.gates import Missing

NAMED = 3  # departments that a sentence names
NEXT: dict[str, Words] = {
    State.DRAFT: gettext_lazy("Enviar a aprobación «%s»"),
    State.SUBMITTED: gettext_lazy("Aprobar con su acto «%s»"),
    State.APPROVED: gettext_lazy("Comenzar la ejecución de «%s»"),
}


def register() -> None:
    for name, check in (
        ("committee_appointed", lambda cycle: committee_appointed(asked.formation_of(cycle))),
        ("work_plan_complete", work_plan_complete),
        ("communication_strategy_complete", communication_strategy_complete),
        ("intervention_method_declared", intervention_method_declared),
        ("stage_follow_up_declared", stage_follow_up_declared),
        ("launch_held", launch_held),
        ("good_practices_published", good_practices_published),
    ):
        gates.register(f"quality.{name}", of_cycle(check))


def committee_appointed(formation: Formation) -> Iterator[Missing]:
    """The decree with its file; the mayor leads, both counterparts have a seat (seed 001, slide 24)."""
    cycle = formation.cycle
    if len(formation.counterparts) < COUNTERPARTS:
        page = reverse("quality:counterpart_name", args=[cycle.number])
        yield Missing(_("Designar a las dos contrapartes técnicas"), page)
    if formation.committee is None:
        yield Missing(_("Registrar el decreto que nombra al comité"), reverse("quality:decree", args=[cycle.number]))
        return
    if not formation.papers:
        yield Missing(_("Subir el decreto"), reverse("quality:decree", args=[cycle.number]))
    body = reverse("meetings:body", args=[formation.committee.body_id])
    if not formation.is_led_by_mayor:
        yield Missing(_("Anotar que la alcaldía preside el comité"), body)
    for counterpart in formation.left_out:
        yield Missing(_("Nombrar en el comité a la contraparte %s") % counterpart.user, body)


def work_plan_complete(cycle: Cycle) -> Iterator[Missing]:
    """An own activity or more for every stage, from self-assessment to validation of the plan (slide 25); under way."""
    plan = working_plan(cycle, WORK)
    if plan is None:
        yield Missing(_("Empezar el Plan de Trabajo"), reverse("quality:work_plan", args=[cycle.number]))
    else:
        yield from list(_unsettled(plan)) or _not_under_way(plan)


def communication_strategy_complete(cycle: Cycle) -> Iterator[Missing]:
    """Launch, diffusion, motivation, channels that reach every official, feedback instances (slide 25); under way."""
    strategy = working_plan(cycle, COMMUNICATION)
    if strategy is None:
        yield Missing(
            _("Empezar la Estrategia Comunicacional Interna"), reverse("quality:strategy", args=[cycle.number])
        )
        return
    channels = strategy.place(Content.CHANNELS)
    reach = _out_of_reach(cycle, reach_of(strategy)) if channels and channels.activities else ()
    yield from [*_unsettled(strategy), *reach] or _not_under_way(strategy)


def _not_under_way(plan: WorkingPlan) -> Iterator[Missing]:
    """A plan that nobody approved or began is in nobody's work (seed 001: living plans, not attachments)."""
    words = NEXT.get(plan.plan.state)
    if words is not None:
        yield Missing(str(words) % plan.plan.title, reverse("plans:plan", args=[plan.plan.pk]))


def _unsettled(plan: WorkingPlan) -> Iterator[Missing]:
    """What each place lacks: an activity, or somebody who answers for one and its dates."""
    for place in plan.places:
        if not place.activities:
            add = reverse("plans:add", args=[plan.plan.pk]) + f"?en={place.node.pk}"
            yield Missing(_("Agregar al menos una actividad: %s") % place.node.label, add)
        elif not place.settled:
            yield Missing(_("Decir quién responde y cuándo: %s") % place.node.label, _first(place))


def _first(place: Place) -> str:
    return reverse("plans:edit", args=[place.activities[0].pk])


def _out_of_reach(cycle: Cycle, reach: Reach) -> Iterator[Missing]:
    for channel in reach.channels:
        if not channel.reached:
            page = reverse("quality:channel", args=[cycle.number, channel.node.pk])
            yield Missing(_("Decir a quiénes llega el canal «%s»") % channel.node.label, page)
    if reach.left_out and all(channel.reached for channel in reach.channels):
        words = ngettext(
            "Llegar con algún canal a la dirección que falta: %s",
            "Llegar con algún canal a las direcciones que faltan: %s",
            len(reach.left_out),
        )
        yield Missing(words % _named(reach.left_out), reverse("quality:committee", args=[cycle.number]) + "#canales")


def _named(departments: Iterable[object]) -> str:
    """The first by name, and how many more."""
    names = [str(one) for one in departments]
    more = len(names) - NAMED
    shown = ", ".join(names[:NAMED])
    return _("%(names)s y %(more)s más") % {"names": shown, "more": number(more)} if more > 0 else shown


def intervention_method_declared(cycle: Cycle) -> Iterator[Missing]:
    """Every stage to come says who is involved and how it is run (slide 26)."""
    declared = asked.methods_of(cycle)
    for stage in CONDUCTED:
        if stage not in declared:
            page = reverse("quality:method", args=[cycle.number, stage.value])
            yield Missing(_("Decir quiénes participan y cómo: %s") % stage.label, page)


def stage_follow_up_declared(cycle: Cycle) -> Iterator[Missing]:
    """What is reviewed, by whom and how often while the stages go on (slide 26)."""
    if not asked.follow_ups_of(cycle, Scope.STAGES):
        page = reverse("quality:follow_up_add", args=[cycle.number])
        yield Missing(_("Declarar qué se revisa, quién y cada cuánto"), page)


def launch_held(cycle: Cycle) -> Iterator[Missing]:
    """The event took place, and it is noted who came (slide 25)."""
    launch = asked.launch_of(cycle)
    if launch is None:
        yield Missing(_("Planificar el lanzamiento"), reverse("quality:launch", args=[cycle.number]))
        return
    page = reverse("meetings:detail", args=[launch.meeting.pk])
    if not launch.was_held:
        yield Missing(_("Hacer el lanzamiento"), page)
    elif launch.unmarked or not launch.came:
        words = _("Anotar la asistencia al lanzamiento: faltan %s personas") % number(launch.unmarked)
        yield Missing(words if launch.unmarked else _("Anotar quiénes asistieron al lanzamiento"), page)


def good_practices_published(cycle: Cycle) -> Iterator[Missing]:
    """At least one, registered in the cycle, that the whole municipality reads (slide 26)."""
    practices = list(asked.practices_of(cycle))
    if not practices:
        yield Missing(_("Registrar una buena práctica"), reverse("quality:practice_add", args=[cycle.number]))
    elif all(practice.published_on is None for practice in practices):
        page = reverse("quality:practice_publish", args=[cycle.number, practices[0].pk])
        yield Missing(_("Publicar una buena práctica"), page)
