"""Stage 5: how is the feedback told, the matrix weighed, and each methodology valued and chosen?"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.db.revised import first_revision, put, write
from cabildo.meetings.actions import planning
from cabildo.meetings.choices import MeetingKind
from cabildo.meetings.models import Meeting
from cabildo.quality.actions.editing import hold_open
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, MatrixWeights, Option
from cabildo.quality.models.improvement import MATRIX_CRITERIA, WHOLE
from cabildo.quality.queries import improvement as queries
from cabildo.quality.queries.improvement import Offer

MINUTES = 120


@transaction.atomic
def plan_dissemination(cycle: Cycle, *, starts_at: datetime, place: str, by: User) -> Meeting:
    """The activity in which the findings are told: a point of its agenda for each criterion of the model.

    QualityError cycle_closed, scores_missing.
    """
    cycle = hold_open(cycle.pk)
    baseline = scores_of(cycle)
    criteria = list(dict.fromkeys(criterion["label"] for criterion, _part in baseline.parts()))
    minutes = max(1, MINUTES // len(criteria))
    return planning.plan_meeting(
        title=_("Difusión de la retroalimentación del ciclo %s") % cycle.number,
        kind=MeetingKind.WORKING,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=MINUTES),
        agenda=[planning.Point(label[:160], minutes) for label in criteria],
        place=place,
        on_type=queries.DISSEMINATION,
        on_id=str(cycle.pk),
        by=by,
    )


def scores_of(cycle: Cycle) -> queries.Baseline:
    """The scores that the gaps come from. QualityError scores_missing."""
    baseline = queries.baseline_of(cycle)
    if baseline is None:
        raise QualityError("scores_missing")
    return baseline


@transaction.atomic
def save_weights(cycle: Cycle, *, revision: int, by: User, **wanted: int) -> MatrixWeights:
    """Write how much each criterion of the matrix weighs, in per cent, as seen at `revision` (0: none were kept).

    QualityError cycle_closed, weights_not_whole; StaleError.
    """
    cycle = hold_open(cycle.pk)
    if sum(wanted[name] for name in MATRIX_CRITERIA) != WHOLE:
        raise QualityError("weights_not_whole", total=sum(wanted[name] for name in MATRIX_CRITERIA))
    held = MatrixWeights.objects.filter(cycle=cycle).first()
    if held is None:
        values = first_revision(wanted)
        held = MatrixWeights.objects.create(municipality_id=cycle.municipality_id, cycle=cycle, **values)
        changed = sorted(wanted)
    else:
        changed = sorted(write(held, wanted, revision=revision))
    audit.record("matrix_weights.saved", on=held, by=by, data={"fields": changed})
    return held


@transaction.atomic
def value_option(cycle: Cycle, methodology: str, *, revision: int, by: User, **wanted: Any) -> Option:
    """Write the values of a methodology, whether it fits in twelve months and whether it is chosen.

    `revision` is 0 when nobody wrote of it yet. QualityError cycle_closed, scores_missing, not_offered, not_valued,
    not_feasible, without_gap, line_in_plan; StaleError.
    """
    cycle = hold_open(cycle.pk)
    offer = offered(cycle, methodology)
    option = offer.option
    if option is None:
        option = Option(
            municipality_id=cycle.municipality_id,
            cycle=cycle,
            subcriterion=offer.part["id"],
            methodology=methodology,
            **first_revision(wanted),
        )
        _refuse_unfit(option, offer)
        option.save()
        changed = sorted(wanted)
    else:
        changed = sorted(put(option, wanted, revision=revision))
        _refuse_unfit(option, offer)
        option.save()
    audit.record("option.valued", on=option, by=by, data={"fields": changed, "methodology": methodology})
    return option


def offered(cycle: Cycle, methodology: str) -> Offer:
    """The methodology as the cycle sees it. QualityError scores_missing, not_offered."""
    offers = queries.offers_of(cycle, scores_of(cycle))
    found = next((offer for offer in offers if offer.code == methodology), None)
    if found is None:
        raise QualityError("not_offered")
    return found


def _refuse_unfit(option: Option, offer: Offer) -> None:
    """The hard gate: what is chosen is valued whole, fits in twelve months and answers to a gap."""
    in_plan = option.line is not None and option.line.removed_on is None
    if in_plan and not option.is_chosen:
        raise QualityError("line_in_plan", line=option.line)
    if not option.is_chosen:
        return
    if any(getattr(option, name) is None for name in MATRIX_CRITERIA):
        raise QualityError("not_valued")
    if not option.is_feasible:
        raise QualityError("not_feasible")
    if not offer.gaps:
        raise QualityError("without_gap")
