"""Puerto Claro in the programme: a first cycle from the invitation to the comparison, and a second in its stage 3.

Each thing is done on its own day, through the same actions as on the pages, and no stage closes with a gate shut.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from cabildo.accounts.models import Municipality, User
from cabildo.meetings.choices import Role
from cabildo.meetings.models import Meeting
from cabildo.quality import actions
from cabildo.quality.actions import consultancy, self_assessment
from cabildo.quality.actions.benchmarking import decide_sharing
from cabildo.quality.actions.next_cycle import next_cycle
from cabildo.quality.choices import Sharing, Stage, TrainingKind
from cabildo.quality.models import Consultancy, Cycle
from cabildo.quality.queries.committee import launch_of
from cabildo.quality.queries.improvement import dissemination_meeting, plan_of
from cabildo.site.demo import (
    clock,
    programme,
    quality,
    quality_committee,
    quality_committee_plans,
    quality_entry,
    quality_learning,
    quality_plan,
    quality_progress,
    quality_report,
    quality_self_assessment,
    quality_validation,
)
from cabildo.site.demo.people import official
from cabildo.site.demo.quality_days import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, Days
from cabildo.site.demo.quality_stages import begin, close, hand_out, sign

TOLD = "Se explicó, y se respondieron las preguntas de quienes asistieron."
BETTER = (3, 2, 3, 2, 2, 1, 3, 3)  # the alternatives of the second diagnosis, in turn


def write(municipality: Municipality, today: date) -> None:
    """Both cycles; a second run changes nothing."""
    if Cycle.objects.exists():
        return
    days, lead = Days(today), official("calidad")
    with clock.on(days.of(87, MONDAY)):
        quality.adopt(municipality)
        programme.enrol(municipality, days.of(87, MONDAY), days.of(86, WEDNESDAY))
    with clock.on(days.of(84, MONDAY)):
        first = actions.begin(today=days.of(84, MONDAY), by=lead)
        hand_out(first)
    _first(first, days, lead)
    with clock.on(days.of(12, MONDAY)):
        second = next_cycle(first, today=days.of(12, MONDAY), by=lead)
    _second(second, days, lead)


def _first(cycle: Cycle, days: Days, lead: User) -> None:
    diagnosis(cycle, days.of(83, FRIDAY), days.of(82, WEDNESDAY), lead)
    close(cycle, Stage.DIAGNOSIS, days.of(82, FRIDAY), lead)
    contract = _entry(cycle, days, lead)
    _committee(cycle, days, lead)
    _self_assessment(cycle, days, lead)
    cycle = Cycle.objects.get(pk=cycle.pk)
    _validation(cycle, days, lead)
    _plan(cycle, days, lead)
    _plan_validation(cycle, days, lead)
    with clock.on(days.of(53, FRIDAY), hour=18):
        consultancy.end_consultancy(contract, today=days.of(53, FRIDAY), by=official("conduccion"))
    _implementation(cycle, days, lead)


def diagnosis(
    cycle: Cycle,
    day: date,
    confirmed_on: date,
    lead: User,
    *,
    pattern: Sequence[int] = quality.PATTERN,
    present: Mapping[str, Role] = quality.PRESENT,
) -> None:
    """They met the day before, answered and signed; the professional confirmed the line later."""
    with clock.on(day):
        meeting = quality.meet(cycle, day, lead, present=present)
        if cycle.diagnosis is not None:
            quality.answer(cycle.diagnosis, lead, pattern=pattern)
        answered = actions.close_diagnosis(cycle, by=lead)
        sign(meeting, lead)
    with clock.on(confirmed_on):
        programme.confirm(answered)


def _entry(cycle: Cycle, days: Days, lead: User) -> Consultancy:
    begin(cycle, Stage.ENTRY, days.of(81, MONDAY), lead)
    with clock.on(days.of(80, THURSDAY)):
        quality_entry.write(cycle, days.of(80, THURSDAY), lead)
    with clock.on(days.of(78, MONDAY)):
        contract = quality_learning.accompany(quality_learning.FIRST, days.of(78, MONDAY))
    with clock.on(days.of(78, WEDNESDAY)):
        quality_entry.sign(cycle, days.of(78, WEDNESDAY), lead)
    close(cycle, Stage.ENTRY, days.of(78, FRIDAY), lead)
    return contract


def _committee(cycle: Cycle, days: Days, lead: User) -> None:
    begin(cycle, Stage.COMMITTEE, days.of(77, MONDAY), lead)
    quality_learning.ask(0, days.of(75, TUESDAY))
    with clock.on(days.of(74, FRIDAY)):
        quality_committee.write(cycle, days.of(74, FRIDAY), lead)
        quality_committee.complete(cycle, lead)
        quality_learning.train(TrainingKind.PROGRAMME, days.of(74, MONDAY), 2)
        quality_learning.visit(cycle, 1, days.of(75, THURSDAY))
        _sign_launch(cycle, lead)
        quality_committee_plans.start(cycle, days.of(74, FRIDAY), lead)
        quality_entry.account(cycle, days.of(74, FRIDAY), lead)
    close(cycle, Stage.COMMITTEE, days.of(73, FRIDAY), lead)


def _sign_launch(cycle: Cycle, lead: User) -> None:
    launch = launch_of(cycle)
    if launch is not None:
        sign(launch.meeting, lead, words=TOLD)


def _self_assessment(cycle: Cycle, days: Days, lead: User) -> None:
    begin(cycle, Stage.SELF_ASSESSMENT, days.of(72, MONDAY), lead)
    with clock.on(days.of(71, TUESDAY)):
        quality_self_assessment.begin(cycle, days.of(71, TUESDAY), lead)
    for number, day in ((2, days.of(72, WEDNESDAY)), (3, days.of(69, THURSDAY))):
        with clock.on(day, hour=18):
            quality_learning.visit(cycle, number, day)
    quality_learning.ask(1, days.of(68, THURSDAY))
    with clock.on(days.of(67, FRIDAY)):
        quality_self_assessment.fill(cycle, days.of(67, FRIDAY), lead)
    with clock.on(days.of(65, THURSDAY)):
        agreed = quality_report.agree_scores(cycle, days.of(65, THURSDAY), lead)
    _report(Cycle.objects.get(pk=cycle.pk), agreed, days, lead)
    close(cycle, Stage.SELF_ASSESSMENT, days.of(64, FRIDAY), lead)


def _report(cycle: Cycle, agreed: Meeting, days: Days, lead: User) -> None:
    with clock.on(days.of(65, FRIDAY)):
        self_assessment.close(cycle, today=days.of(65, FRIDAY), by=lead)
        quality_report.complete(cycle, agreed, days.of(65, FRIDAY), lead)
    with clock.on(days.of(64, TUESDAY)):
        quality_report.review(cycle, days.of(64, TUESDAY))
    with clock.on(days.of(64, THURSDAY)):
        quality_report.send(cycle, days.of(64, THURSDAY), lead)


def _validation(cycle: Cycle, days: Days, lead: User) -> None:
    begin(cycle, Stage.VALIDATION, days.of(63, MONDAY), lead)
    for step, day in (
        (quality_validation.send, days.of(63, TUESDAY)),
        (quality_validation.read, days.of(62, FRIDAY)),
        (quality_validation.conclude, days.of(61, THURSDAY)),
    ):
        with clock.on(day):
            step(cycle, day)
    with clock.on(days.of(60, THURSDAY)):
        quality_validation.answer(cycle, lead)
    close(cycle, Stage.VALIDATION, days.of(60, FRIDAY), lead)


def _plan(cycle: Cycle, days: Days, lead: User) -> None:
    begin(cycle, Stage.PLAN, days.of(59, MONDAY), lead)
    with clock.on(days.of(59, THURSDAY)):
        quality_learning.train(TrainingKind.PLAN, days.of(59, TUESDAY), 1, absent=5)
        quality_learning.train(TrainingKind.CONTROL, days.of(59, WEDNESDAY), 1, absent=9)
    with clock.on(days.of(57, FRIDAY)):
        quality_plan.design(cycle, days.of(57, FRIDAY), lead, starts_on=days.of(52, MONDAY))
        told = dissemination_meeting(cycle)
        if told is not None:
            sign(told, lead, words=TOLD)
        quality_learning.visit(cycle, 4, days.of(58, TUESDAY))
        quality_learning.visit(cycle, 5, days.of(57, THURSDAY))
    with clock.on(days.of(56, TUESDAY)):
        quality_report.review_plan(cycle)
    with clock.on(days.of(56, WEDNESDAY)):
        quality_report.send_plan(cycle, days.of(56, WEDNESDAY), lead)
    close(cycle, Stage.PLAN, days.of(56, FRIDAY), lead)


def _plan_validation(cycle: Cycle, days: Days, lead: User) -> None:
    begin(cycle, Stage.PLAN_VALIDATION, days.of(55, MONDAY), lead)
    with clock.on(days.of(53, WEDNESDAY)):
        quality_validation.read_plan(cycle, days.of(53, WEDNESDAY))
    with clock.on(days.of(53, FRIDAY)):
        quality_learning.visit(cycle, 6, days.of(53, THURSDAY))
        quality_validation.decide(cycle, days.of(53, FRIDAY), lead)
    close(cycle, Stage.PLAN_VALIDATION, days.of(53, FRIDAY), lead)


def _implementation(cycle: Cycle, days: Days, lead: User) -> None:
    begin(cycle, Stage.IMPLEMENTATION, days.of(52, MONDAY), lead)
    with clock.on(days.of(51, WEDNESDAY)):
        quality_plan.begin(cycle, days.of(51, WEDNESDAY), lead)
    plan = plan_of(cycle)
    if plan is not None:
        quality_progress.go_on(cycle, plan, days.of(13, TUESDAY), lead)
    with clock.on(days.of(13, WEDNESDAY)):
        quality_plan.finish(cycle, days.of(13, WEDNESDAY), lead)
        quality_committee_plans.end(cycle, days.of(13, WEDNESDAY), lead)
    close(cycle, Stage.IMPLEMENTATION, days.of(13, FRIDAY), lead)


def _second(cycle: Cycle, days: Days, lead: User) -> None:
    """Quicker than the first, with what that one left."""
    diagnosis(cycle, days.of(11, FRIDAY), days.of(10, TUESDAY), lead, pattern=BETTER)
    close(cycle, Stage.DIAGNOSIS, days.of(10, WEDNESDAY), lead)
    begin(cycle, Stage.ENTRY, days.of(10, THURSDAY), lead)
    with clock.on(days.of(8, THURSDAY)):
        quality_entry.write(cycle, days.of(8, THURSDAY), lead)
    with clock.on(days.of(7, WEDNESDAY)):
        quality_learning.accompany(quality_learning.SECOND, days.of(7, WEDNESDAY))
        quality_entry.sign(cycle, days.of(7, WEDNESDAY), lead)
    close(cycle, Stage.ENTRY, days.of(7, FRIDAY), lead)
    begin(cycle, Stage.COMMITTEE, days.of(6, MONDAY), lead)
    with clock.on(days.of(4, FRIDAY)):
        quality_committee.write(cycle, days.of(4, FRIDAY), lead)
        quality_committee.complete(cycle, lead)
        quality_learning.train(TrainingKind.PROGRAMME, days.of(4, MONDAY), 2)
        quality_learning.visit(cycle, 1, days.of(4, TUESDAY))
        quality_entry.account(cycle, days.of(4, FRIDAY), lead)
        _sign_launch(cycle, lead)
        quality_committee_plans.start(cycle, days.of(4, FRIDAY), lead)
    close(cycle, Stage.COMMITTEE, days.of(3, FRIDAY), lead)
    with clock.on(days.of(3, WEDNESDAY)):
        decide_sharing(programme.enrolled(), sharing=Sharing.NAMED, by=official("alcaldia"))
    _under_way(cycle, days, lead)


def _under_way(cycle: Cycle, days: Days, lead: User) -> None:
    """Stage 3 is open: half of the sheets confirmed, the second visit made, the validators known."""
    begin(cycle, Stage.SELF_ASSESSMENT, days.of(2, MONDAY), lead)
    with clock.on(days.of(2, THURSDAY)):
        quality_learning.visit(cycle, 2, days.of(2, THURSDAY))
    with clock.on(days.of(1, TUESDAY)):
        quality_validation.send(cycle, days.of(1, TUESDAY))
    with clock.on(days.of(1, FRIDAY)):
        quality_self_assessment.write(cycle, days.of(1, FRIDAY), lead)
    quality_learning.ask(2, days.of(0, THURSDAY))
