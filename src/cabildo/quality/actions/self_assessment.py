"""Verbs of stage 3: begin the self-assessment on a model, close it, open it again."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.content.models import PackVersion
from cabildo.content.queries import body as body_of
from cabildo.instruments import actions as instruments
from cabildo.instruments.actions import sheets
from cabildo.instruments.choices import MarkMode
from cabildo.instruments.models import Assessment
from cabildo.instruments.rules.structure import takes_both_ways
from cabildo.quality.actions.editing import hold_open
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle
from cabildo.quality.queries.self_assessment import declaring_refused, models_in_use


@transaction.atomic
def begin(cycle: Cycle, *, by: User, version_id: int | None = None, mark_mode: str = "") -> Assessment:
    """Pin the model in use, or the one chosen among several, with a sheet for each of its elements.

    `mark_mode` (MarkMode) is for a model that is marked in two ways; of another it is left out. QualityError no_model,
    model_unchosen (several, or none of them), mode_unchosen, self_assessment_begun, cycle_closed.
    """
    cycle = hold_open(cycle.pk)
    if cycle.self_assessment_id is not None:
        raise QualityError("self_assessment_begun")
    version = PackVersion.objects.get(pk=_chosen(version_id))
    cycle.self_assessment = instruments.open_assessment(
        version=version,
        title=_("Autoevaluación del ciclo %s") % cycle.number,
        on=cycle,
        by=by,
        previous=_previous(cycle),
        mark_mode=_mode(version, mark_mode),
    )
    cycle.save(update_fields=["self_assessment"])
    sheets.open_sheets(cycle.self_assessment, by=by)
    audit.record("self_assessment.begun", on=cycle, by=by, data={"assessment": cycle.self_assessment.pk})
    return cycle.self_assessment


def _chosen(version_id: int | None) -> int:
    adopted = [one.version_id for one in models_in_use()]
    if not adopted:
        raise QualityError("no_model")
    if version_id is None and len(adopted) == 1:
        return adopted[0]
    if version_id not in adopted:
        raise QualityError("model_unchosen")
    return version_id


def _mode(version: PackVersion, wanted: str) -> str:
    if not takes_both_ways(body_of(version)):
        return ""
    if wanted not in MarkMode.values:
        raise QualityError("mode_unchosen")
    return wanted


def _previous(cycle: Cycle) -> Assessment | None:
    """That of the last cycle that had one."""
    earlier = Cycle.objects.filter(number__lt=cycle.number, self_assessment__isnull=False)
    last = earlier.select_related("self_assessment").order_by("-number").first()
    return last.self_assessment if last else None


@transaction.atomic
def close(cycle: Cycle, *, today: date, by: User) -> Assessment:
    """No more changes; nothing is sent. QualityError self_assessment_missing, cycle_closed; InstrumentsError."""
    return sheets.close_sheets(_of(hold_open(cycle.pk)), today=today, by=by)


@transaction.atomic
def reopen(cycle: Cycle, *, reason: str, by: User) -> Assessment:
    """Write again what was closed; why is kept.

    QualityError self_assessment_missing, cycle_closed; declaration_settled once its stage is closed, which is opened
    first, declaration_agreed and declaration_firm once the validators agreed their marks.
    """
    cycle = hold_open(cycle.pk)
    if (refusal := declaring_refused(cycle)) is not None:
        raise refusal
    return instruments.reopen(_of(cycle), reason=reason, by=by)


def _of(cycle: Cycle) -> Assessment:
    if cycle.self_assessment is None:
        raise QualityError("self_assessment_missing")
    return cycle.self_assessment
