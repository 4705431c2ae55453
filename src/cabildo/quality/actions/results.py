"""What a cycle obtained is kept when it is declared and when its validation goes out, to be added up with others."""

from collections import Counter
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from cabildo.instruments.models import Layer
from cabildo.instruments.queries import layers
from cabildo.instruments.rules.bands import Achieved
from cabildo.instruments.rules.scoring import Result
from cabildo.quality.choices import Basis, Subject
from cabildo.quality.models import Cycle, CycleResult, ResultPart
from cabildo.quality.queries.validation import DECLARED


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


@transaction.atomic
def rebuild_results(cycle: Cycle) -> Counter[str]:
    """Fill in what this cycle should have kept, from its sealed layers and the last report that went out.

    For what was sealed before results were kept. How many were «created», «updated» or «unchanged»; a second run finds
    all of them unchanged. What was validated of an earlier declaration is not kept, as when it was declared anew.
    """
    done: Counter[str] = Counter()
    held = layers.layers_of(cycle.self_assessment).filter(party=DECLARED) if cycle.self_assessment else ()
    declared = list(held)
    if not declared:
        return done
    done[_rebuilt(cycle, Basis.DECLARED, [declared[0], declared[-1]])] += 1
    issued = cycle.issued_reports.filter(phase=Subject.REPORT, issued_at__gte=declared[-1].sealed_at).last()
    if issued is not None and issued.layer is not None:
        done[_rebuilt(cycle, Basis.VALIDATED, [issued.layer])] += 1
    return done


def _rebuilt(cycle: Cycle, basis: Basis, sealed: list[Layer]) -> str:
    """Keep the last of these; the first gives its year to a cycle that has none."""
    known = CycleResult.objects.filter(cycle=cycle, basis=basis).first()
    if known is not None and known.layer_id == sealed[-1].pk:
        return "unchanged"
    for layer in sealed[-1:] if known is not None else dict.fromkeys(sealed):
        keep_result(cycle, basis=basis, layer=layer)
    return "created" if known is None else "updated"


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
