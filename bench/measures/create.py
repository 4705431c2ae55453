"""A request put on record through its form."""

from typing import Any

from bench import bare, load, profiles, sites
from bench.load import LoadError, Rate
from bench.measures import rates
from bench.workplace import Workplace

NAME = "create"
WHOLE = "bare Django leaving as many rows"


def measure(place: Workplace) -> None:
    whole = sites.floor(place.fresh(f"{NAME}_whole"), place.folder / "data", name=WHOLE)
    turns = rates.taking_turns(place, NAME, _ask, more=(whole,))
    found = rates.lines(place, NAME, turns)
    place.report.add(*found, rates.against_whole(place, NAME, turns[0], turns[-1]))
    profiles.of_create(place, missed=any(line.is_met is False for line in found))


def _ask(address: str, facts: dict[str, Any]) -> Rate:
    form = facts["create_whole" if facts["site"] == WHOLE else "create"]
    before = bare.count(facts["database_url"], facts["table"])
    rate = load.post(address, form, facts["body"], facts["headers"], facts["seconds"])
    kept = bare.count(facts["database_url"], facts["table"]) - before
    if kept < rate.requests:
        raise LoadError(f"{rate.requests} answers, {kept} rows")
    return rate
