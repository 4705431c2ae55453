"""The improvement plan, its validation and what it did: what each task of theirs leaves on record, and when."""

from datetime import date

from cabildo.plans.models import Plan
from cabildo.quality.choices import Scope, Subject
from cabildo.quality.endings.facts import day, first, held, last, today, when
from cabildo.quality.gates import improvement, report, validation
from cabildo.quality.models import Cycle, FollowUp, ImmediateAction, Recommendation
from cabildo.quality.queries import implementation as told
from cabildo.quality.queries import improvement as asked
from cabildo.quality.queries import plan_validation as plans
from cabildo.quality.queries import report as reported
from cabildo.quality.queries import validators


def feedback_told(cycle: Cycle) -> date | None:
    return when(improvement.feedback_disseminated(cycle), held(asked.dissemination_meeting(cycle)))


def immediate_listed(cycle: Cycle) -> date | None:
    return first(one.begins_on for one in ImmediateAction.objects.filter(cycle=cycle))


def plan_gathered(cycle: Cycle) -> date | None:
    """Every line is whole, and fits."""
    checks = (improvement.plan_lines_complete, improvement.plan_feasible)
    return when(missing for check in checks for missing in check(cycle))


def plan_reviewed(cycle: Cycle) -> date | None:
    said = reported.reviews_of(cycle, Subject.PLAN)
    return when(report.plan_reviewed_by_consultant(cycle), day(said[0].reviewed_at) if said else None)


def plan_letter_signed(cycle: Cycle) -> date | None:
    """The letter is registered with the sending."""
    sending = reported.last_sending(cycle, Subject.PLAN)
    return sending.letter_on if sending else None


def same_validators(cycle: Cycle) -> date | None:
    """Nobody who validated the self-assessment is lost, once the plan was sent to be read."""
    return today() if plans.sent_plan(cycle) and validators.acting(cycle) and not validators.lost(cycle) else None


def plan_read(cycle: Cycle) -> date | None:
    done = when(validation.plan_validation_by_same_validators(cycle))
    return done and last(day(one.plan_read_at) for one in validators.acting(cycle))


def recommendations_answered(cycle: Cycle) -> date | None:
    """Each has its answer, after the report was issued; a report without recommendations asks for none."""
    found = plans.plan_validation_of(cycle)
    if found is None or found.issued_on is None:
        return None
    made = list(Recommendation.objects.filter(validation=found))
    return last(one.answered_on for one in made) if made else found.issued_on


def diffused(cycle: Cycle) -> date | None:
    return last(one.on if one and one.reached else None for _department, one in told.reach_by_department(cycle))


def follow_up_declared(cycle: Cycle) -> date | None:
    return today() if FollowUp.objects.filter(cycle=cycle, scope=Scope.PLAN).exists() else None


def plan_approved(cycle: Cycle) -> date | None:
    """An act approved it: the date of the first one."""
    plan: Plan | None = asked.plan_of(cycle)
    return first(one.act_on for one in plan.versions.all()) if plan else None
