"""What a cycle obtained is kept when it is declared and when its validation goes out, to be added up with others."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from cabildo.instruments.models import Layer
from cabildo.instruments.queries import layers
from cabildo.instruments.rules.bands import Achieved
from cabildo.instruments.rules.scoring import Result
from cabildo.quality.choices import Basis
from cabildo.quality.models import Cycle, CycleResult, ResultPart


@transaction.atomic
def keep_result(cycle: Cycle, *, basis: Basis, layer: Layer) -> CycleResult:
    """Keep the exact points of this layer, by criterion and subcriterion, in the place of those kept before.

    They belong to the year in which the cycle first declared. It may be done again, and is no decision of anybody:
    what was sealed is on record by itself. Declaring anew drops what was validated of the declaration before.
    """
    first = CycleResult.objects.filter(cycle=cycle).order_by("pk").first()
    if basis == Basis.DECLARED and first is not None and first.layer_id != layer.pk:
        CycleResult.objects.filter(cycle=cycle, basis=Basis.VALIDATED).delete()
    kept, _made = CycleResult.objects.update_or_create(
        cycle=cycle,
        basis=basis,
        defaults={
            "municipality_id": cycle.municipality_id,
            "layer": layer,
            "version_id": layer.assessment.version_id,
            "year": first.year if first else timezone.localtime(layer.sealed_at).year,
        },
    )
    ResultPart.objects.filter(result=kept).delete()
    ResultPart.objects.bulk_create(_part(kept, *told) for told in _parts(layers.scored(layer)))
    result: CycleResult = kept
    return result


def _parts(scored: Result) -> Iterator[tuple[str, str, Achieved]]:
    """The whole, each criterion, each of its subcriteria."""
    yield "", "", scored
    for criterion in scored.criteria:
        yield criterion.id, "", criterion
        for part in criterion.subcriteria:
            yield criterion.id, part.id, part


def _part(result: CycleResult, criterion: str, subcriterion: str, achieved: Achieved) -> ResultPart:
    return ResultPart(
        municipality_id=result.municipality_id,
        result=result,
        criterion=criterion,
        subcriterion=subcriterion,
        points=str(achieved.points),
        maximum=str(achieved.maximum),
    )
