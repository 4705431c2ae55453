from datetime import UTC, date, datetime

import pytest

from cabildo.audit.models import Entry
from cabildo.indicators import Definition, Direction, Observation, sources
from cabildo.indicators.actions import observe
from cabildo.indicators.models import ObservationRecord
from cabildo.indicators.queries import series
from cabildo.indicators.rules import month_of
from cabildo.indicators.tasks import observe_everywhere

NOW = datetime(2026, 11, 21, tzinfo=UTC)
OCTOBER = month_of(date(2026, 10, 1))
DEFINITION = Definition("tests.share", "Parte", "Unas de todas", "%", Direction.DOWN, "Pruebas")


@pytest.fixture
def counts(monkeypatch) -> list:
    """What the source answers, one after the other."""
    answers = [Observation(1, 4, NOW), Observation(None, None, NOW)]
    monkeypatch.setattr(sources, "_sources", {})
    sources.register(DEFINITION, lambda _period: answers.pop(0))
    return answers


def test_observing_keeps_numerator_and_denominator(puerto_claro, counts) -> None:
    observe("tests.share", OCTOBER)

    assert series("tests.share", OCTOBER.since) == [(OCTOBER.since, Observation(1, 4, NOW))]
    assert Entry.objects.get().action == "indicator.observed"


def test_observing_again_keeps_the_newer_count_even_if_it_is_without_datum(puerto_claro, counts) -> None:
    observe("tests.share", OCTOBER)
    observe("tests.share", OCTOBER)

    assert series("tests.share", OCTOBER.since) == [(OCTOBER.since, Observation(None, None, NOW))]


def test_another_definition_with_the_same_code_is_refused(counts) -> None:
    other = Definition("tests.share", "Otra", "Otra", "%", Direction.UP, "Pruebas")

    with pytest.raises(ValueError, match=r"tests\.share"):
        sources.register(other, lambda _period: Observation(1, 1, NOW))


def test_every_night_each_municipality_observes_its_last_month(puerto_claro, otra_comuna, counts, run_jobs) -> None:
    observe_everywhere.func()
    run_jobs()

    kept = ObservationRecord.objects.with_scopes_disabled().values_list("municipality__slug", flat=True)
    assert sorted(kept) == ["otra-comuna", "puerto-claro"]
