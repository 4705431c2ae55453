"""`python -m bench.desk.quality_scores N TIMES`: N municipalities with the declared layer of a whole assessment each.

Tells how long it takes to load the rows of all their marks, and then to score them; the best of TIMES, in turn.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from bench.entrance import say  # noqa: E402
from cabildo.accounts.models import Municipality  # noqa: E402
from cabildo.accounts.scoping import in_municipalities  # noqa: E402
from cabildo.content.queries import pack_named, version_of  # noqa: E402
from cabildo.instruments.models import Assessment, Layer, LayerMark  # noqa: E402
from cabildo.instruments.queries import layers as queries  # noqa: E402
from cabildo.instruments.rules import scoring  # noqa: E402
from cabildo.instruments.rules.structure import Model  # noqa: E402

PACK = ("assessment_models", "gestion-municipal-demo")


def main(count: int, times: int) -> None:
    places = Municipality.objects.bulk_create(
        Municipality(slug=f"medida-{n}", name=f"Comuna de medida {n}") for n in range(count)
    )
    with in_municipalities([place.pk for place in places]):
        _write(places)
        model, marks = queries.model(Layer.objects.select_related("assessment__version").first().assessment), _load()
        load, score = _in_turn(times, _load, lambda: [scoring.score(model, layer) for layer in marks.values()])
        say(load=load, score=score, rows=LayerMark.objects.count(), results=len(marks))


def _load() -> dict[int, dict[str, scoring.Mark]]:
    """Layer → element → mark, of all of them, by one query."""
    found: dict[int, dict[str, scoring.Mark]] = defaultdict(dict)
    for layer, name, *mark in LayerMark.objects.values_list("layer", "element", "score", "attributes", "is_excluded"):
        found[layer][name] = scoring.Mark(*mark)
    return found


def _write(places: list[Municipality]) -> None:
    version, now = version_of(pack_named(*PACK)), timezone.now()
    assessments = Assessment.objects.bulk_create(
        Assessment(
            municipality=place, version=version, title="Medida", on_type="bench", on_id=place.slug, opened_at=now
        )
        for place in places
    )
    layers = Layer.objects.bulk_create(
        Layer(
            municipality_id=one.municipality_id,
            assessment=one,
            party="declared",
            label="Declarado",
            sealed_at=now,
            sha256="0" * 64,
        )
        for one in assessments
    )
    model = queries.model(assessments[0])
    LayerMark.objects.bulk_create(
        (mark for place, layer in enumerate(layers) for mark in _marks(layer, model, place)), batch_size=2_000
    )


def _marks(layer: Layer, model: Model, place: int) -> list[LayerMark]:
    """A mark for every element, all levels in turn."""
    return [
        LayerMark(
            municipality_id=layer.municipality_id,
            layer=layer,
            element=element.id,
            score=(place + number) % (element.method.maximum + 1),
        )
        for number, element in enumerate(model.elements())
    ]


def _in_turn(times: int, *works: Callable[[], Any]) -> list[float]:
    """Seconds of each, the best of its turns."""
    best = [float("inf")] * len(works)
    for _turn in range(times):
        for place, work in enumerate(works):
            start = time.perf_counter()
            work()
            best[place] = min(best[place], time.perf_counter() - start)
    return best


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
