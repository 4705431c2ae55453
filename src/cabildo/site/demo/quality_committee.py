"""Stage 2 in Puerto Claro: the committee at work, with a little still to do, or with everything done."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from cabildo.accounts.models import Department, User
from cabildo.meetings.actions import bodies, holding
from cabildo.meetings.actions.holding import Noted
from cabildo.plans.actions import tree
from cabildo.plans.models import Plan
from cabildo.quality.actions import committee, methods, practices, working_plans
from cabildo.quality.choices import Content, Scope, Stage
from cabildo.quality.models import Committee, Cycle
from cabildo.site.demo.people import official

MEMBERS = ("control", "dideco", "obras")
ABSENT = ("diego", "inspeccion")
EVERYBODY = "Diario mural"
DECREE = (
    "Demostración, no oficial. Decreto alcaldicio N° {number}: nómbrase el Comité de Mejora de la Municipalidad de"
    " Puerto Claro, encabezado por la Alcaldía, e intégrase a él a las dos contrapartes técnicas."
)
METHODS = (
    (
        Stage.SELF_ASSESSMENT,
        "Las jefaturas escriben; el comité revisa y acuerda los puntajes; preside la alcaldía.",
        "Cada dirección escribe en su computador o en la planilla. El comité se reúne los jueves, dos horas, y conversa"
        " donde los puntajes difieren hasta llegar a un acuerdo.",
    ),
    (
        Stage.VALIDATION,
        "Las dos contrapartes reciben las preguntas; responde la jefatura de cada tema.",
        "Toda pregunta de los validadores se contesta en dos días hábiles. La entrevista se prepara en una sesión.",
    ),
    (
        Stage.PLAN,
        "El comité prioriza; quien ejecutará cada línea la escribe; presupuesto la revisa.",
        "Un taller de priorización, una sesión por área de mejora y una lectura final con la alcaldía.",
    ),
    (
        Stage.PLAN_VALIDATION,
        "Las contrapartes reparten las consultas; responde quien lleva la línea.",
        "Las recomendaciones se leen en una sesión y queda escrito cuáles se acogen.",
    ),
)
LAST_METHOD = (
    Stage.IMPLEMENTATION,
    "Quien lleva cada línea informa; el comité revisa; la alcaldía decide lo que se atrasa.",
    "El primer jueves de cada mes cada línea muestra su medio de verificación. Lo que se atrasa sale con una medida.",
)
PRACTICES = (
    (
        "operaciones",
        "operaciones",
        "Ronda de luminarias los lunes",
        "Antes se esperaba el reclamo. Ahora dos personas recorren un sector cada lunes y anotan qué falta."
        " Los reclamos por luminarias apagadas bajaron y la cuadrilla sale con los repuestos que necesita.",
        True,
    ),
    (
        "aseo",
        "aseo",
        "Aviso por mensaje del cambio de recorrido",
        "Cuando un feriado cambia el retiro de basura, se avisa el día anterior a las juntas de vecinos del sector y el"
        " texto queda en el diario mural. Se escribe una vez y lo usan todos los sectores.",
        True,
    ),
    (
        "social",
        "dideco",
        "Carpeta única de la familia",
        "La asistente social que atiende primero abre una carpeta y las demás escriben en ella. La familia cuenta su"
        " situación una sola vez.",
        False,
    ),
)


LATER_PRACTICES = (
    (
        "operaciones",
        "operaciones",
        "Bodega de emergencia lista antes de mayo",
        "En abril se cuentan nailon, sacos y bombas, y se firma qué falta. En el último temporal las cuadrillas"
        " salieron en veinte minutos, porque todo estaba donde dice el plano.",
        True,
    ),
    (
        "transito",
        "transito",
        "Turnos de licencias por sector",
        "Un viernes al mes la unidad atiende en la delegación de Las Gaviotas. Quienes viven allá ya no"
        " pierden la mañana.",
        False,
    ),
)
DECREES = {1: "1.087", 2: "1.642"}


def write(cycle: Cycle, today: date, lead: User) -> None:
    made = _appoint(cycle, today, lead)
    _plans(cycle, today, lead)
    _methods(cycle, today, lead)
    _practices(cycle, today, lead)
    _launch(made, today, lead)


def complete(cycle: Cycle, lead: User) -> None:
    """How the last stage will be run."""
    _declare(cycle, (LAST_METHOD,), lead)


def _appoint(cycle: Cycle, today: date, lead: User) -> Committee:
    on, number = today - timedelta(days=9), DECREES.get(cycle.number, DECREES[1])
    paper = ContentFile(DECREE.format(number=number).encode(), name="decreto.txt")
    made = committee.appoint_committee(cycle, number=number, on=on, secretary=lead, today=today, by=lead, paper=paper)
    act = bodies.Act("decree", number, on)
    for name in MEMBERS:
        who = bodies.Who(user=official(name), sector="municipal")
        bodies.appoint(made.body, who, starts_on=on, act=act, by=lead)
    return made


def _plans(cycle: Cycle, today: date, lead: User) -> None:
    given: dict[str, Any] = {"with_proposal": True, "today": today, "by": lead}
    work, strategy = working_plans.start_work_plan(cycle, **given), working_plans.start_strategy(cycle, **given)
    for plan in (work, strategy):
        _answer_for(plan, lead)
    departments = list(Department.objects.filter(is_active=True))
    for channel in strategy.nodes.get(place=Content.CHANNELS).parts.all():
        reached = departments if channel.label.startswith(EVERYBODY) else departments[::2]
        working_plans.declare_reach(cycle, channel, departments=reached, by=lead)


def _answer_for(plan: Plan, lead: User) -> None:
    """The first of each place has somebody who answers; the others wait."""
    for place in plan.nodes.filter(level=0):
        first = place.parts.order_by("position").first()
        if first is not None:
            tree.change_node(first, revision=first.revision, by=lead, responsible=lead)


def _methods(cycle: Cycle, today: date, lead: User) -> None:
    _declare(cycle, METHODS, lead)
    methods.declare_follow_up(
        cycle,
        scope=Scope.STAGES,
        what="Actividades del Plan de Trabajo y tareas atrasadas de cada dirección",
        reviewer=lead,
        every="fortnight",
        starts_on=today + timedelta(days=4),
        when_late="Se avisa a la jefatura ese mismo día; a la segunda vez, el comité acuerda qué hacer.",
        by=lead,
    )


def _declare(cycle: Cycle, declared: Iterable[tuple[Stage, str, str]], lead: User) -> None:
    departments = list(Department.objects.filter(is_active=True)[:4])
    for stage, people, how in declared:
        methods.declare_method(cycle, stage, people=people, how=how, departments=departments, revision=0, by=lead)


def _practices(cycle: Cycle, today: date, lead: User) -> None:
    for code, contact, title, what, is_published in PRACTICES if cycle.previous_id is None else LATER_PRACTICES:
        made = practices.register_practice(
            cycle,
            title=title,
            what=what,
            department=Department.objects.get(code=code),
            contact=official(contact),
            since_on=today - timedelta(days=400),
            today=today,
            by=lead,
        )
        if is_published:
            practices.publish_practice(made, today=today, by=lead)


def _launch(made: Committee, today: date, lead: User) -> None:
    starts_at = timezone.make_aware(datetime.combine(today - timedelta(days=2), time(15)))
    meeting = committee.plan_launch(
        made.cycle, starts_at=starts_at, place="Gimnasio municipal", expects_all=True, by=lead
    )
    times = {"started_at": starts_at, "ended_at": starts_at + timedelta(hours=2)}
    holding.note_times(meeting, **times, now=timezone.now(), by=lead)
    absent = {official(name).pk for name in ABSENT}
    marks = {one.pk: Noted("absent" if one.user_id in absent else "came") for one in meeting.attendances.all()}
    holding.take_attendance(meeting, marks, by=lead)
