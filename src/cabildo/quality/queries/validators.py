"""Who may validate which municipality, who does, and who took part in what."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from cabildo.accounts.models import Agency, Membership, User
from cabildo.accounts.queries import same_person
from cabildo.accounts.roles import outside_roles
from cabildo.instruments.queries import layers
from cabildo.kit.text import fold
from cabildo.quality.models import ConsultancyPlace, Cycle, Enrolment, Validation, Validator, ValidatorAssignment
from cabildo.quality.rules.validation import MARKING

ROLE, CONSULTANT = "validator", "consultant"
VALIDATOR_PARTY = "validator-"


def register_of(agency: Agency) -> QuerySet[Validator]:
    """The register of a validating body, by name."""
    return Validator.objects.filter(agency=agency).select_related("user").order_by("user__full_name", "pk")


def validating_agency() -> Agency | None:
    """The body that validates the municipality of the scope."""
    enrolment = Enrolment.objects.select_related("validating_agency").first()
    return enrolment.validating_agency if enrolment else None


def why_not(validator: Validator, cycle: Cycle, today: date) -> str:
    """The code for which this validator cannot be sent to the cycle; empty when they can.

    Whoever holds or held a role of the municipality, was sent as its consultant, with any of their accounts, or works
    for the firm that accompanies it, never validates it.
    """
    if validator.valid_until < today:
        return "validator_out_of_date"
    if validating_agency() != validator.agency:
        return "validator_not_of_body"
    theirs = set(_memberships(validator.user).values_list("role", flat=True))
    if theirs - set(outside_roles()):
        return "validator_of_municipality"
    if CONSULTANT in theirs or _works_for_its_consultancy(validator):
        return "validator_of_consultancy"
    return "validator_assigned" if assignment_for(validator.user, cycle) else ""


def _works_for_its_consultancy(validator: Validator) -> bool:
    """Is the employer they declare a firm that accompanies or accompanied the municipality of the scope?"""
    firms = ConsultancyPlace.objects.values_list("consultancy__firm", flat=True)
    return fold(validator.employer) in {fold(firm) for firm in firms}


def _memberships(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(user_id__in=same_person(user))


def assignments_of(cycle: Cycle) -> list[ValidatorAssignment]:
    """All of a cycle, those that ended too, in the order in which they were made. One query."""
    found = ValidatorAssignment.objects.filter(cycle=cycle)
    return list(
        found.select_related(
            "cycle", "validator__user", "validator__agency", "replaces__validator__user", "assigned_by", "ended_by"
        )
    )


def assignment_for(user: User, cycle: Cycle) -> ValidatorAssignment | None:
    """The assignment of this person to the cycle that has not ended."""
    mine = ValidatorAssignment.objects.filter(cycle=cycle, validator__user=user, ended_on=None)
    return mine.select_related("validator__user").first()


def assignments_in_force(user: User) -> QuerySet[ValidatorAssignment]:
    """Those of this person in the open cycles of the municipality, the oldest first."""
    mine = ValidatorAssignment.objects.filter(validator__user=user, ended_on=None, cycle__closed_on=None)
    whole = mine.select_related("validator__user", "cycle__self_assessment__version")
    return whole.defer("cycle__self_assessment__version__body").order_by("assigned_on", "pk")


def acting(cycle: Cycle) -> list[ValidatorAssignment]:
    """Those who declared no conflict and did not end."""
    return [one for one in assignments_of(cycle) if one.may_act]


def validated_self_assessment(cycle: Cycle) -> list[ValidatorAssignment]:
    """Those who sealed marks of the self-assessment, ended ones too. Two queries."""
    parties = set(layers.latest_by_party(cycle.self_assessment)) if cycle.self_assessment else set()
    return [one for one in assignments_of(cycle) if one.party in parties]


def who_stayed(assignments: Sequence[ValidatorAssignment], cycle: Cycle) -> list[ValidatorAssignment]:
    """Those of a cycle who act, or acted until it ended: whom its papers name. No query."""
    replaced = {one.replaces_id for one in assignments}
    return [one for one in assignments if one.pk not in replaced and (one.may_act or _was_released(one, cycle))]


def released(assignments: Sequence[ValidatorAssignment]) -> list[ValidatorAssignment]:
    """Those of a cycle who validated until it ended. No query, where their cycle was read with them."""
    replaced = {one.replaces_id for one in assignments}
    return [one for one in assignments if one.pk not in replaced and _was_released(one, one.cycle)]


def _was_released(assignment: ValidatorAssignment, cycle: Cycle) -> bool:
    if cycle.closed_on is None or assignment.ended_on is None:
        return False
    return assignment.ended_on >= cycle.closed_on and assignment.has_conflict is False


def is_settled(cycle: Cycle) -> bool:
    """Did the validators agree their marks? One query."""
    return Validation.objects.filter(cycle=cycle).exclude(state__in=MARKING).exists()


def takes_another(cycle: Cycle) -> bool:
    """May somebody be added? Once the marks are agreed, only where one was lost. Few queries."""
    return not is_settled(cycle) or bool(lost(cycle))


def lost(cycle: Cycle) -> list[ValidatorAssignment]:
    """Those who validated the self-assessment, do not read the plan, and nobody took over by force majeure."""
    gone = [one for one in validated_self_assessment(cycle) if one.ended_on and not _was_released(one, cycle)]
    return [one for one in gone if not _is_replaced(one, cycle)]


def _is_replaced(assignment: ValidatorAssignment, cycle: Cycle) -> bool:
    """Does the chain of those who took over end in somebody who acts?"""
    followers = {one.replaces_id: one for one in assignments_of(cycle) if one.replaces_id}
    follower = followers.get(assignment.pk)
    while follower is not None and follower.ended_on:
        follower = followers.get(follower.pk)
    return follower is not None


def queue(agency: Agency) -> QuerySet[ValidatorAssignment]:
    """The assignments in force of the agency's validators, in the municipalities of the scope, the oldest first."""
    mine = ValidatorAssignment.objects.filter(Q(ended_on=None), validator__agency=agency)
    return mine.select_related("validator__user", "cycle", "municipality").order_by("assigned_on", "pk")
