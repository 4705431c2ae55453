"""Stage 2 on paper and as a workbook: the committee, its two plans, how each stage is run, launch, practices."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cabildo.meetings.choices import Sex
from cabildo.meetings.models import Member
from cabildo.meetings.wording import quorum_rule_words
from cabildo.quality.choices import Scope
from cabildo.quality.models import Cycle, FollowUp, GoodPractice, LevellingRequest
from cabildo.quality.plans import COMMUNICATION, WORK
from cabildo.quality.queries import committee as queries
from cabildo.quality.queries import trainings
from cabildo.quality.queries.committee import Formation, Launch
from cabildo.quality.queries.trainings import Called, Trained
from cabildo.quality.queries.working_plans import Reach, WorkingPlan, reach_of, working_plan
from cabildo.quality.rules.dates import next_review
from cabildo.quality.shown import committee as shown
from cabildo.quality.shown.report_tables import Rows, names_of
from cabildo.quality.shown.stage_papers import Part, Printed, StagePaper, each
from cabildo.ui.spanish import number, share, short_date


@dataclass(frozen=True)
class Told:
    """Stage 2 of a cycle, read once for its paper."""

    cycle: Cycle
    today: date
    formation: Formation
    work: WorkingPlan | None
    strategy: WorkingPlan | None
    reach: Reach | None
    follow_ups: Sequence[FollowUp]
    launch: Launch | None
    practices: Sequence[GoodPractice]
    called: Sequence[Called]
    levelling: Sequence[LevellingRequest]
    trained: Trained

    @property
    def requesters(self) -> list[Any]:
        """Neighbours whose names the paper tells."""
        seats = [*self.formation.members, *self.formation.former]
        trained = [one.member for called in self.called for one in called.attendances if one.member]
        return list({one.requester.pk: one.requester for one in (*seats, *trained) if one.requester}.values())


def told(cycle: Cycle, formation: Formation, today: date) -> Told:
    """What the page reads and the trainings; as many queries however many rows there are."""
    strategy = working_plan(cycle, COMMUNICATION)
    return Told(
        cycle=cycle,
        today=today,
        formation=formation,
        work=working_plan(cycle, WORK),
        strategy=strategy,
        reach=reach_of(strategy) if strategy else None,
        follow_ups=queries.follow_ups_of(cycle, Scope.STAGES),
        launch=queries.launch_of(cycle),
        practices=list(queries.practices_of(cycle).select_related("published_by")),
        called=trainings.of_cycle(cycle),
        levelling=list(trainings.levelling_requests(cycle).values()),
        trained=trainings.trained_of(cycle, today),
    )


def paper(found: Told) -> StagePaper:
    """Everything that the stage holds."""
    return StagePaper(
        title=_("Comité de Mejora"),
        name=f"comite-ciclo-{found.cycle.number}",
        cycle=found.cycle,
        parts=[
            _decree(found),
            _members(found),
            *_trainings(found),
            _plans(found),
            _channels(found),
            _methods(found),
            follow_ups(found.follow_ups, found.today, is_open=found.cycle.closed_on is None),
            _launch(found),
            _practices(found),
        ],
        cover=list(_cover(found)),
    )


def _cover(found: Told) -> Iterator[tuple[str, str]]:
    formation, reach = found.formation, found.reach
    yield _("Lo encabeza"), str(formation.chair or _("nadie todavía"))
    yield _("Integrantes en funciones"), number(len(formation.members))
    if found.trained.members:
        yield _("Capacitados para la autoevaluación"), share(found.trained.trained, found.trained.members)
    if reach:
        yield _("Direcciones a las que llega algún canal"), share(reach.covered, reach.departments)
    published = sum(one.published_on is not None for one in found.practices)
    yield _("Buenas prácticas publicadas"), _("%(out)s de %(all)s") % {"out": published, "all": len(found.practices)}


def _decree(found: Told) -> Part:
    columns = [
        _("Nombre"),
        _("Para qué se creó"),
        _("Acto que lo crea"),
        _("Número del acto"),
        _("Fecha del acto"),
        _("Comienza"),
        _("Termina"),
        _("Quórum"),
        _("Composición declarada"),
        _("Archivos"),
    ]
    return Part(
        Rows(_("Comité"), columns, list(_body(found.formation))),
        nothing=_("La alcaldía todavía no nombra al comité."),
        heading=_("El decreto que lo nombra"),
    )


def _body(formation: Formation) -> Iterator[list[Any]]:
    if formation.committee is None:
        return
    body = formation.committee.body
    act = [body.get_act_kind_display(), body.act_number, body.act_on]
    days = [body.starts_on, body.ends_on or _("sigue en funciones")]
    rule = quorum_rule_words(body)
    if body.counts_representatives:
        rule = _("%s; quien envía a un representante cuenta como presente") % rule
    yield [body.name, body.purpose, *act, *days, rule, _composition(formation.members), names_of(formation.papers)]


def _composition(members: Sequence[Member]) -> str:
    """By the sex that each declared, added up: of nobody by name."""
    counted = Counter(one.sex for one in members)
    return "; ".join(f"{sex.label}: {counted[sex]}" for sex in Sex if counted[sex])


def _members(found: Told) -> Part:
    columns = [
        _("Persona"),
        _("Organización"),
        _("Papel"),
        _("Sector"),
        _("Cuenta para el quórum"),
        _("Desde"),
        _("Hasta"),
        _("Por qué terminó"),
        _("Reemplaza a"),
        _("Acto que nombra"),
        _("En la plataforma"),
    ]
    seats = shown.seats(found.formation)
    everybody = [*(seat.member for seat in seats), *found.formation.former]
    lacking = {seat.member.pk: seat.lacks or _("puede responder") for seat in seats}
    names = {one.pk: one.full_name for one in everybody}
    rows = [_member(one, names, lacking.get(one.pk, _("ya no integra"))) for one in everybody]
    return Part(
        Rows(_("Integrantes"), columns, rows),
        printed=[
            Printed(_("Persona"), [0, 1], 5, is_named=False),
            Printed(_("Papel"), [2, 3, 4], 4),
            Printed(_("Desde"), [5, 6, 7, 8], 4),
            Printed(_("Nombramiento"), [9, 10], 5),
        ],
        nothing=_("Todavía no integra nadie el comité."),
        heading=_("Quiénes lo integran y lo integraron"),
    )


def _member(one: Member, names: dict[int, str], lack: str) -> list[Any]:
    act = [one.get_act_kind_display(), one.act_number, short_date(one.act_on) if one.act_on else ""]
    return [
        one.full_name,
        one.organisation,
        one.get_role_display(),
        one.get_sector_display(),
        _("sí") if one.has_voice else _("no"),
        one.starts_on,
        one.ends_on or "",
        one.end_reason,
        names.get(one.replaces_id or 0, ""),
        " ".join(filter(None, act)) or _("el decreto del comité"),
        lack,
    ]


def _trainings(found: Told) -> list[Part]:
    return [_given(found.called), _came(found.called), _levelling(found.levelling)]


def _given(called: Sequence[Called]) -> Part:
    columns = [
        _("Capacitación"),
        _("Tipo"),
        _("La da"),
        _("Quiénes enseñan"),
        _("Primer día"),
        _("Último día"),
        _("Lugar"),
        _("Se convocó el"),
        _("Asistieron"),
        _("Material"),
    ]
    rows: list[list[Any]] = []
    for one in called:
        given = one.place.training
        what = [given.title, given.get_kind_display(), str(given.agency), given.trainers]
        came = _("%(came)s; se esperaba a %(expected)s") % {"came": one.came, "expected": one.expected}
        when = [given.starts_on, given.ends_on, given.place, one.place.called_on]
        rows.append([*what, *when, came, names_of(one.materials)])
    nothing = _("El programa todavía no convoca a la municipalidad.")
    return Part(Rows(_("Capacitaciones"), columns, rows), names=0, nothing=nothing)


def _came(called: Sequence[Called]) -> Part:
    columns = [_("Persona"), _("Capacitación"), _("Convocatoria"), _("Asistencia")]
    marks = {True: _("asistió"), False: _("no asistió"), None: _("sin anotar")}
    rows = [
        [
            str(person),
            one.place.training.title,
            _("convocada") if person.is_expected else _("sin convocar"),
            marks[person.came],
        ]
        for one in called
        for person in one.attendances
    ]
    return Part(
        Rows(_("Asistencia"), columns, rows),
        printed=each(columns, [5, 6, 3, 3]),
        nothing=_("No hay asistencia que mostrar."),
        heading=_("Quiénes se capacitaron"),
    )


def _levelling(found: Sequence[LevellingRequest]) -> Part:
    columns = [_("Visita"), _("Capacitados ese día"), _("Integrantes"), _("Se pidió el"), _("La pidió")]
    rows = [[_("visita %s") % one.visit, one.trained, one.members, one.asked_on, str(one.asked_by)] for one in found]
    return Part(
        Rows(_("Nivelación pedida"), columns, rows),
        printed=each(columns, [2, 3, 3, 3, 4]),
        nothing=_("No se ha pedido."),
    )


def _plans(found: Told) -> Part:
    columns = [_("Plan"), _("Etapa o contenido"), _("Actividades"), _("Con responsable y fechas"), _("Estado")]
    rows = [
        [plan.plan.title, place.node.label, place.activities, place.settled, place.state[1]]
        for plan in (found.work, found.strategy)
        if plan
        for place in shown.places(plan)
    ]
    return Part(
        Rows(_("Planes del comité"), columns, rows),
        printed=each(columns, [4, 5, 3, 3, 4], {2, 3}),
        nothing=_("Todavía no se empiezan el Plan de Trabajo ni la Estrategia Comunicacional Interna."),
        note=_("Cada plan tiene su propio documento, con todas sus actividades, en su página."),
        heading=_("Plan de Trabajo y Estrategia Comunicacional Interna"),
    )


def _channels(found: Told) -> Part:
    columns = [_("Canal"), _("Cuántas direcciones"), _("Direcciones")]
    reach, rows, note = found.reach, [], ""
    if reach:
        rows = [
            [one.node.label, f"{len(one.reached)} de {reach.departments}", ", ".join(map(str, one.reached))]
            for one in reach.channels
        ]
        if reach.left_out:
            note = _("Sin canal: %s.") % ", ".join(map(str, reach.left_out))
    return Part(
        Rows(_("Canales"), columns, rows),
        printed=each(columns, [4, 2, 7]),
        nothing=_("La estrategia todavía no tiene canales."),
        note=note,
        heading=_("A quiénes llega cada canal"),
    )


def _methods(found: Told) -> Part:
    columns = [_("Etapa"), _("Quiénes participan"), _("Direcciones"), _("Cómo se trabaja")]
    rows = [
        [one.stage.label, one.method.people, one.departments, one.method.how]
        if one.method
        else [one.stage.label, _("sin declarar"), "", ""]
        for one in shown.methods(queries.methods_of(found.cycle))
    ]
    title = _("Metodología de Intervención")
    return Part(Rows(title, columns, [[str(cell) for cell in row] for row in rows]), names=0)


def follow_ups(found: Sequence[FollowUp], today: date, *, is_open: bool) -> Part:
    """The reviews declared, of the stages or of the plan; of a cycle that ended there is no next one."""
    columns = [
        _("Qué se revisa"),
        _("Quién revisa"),
        _("Cada cuánto"),
        _("Primera revisión"),
        _("Próxima revisión"),
        _("Si hay atraso"),
    ]
    rows: list[list[Any]] = [
        [
            one.what,
            str(one.reviewer),
            one.get_every_display(),
            one.starts_on,
            next_review(one.starts_on, one.every, today) if is_open else "",
            one.when_late,
        ]
        for one in found
    ]
    return Part(
        Rows(_("Seguimiento"), columns, rows),
        printed=[
            Printed(_("Qué se revisa"), [0], 5),
            Printed(_("Quién y cada cuánto"), [1, 2], 5, is_named=False),
            Printed(_("Primera revisión"), [3, 4], 4),
            Printed(_("Si hay atraso"), [5], 5),
        ],
        nothing=_("Todavía no se declara ninguno."),
    )


def _launch(found: Told) -> Part:
    columns = [_("Reunión"), _("Cuándo"), _("Dónde"), _("Estado"), _("Se esperaba a"), _("Asistieron"), _("Sin anotar")]
    rows: list[list[Any]] = []
    if found.launch:
        held = found.launch
        meeting = held.meeting
        when = meeting.started_at or meeting.planned_start_at
        counted = [held.expected, held.came if held.was_held else None, held.unmarked]
        where = ", ".join(filter(None, (meeting.place, meeting.link)))
        rows.append([str(meeting), when, where, meeting.get_state_display(), *counted])
    return Part(Rows(_("Lanzamiento"), columns, rows), nothing=_("Todavía no se planifica."))


def _practices(found: Told) -> Part:
    columns = [
        _("Práctica"),
        _("Dirección"),
        _("Qué se hace"),
        _("Desde cuándo"),
        _("A quién preguntar"),
        _("Publicada el"),
        _("La publicó"),
    ]
    rows: list[list[Any]] = [
        [
            one.title,
            str(one.department),
            one.what,
            one.since_on,
            str(one.contact),
            one.published_on or _("sin publicar"),
            str(one.published_by or ""),
        ]
        for one in found.practices
    ]
    nothing = _("Todavía no se registra ninguna.")
    return Part(Rows(_("Buenas prácticas"), columns, rows), names=0, nothing=nothing)
