"""The verb of a layer of scores: it is sealed whole, once; a correction is sealed after it."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.db.locking import lock_rows
from cabildo.instruments import wording
from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.models import Assessment, Layer, LayerMark
from cabildo.instruments.queries import layers as queries
from cabildo.instruments.rules.layers import Reason, digest
from cabildo.instruments.rules.scoring import Mark, mark_faults

NO_REASONS: Mapping[str, Reason] = {}


@transaction.atomic
def seal(
    assessment: Assessment,
    *,
    party: str,
    label: str,
    marks: Mapping[str, Mark],
    by: User | audit.Actor,
    reasons: Mapping[str, Reason] = NO_REASONS,
    reason: str = "",
) -> Layer:
    """Keep for good what a party says of every element, with why. Elements left out stay blank.

    A second layer of the same party names the first and needs its `reason`. Raises InstrumentsError: marks_refused
    (outside the model or its scale), reason_of_unknown_mark, correction_without_reason.
    """
    assessment = lock_rows(Assessment.objects.filter(pk=assessment.pk)).get()
    _refuse_faults(assessment, marks, reasons)
    previous = queries.latest(assessment, party)
    if previous is not None and not reason.strip():
        raise InstrumentsError("correction_without_reason", label=previous.label)
    layer = Layer.objects.create(
        municipality_id=assessment.municipality_id,
        assessment=assessment,
        party=party,
        label=label,
        sealed_at=timezone.now(),
        sealed_by=by if isinstance(by, User) else None,
        sha256=digest(marks, reasons),
        previous=previous,
        reason=reason.strip(),
    )
    LayerMark.objects.bulk_create(_row(layer, name, mark, reasons.get(name)) for name, mark in sorted(marks.items()))
    audit.record("layer.sealed", on=layer, by=by, data={"party": party, "sha256": layer.sha256, "marks": len(marks)})
    return layer


def _refuse_faults(assessment: Assessment, marks: Mapping[str, Mark], reasons: Mapping[str, Reason]) -> None:
    for fault in mark_faults(queries.model(assessment), marks):
        raise InstrumentsError("marks_refused", why=" ".join(wording.of_mark(fault)))
    for name in sorted(reasons.keys() - marks.keys()):
        raise InstrumentsError("reason_of_unknown_mark", element=name)


def _row(layer: Layer, name: str, mark: Mark, reason: Reason | None) -> LayerMark:
    return LayerMark(
        municipality_id=layer.municipality_id,
        layer=layer,
        element=name,
        score=mark.score,
        attributes=dict(mark.attributes),
        is_excluded=mark.is_excluded,
        reason_code=reason.code if reason else "",
        reason=reason.text if reason else "",
    )
