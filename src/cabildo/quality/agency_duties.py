"""What the desk of an agency owes: lines to confirm, who is late, questions, cycles without validators, trainings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import can_in_agency
from cabildo.accounts.models import Agency
from cabildo.accounts.scoping import in_municipalities
from cabildo.kit.workdays import Calendar
from cabildo.quality import queries
from cabildo.quality.choices import HelpState, QualityPermission, Stage, Subject
from cabildo.quality.models import (
    Cycle,
    Enrolment,
    IssuedReport,
    Sending,
    Training,
    TrainingAttendance,
    ValidatorAssignment,
)
from cabildo.quality.queries import help as helped
from cabildo.quality.queries import programme
from cabildo.workflow.duties import MINE, WAITING, Duty
from cabildo.workflow.processes.choices import OPEN_RUNS
from cabildo.workflow.processes.models import StageRun, TaskRun
from cabildo.workflow.rules.standing import standing_on

CONFIRM = "confirmar_linea"
# what a validating body validates -> the stage that says until when
VALIDATED = {Subject.REPORT: Stage.VALIDATION, Subject.PLAN: Stage.PLAN_VALIDATION}


@dataclass(frozen=True)
class Desk:
    """Who asks, of which agency, and what they may do there. Every answer is inside the scope of its municipalities."""

    user: Any
    agency: Agency
    today: date
    calendar: Calendar

    def may(self, permission: str) -> bool:
        return can_in_agency(self.user, permission, self.agency)

    @cached_property
    def leads(self) -> bool:
        return self.may(QualityPermission.MANAGE_PROGRAMME)

    @cached_property
    def enrolments(self) -> dict[int, Enrolment]:
        """Municipality -> its place in the programme. One query."""
        return {one.municipality_id: one for one in queries.enrolments_of(self.agency)}

    @cached_property
    def cycles(self) -> list[Cycle]:
        """The open ones. One query."""
        found = Cycle.objects.filter(closed_on=None).select_related("municipality", "diagnosis")
        return list(found.order_by("municipality__name"))

    def group(self, enrolment: Enrolment) -> str:
        """Whose turn it is: who looks after a municipality, or who leads the programme while nobody does.

        Empty for who has nothing to do with it.
        """
        if enrolment.professional_id == self.user.pk:
            return MINE
        if self.leads:
            return WAITING if enrolment.professional_id else MINE
        return ""

    def duty(self, place: Any, what: str, action: str, url: str, **more: Any) -> Duty:
        due_on = more.pop("due_on", None)
        told = {"department": "", "person": "", "group": MINE, **more}
        state = standing_on(due_on, self.today, self.calendar)
        return Duty(what=what, folio=str(place), due_on=due_on, state=state, url=url, action=action, **told)

    def of_municipality(self, enrolment: Enrolment, what: str, action: str, page: str, **more: Any) -> Duty:
        url = reverse(f"programme:{page}", args=[enrolment.municipality.slug])
        person = str(enrolment.professional or "")
        return self.duty(enrolment.municipality, what, action, url, **{"person": person, **more})


def duties(user: Any, agency: Agency, today: date, limit: int) -> Iterable[Duty]:
    """A fixed number of queries, however many municipalities there are; at most `limit` of each kind."""
    desk = Desk(user, agency, today, programme.national_calendar(today))
    if not desk.may(QualityPermission.VIEW_PROGRAMME):
        return
    with in_municipalities(programme.accepted_ids(agency)):
        for source in (_lines, _late, _accompaniment, _questions, _validations, _trainings):
            yield from list(source(desk))[:limit]


def _lines(desk: Desk) -> Iterator[Duty]:
    """Diagnoses that were closed and whose line nobody confirmed."""
    if not desk.may(QualityPermission.CONFIRM_LINE):
        return
    closed = [one for one in desk.cycles if one.diagnosis is not None and not one.diagnosis.is_open]
    decided = queries.standing_decisions(closed)
    open_tasks = TaskRun.objects.filter(code=CONFIRM, stage__run__state__in=OPEN_RUNS)
    due = dict(open_tasks.values_list("municipality_id", "due_on"))
    for cycle in closed:
        enrolment = _own(desk, cycle.municipality_id)
        group = desk.group(enrolment) if enrolment and decided[cycle.pk] is None else ""
        if enrolment and group:
            told = {"due_on": due.get(cycle.municipality_id), "group": group}
            yield desk.of_municipality(enrolment, _("Línea por confirmar"), _("Confirmar"), "confirm_line", **told)


def _own(desk: Desk, municipality_id: int) -> Enrolment | None:
    """Its enrolment, when this agency runs the programme for it."""
    found = desk.enrolments.get(municipality_id)
    return found if found and found.agency_id == desk.agency.pk else None


def _late(desk: Desk) -> Iterator[Duty]:
    """Cycles whose stage is past its day."""
    for standing in programme.late_standings(desk.today):
        enrolment = _own(desk, standing.run.municipality_id)
        group = desk.group(enrolment) if enrolment else ""
        if enrolment and group and standing.stage is not None:
            what = _("Atrasada en: %s") % standing.stage.label
            told = {"due_on": standing.due_on, "group": group}
            yield desk.of_municipality(enrolment, what, _("Ver qué falta"), "municipality", **told)


def _accompaniment(desk: Desk) -> Iterator[Duty]:
    """Who has no professional, and who has not answered the invitation: for who leads the programme."""
    if not desk.leads:
        return
    for enrolment in desk.enrolments.values():
        if enrolment.agency_id != desk.agency.pk or enrolment.declined_on is not None:
            continue
        if enrolment.accepted_on is None:
            what = _("Invitada, todavía no responde")
            yield desk.of_municipality(enrolment, what, _("Ver la invitación"), "municipality", group=WAITING)
        elif enrolment.professional_id is None:
            yield desk.of_municipality(enrolment, _("Nadie la acompaña"), _("Asignar"), "assign")


def _questions(desk: Desk) -> Iterator[Duty]:
    """Theirs and those that nobody took; for who leads, also what others answer late."""
    if not desk.may(QualityPermission.ANSWER_HELP):
        return
    theirs = Q(assigned_to=desk.user) | Q(assigned_to=None)
    late = Q(due_on__lt=desk.today) if desk.leads else Q(pk=None)
    found = helped.requests().filter(theirs | late, agency=desk.agency, state=HelpState.ASKED)
    for one in found.order_by("due_on", "pk"):
        is_mine = one.assigned_to_id in (desk.user.pk, None)
        yield desk.duty(
            one.municipality,
            _("Consulta %(folio)s: %(subject)s") % {"folio": one.folio, "subject": one.subject},
            _("Responder") if is_mine else _("Ver la consulta"),
            reverse("programme:help_request", args=[one.municipality.slug, one.pk]),
            due_on=one.due_on,
            person=str(one.assigned_to or ""),
            group=MINE if is_mine else WAITING,
        )


def _validations(desk: Desk) -> Iterator[Duty]:
    """What was sent to be validated and has no report yet: without validators, it waits for who sends them."""
    if not desk.may(QualityPermission.COORDINATE_VALIDATION):
        return
    issued = set(IssuedReport.objects.filter(cycle__in=desk.cycles).values_list("cycle_id", "phase"))
    sent = dict.fromkeys(Sending.objects.filter(cycle__in=desk.cycles).values_list("cycle_id", "subject"))
    ends = _ends_of_stages()
    going = _going(desk)
    for cycle in desk.cycles:
        enrolment = desk.enrolments.get(cycle.municipality_id)
        if enrolment is None or enrolment.validating_agency_id != desk.agency.pk:
            continue
        for subject, stage in VALIDATED.items():
            if (cycle.pk, subject) in sent and (cycle.pk, subject) not in issued:
                due_on = ends.get((cycle.municipality_id, str(stage)))
                yield _to_validate(desk, enrolment, subject, going.get(cycle.pk, []), due_on)


def _ends_of_stages() -> dict[tuple[int, str], date]:
    found = StageRun.objects.filter(
        code__in=VALIDATED.values(), run__on_type=programme.ON_CYCLE, run__state__in=OPEN_RUNS
    )
    return {(place, code): due_on for place, code, due_on in found.values_list("municipality_id", "code", "due_on")}


def _going(desk: Desk) -> dict[int, list[ValidatorAssignment]]:
    """Cycle -> who was sent to it and did not end. One query."""
    sent = ValidatorAssignment.objects.filter(cycle__in=desk.cycles, ended_on=None).select_related("validator__user")
    found: dict[int, list[ValidatorAssignment]] = {}
    for one in sent:
        found.setdefault(one.cycle_id, []).append(one)
    return found


def _to_validate(
    desk: Desk, enrolment: Enrolment, subject: Subject, going: list[ValidatorAssignment], due_on: date | None
) -> Duty:
    told: dict[str, Any] = {"due_on": due_on, "person": ", ".join(str(one) for one in going)}
    page, label = "municipality_validators", str(subject.label)
    if not going:
        return desk.of_municipality(enrolment, _("%s sin validadores") % label, _("Asignar"), page, **told)
    if any(one.has_conflict for one in going):
        what = _("%s: un validador declaró un conflicto de interés") % label
        return desk.of_municipality(enrolment, what, _("Reemplazar"), page, **told)
    told["group"] = WAITING
    return desk.of_municipality(enrolment, _("%s en validación") % label, _("Ver quién valida"), page, **told)


def _trainings(desk: Desk) -> Iterator[Duty]:
    """Those to give, and those given whose attendance nobody noted."""
    if not desk.leads:
        return
    unmarked = set(TrainingAttendance.objects.filter(came=None).values_list("place__training", flat=True))
    for one in Training.objects.filter(agency=desk.agency).order_by("starts_on", "pk"):
        url = reverse("programme:training", args=[one.pk])
        if one.ends_on >= desk.today:
            told = {"due_on": one.starts_on if one.starts_on >= desk.today else one.ends_on}
            yield desk.duty(_("Capacitación"), str(one), _("Ver a quiénes se espera"), url, **told)
        elif one.pk in unmarked:
            yield desk.duty(_("Capacitación"), _("%s: falta asistencia") % one, _("Anotar"), url, due_on=one.ends_on)
