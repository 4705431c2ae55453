"""How does a cycle follow the accreditation line or leave it, which services does it present, how are points sealed?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.content.models import PackVersion
from cabildo.db.revised import first_revision, write
from cabildo.documents.actions import store_upload
from cabildo.documents.choices import Kind, Visibility
from cabildo.instruments import wording
from cabildo.instruments.rules.awards import PointsError, grant
from cabildo.quality import queries as asked
from cabildo.quality.actions.editing import hold_open, must_have_come
from cabildo.quality.actions.leading import leader_for
from cabildo.quality.actions.validation import must_act
from cabildo.quality.choices import Line, PointsSide, Stage
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, LineDecision, Points, PointsLayer, Service
from cabildo.quality.queries import accreditation as queries
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.actions import runs, stages
from cabildo.workflow.processes.actions.runs import Holder
from cabildo.workflow.processes.choices import StageState
from cabildo.workflow.processes.models import ProcessRun
from cabildo.workflow.queries import calendar


@transaction.atomic
def follow_line(cycle: Cycle, *, today: date, by: User) -> ProcessRun:
    """The cycle goes on in the process of accreditation, whose first stage begins; who holds each role stays.

    The stage of the diagnosis is closed where it was done and is not repeated; what else that process asked is
    withdrawn. A cycle that left the line goes on where it was in it.

    QualityError cycle_closed, line_not_accreditation, line_followed, no_accreditation_process;
    WorkflowError stage_incomplete while the diagnosis lacks something.
    """
    cycle = hold_open(cycle.pk)
    decision, before = asked.standing_decision(cycle), asked.run_of(cycle)
    if decision is None or decision.line != Line.ACCREDITATION or before is None:
        raise QualityError("line_not_accreditation")
    if queries.is_of_the_line(before):
        raise QualityError("line_followed")
    earlier = queries.left_run(cycle, of_the_line=True)
    run = runs.resume(earlier, reason=decision.reason, by=by) if earlier else _start(cycle, before, today, by)
    for stage in processes.stages_of(before):
        if stage.code == Stage.DIAGNOSIS and stage.is_open:
            stages.close_stage(stage, by=by, today=today)
    runs.withdraw(before, reason=_("El ciclo sigue en la línea de acreditación."), by=by)
    _go_on(run, today, by)
    audit.record("line.followed", on=cycle, by=by, data={"run": run.pk, "before": before.pk})
    return run


def _start(cycle: Cycle, before: ProcessRun, today: date, by: User) -> ProcessRun:
    version = queries.accreditation_process(today)
    if version is None:
        raise QualityError("no_accreditation_process")
    holders = {role.code: Holder(role.responsible, role.department) for role in processes.roles_of(before)}
    return runs.start(
        version=version,
        title=_("Línea de acreditación · %s") % cycle,
        planned_start_on=calendar(today).next_business_day(today),
        on_type=before.on_type,
        on_id=before.on_id,
        department=before.department,
        leader=before.leader or leader_for(cycle, by=by),
        holders=holders,
        by=by,
    )


def _go_on(run: ProcessRun, today: date, by: User) -> None:
    """Its next stage begins, unless one is under way."""
    found = processes.stages_of(run)
    waiting = next((stage for stage in found if stage.state == StageState.TO_BEGIN), None)
    if waiting is not None and not any(stage.is_open for stage in found):
        stages.begin_stage(waiting, by=by, today=today)


@transaction.atomic
def leave_line(cycle: Cycle, *, decision: LineDecision, today: date, by: User) -> ProcessRun:
    """The programme corrected the line: the cycle goes on where it was in the process that it left for this one.

    The run of accreditation is withdrawn and stays readable, as do services and sealed points. When the line is now
    levelling, the stage of the diagnosis is done again. QualityError cycle_closed, line_fixed once the accreditation
    has ended, no_process.
    """
    cycle = hold_open(cycle.pk)
    left, back = asked.run_of(cycle), queries.left_run(cycle, of_the_line=False)
    if left is None or back is None:
        raise QualityError("no_process")
    if not left.is_open:
        raise QualityError("line_fixed")
    runs.withdraw(left, reason=decision.reason, by=by)
    run = runs.resume(back, reason=decision.reason, by=by)
    diagnosis = next((stage for stage in processes.stages_of(run) if stage.code == Stage.DIAGNOSIS), None)
    if decision.line == Line.LEVELLING and diagnosis is not None and diagnosis.state == StageState.CLOSED:
        stages.repeat_stage(diagnosis, reason=decision.reason, by=by, today=today)
    _go_on(run, today, by)
    audit.record("line.left", on=cycle, by=by, data={"run": run.pk, "before": left.pk})
    return run


@transaction.atomic
def choose_service(cycle: Cycle, *, by: User, **values: Any) -> Service:
    """Present a service. QualityError line_not_accreditation, service_known, cycle_closed."""
    cycle = _held(cycle.pk)
    _refuse_known(cycle, values["name"])
    service: Service = Service.objects.create(
        municipality_id=cycle.municipality_id, cycle=cycle, **first_revision(values)
    )
    audit.record("service.chosen", on=service, by=by, data={"department": service.department_id})
    return service


@transaction.atomic
def change_service(service: Service, *, revision: int, by: User, **wanted: Any) -> Service:
    """Write one as seen at `revision`.

    QualityError service_known, service_withdrawn, line_not_accreditation, cycle_closed; StaleError.
    """
    cycle = _held(service.cycle_id)
    held = _presented(service)
    _refuse_known(cycle, wanted.get("name", held.name), but=held.pk)
    changed = sorted(write(held, wanted, revision=revision))
    audit.record("service.changed", on=held, by=by, data={"fields": changed})
    return held


@transaction.atomic
def remove_service(service: Service, *, by: User) -> None:
    """Take out one that has no points. QualityError service_has_points, line_not_accreditation, cycle_closed."""
    _held(service.cycle_id)
    if service.points.exists():
        raise QualityError("service_has_points")
    Service.objects.filter(pk=service.pk).delete()
    audit.record("service.removed", on=service, by=by, data={"department": service.department_id})


@transaction.atomic
def withdraw_service(service: Service, *, on: date, reason: str, today: date, by: User) -> Service:
    """It drops out on a day, and why: what was sealed of it stays, and points sealed from now on leave it out.

    QualityError in_future, reason_missing, service_withdrawn, line_not_accreditation, cycle_closed.
    """
    _held(service.cycle_id)
    held = _presented(service)
    must_have_come(today, on=on)
    if not reason.strip():
        raise QualityError("reason_missing")
    held.withdrawn_on, held.withdrawal_reason = on, reason.strip()
    held.revision += 1
    held.save(update_fields=["withdrawn_on", "withdrawal_reason", "revision"])
    audit.record("service.withdrawn", on=held, by=by, data={"on": on.isoformat()})
    return held


def _presented(service: Service) -> Service:
    """As it is now, unless it dropped out."""
    held: Service = Service.objects.get(pk=service.pk)
    if held.withdrawn_on is not None:
        raise QualityError("service_withdrawn", day=held.withdrawn_on)
    return held


def _refuse_known(cycle: Cycle, name: str, but: int | None = None) -> None:
    if Service.objects.filter(cycle=cycle, name=name, withdrawn_on=None).exclude(pk=but).exists():
        raise QualityError("service_known", name=name)


@dataclass(frozen=True)
class Given:
    """What is stated: points by id of total and by service, the paper that says so and its file, why it is corrected.

    `seen` is the layer of this side that was on the screen, 0 when there was none.
    """

    totals: Mapping[str, Decimal]
    services: Mapping[int, Decimal]
    paper: str
    file: File
    seen: int = 0
    reason: str = ""


@transaction.atomic
def declare_points(cycle: Cycle, given: Given, *, today: date, by: User) -> PointsLayer:
    """Seal what the committee declares of global management and of each service.

    QualityError services_missing, points_missing, points_refused, points_meanwhile, correction_reason, paper_missing,
    no_rules, line_not_accreditation, cycle_closed.
    """
    return _seal(_held(cycle.pk), PointsSide.DECLARED, given, read=None, today=today, by=by)


@transaction.atomic
def validate_points(cycle: Cycle, given: Given, *, today: date, by: User) -> PointsLayer:
    """Seal what the validators found, in answer to what stands declared; who is not sent to the cycle cannot.

    QualityError not_acting, points_undeclared, and those of `declare_points`.
    """
    cycle = _held(cycle.pk)
    must_act(cycle, by)
    declared = queries.accreditation_of(cycle).declared
    if declared is None:
        raise QualityError("points_undeclared")
    return _seal(cycle, PointsSide.VALIDATED, given, read=declared.layer, today=today, by=by)


def _held(cycle_id: int) -> Cycle:
    """The cycle, held open, while it follows the line."""
    cycle = hold_open(cycle_id)
    if not queries.follows_the_line(cycle):
        raise QualityError("line_not_accreditation")
    return cycle


def _seal(
    cycle: Cycle, side: PointsSide, given: Given, *, read: PointsLayer | None, today: date, by: User
) -> PointsLayer:
    rules, known = queries.rules_in_use(today), queries.accreditation_of(cycle)
    if rules is None:
        raise QualityError("no_rules")
    before = known.last(side)
    previous = before.layer if before else None
    _must_be_whole(given, rules, known.services, previous)
    layer = PointsLayer.objects.create(
        municipality_id=cycle.municipality_id,
        cycle=cycle,
        side=side,
        rules=rules,
        paper=given.paper.strip(),
        read=read,
        previous=previous,
        reason=given.reason.strip(),
        sealed_at=timezone.now(),
        sealed_by=by,
    )
    Points.objects.bulk_create(_rows(layer, given, known.services))
    store_upload(given.file, owner=layer, kind=Kind.EVIDENCE, visibility=Visibility.INTERNAL, by=by)
    audit.record("points.sealed", on=layer, by=by, data={"side": side, "previous": layer.previous_id})
    return layer


def _must_be_whole(given: Given, rules: PackVersion, services: list[Service], previous: PointsLayer | None) -> None:
    """Nothing is sealed half, outside the rules, or over what the person did not see."""
    if given.seen != (previous.pk if previous else 0):
        raise QualityError("points_meanwhile")
    if previous is not None and not given.reason.strip():
        raise QualityError("correction_reason")
    if not given.paper.strip():
        raise QualityError("paper_missing")
    if not services:
        raise QualityError("services_missing")
    if {one.pk for one in services} != set(given.services):
        raise QualityError("points_missing")
    named = {one.pk: one.name for one in services}
    points = {named[pk]: Fraction(value) for pk, value in given.services.items()}
    try:
        grant(queries.award_of(rules), {name: Fraction(value) for name, value in given.totals.items()}, points)
    except PointsError as refusal:
        raise QualityError("points_refused", why=" ".join(wording.of_points(refusal))) from refusal


def _rows(layer: PointsLayer, given: Given, services: list[Service]) -> list[Points]:
    """One for each total of the rules, then one for each service."""
    common: dict[str, Any] = {"municipality_id": layer.municipality_id, "layer": layer}
    totals = queries.totals_of(layer.rules)
    return [
        *(Points(**common, total=one.id, label=one.label, points=given.totals[one.id]) for one in totals),
        *(Points(**common, service=one, label=one.name, points=given.services[one.pk]) for one in services),
    ]
