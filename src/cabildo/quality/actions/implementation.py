"""Stage 7: whom the validated plan was told to, and which scores its elements reached."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.content.models import PackVersion
from cabildo.db.revised import first_revision, write
from cabildo.instruments import actions as instruments
from cabildo.instruments.actions import layers
from cabildo.instruments.models import Layer
from cabildo.instruments.rules.scoring import Mark
from cabildo.quality.actions.editing import hold_open, must_have_come
from cabildo.quality.actions.improvement import scores_of
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, DiffusionReach
from cabildo.quality.queries import implementation as queries


@transaction.atomic
def save_reach(
    cycle: Cycle, department: Department, *, revision: int, today: date, by: User, **wanted: Any
) -> DiffusionReach:
    """How many people of a department the validated plan was told to, as seen at `revision` (0: nothing noted).

    `wanted`: staff, reached, how, on. QualityError cycle_closed, in_future, more_than_staff; StaleError.
    """
    cycle = hold_open(cycle.pk)
    must_have_come(today, on=wanted["on"])
    if wanted["reached"] > wanted["staff"]:
        raise QualityError("more_than_staff", staff=wanted["staff"])
    held = DiffusionReach.objects.filter(cycle=cycle, department=department).first()
    if held is None:
        values = {"cycle": cycle, "department": department, **first_revision(wanted)}
        held = DiffusionReach.objects.create(municipality_id=cycle.municipality_id, **values)
        changed = sorted(wanted)
    else:
        changed = sorted(write(held, wanted, revision=revision))
    audit.record("diffusion_reach.saved", on=held, by=by, data={"fields": changed, "department": department.pk})
    return held


@transaction.atomic
def record_reached(cycle: Cycle, *, marks: Mapping[str, Mark], by: User, reason: str = "") -> Layer:
    """Seal, with the model of the starting scores, what the elements of the plan reached, as the committee declares.

    They are marked in the way in which the starting scores were. The first time opens the final assessment of the
    cycle; another time corrects it and needs a reason. QualityError cycle_closed, scores_missing, plan_missing,
    plan_not_under_way, reached_missing; InstrumentsError marks_refused, correction_without_reason.
    """
    cycle = hold_open(cycle.pk)
    baseline = scores_of(cycle)
    wanted = queries.expected_in(cycle).approved
    if not wanted:
        raise QualityError("plan_missing")
    if not queries.is_carried_out(cycle):
        raise QualityError("plan_not_under_way")
    if set(marks) != set(wanted):
        raise QualityError("reached_missing")
    if cycle.final_assessment is None:
        cycle.final_assessment = instruments.open_assessment(
            version=PackVersion.objects.get(pk=baseline.layer.assessment.version_id),
            title=_("Evaluación final del ciclo %s") % cycle.number,
            on=cycle,
            by=by,
            previous=baseline.layer.assessment,
            mark_mode=baseline.layer.assessment.mark_mode,
        )
        cycle.save(update_fields=["final_assessment"])
    return layers.seal(
        cycle.final_assessment,
        party=queries.REACHED,
        label=_("Comité de Mejora, al terminar el plan"),
        marks=marks,
        reason=reason,
        by=by,
    )
