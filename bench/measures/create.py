"""A request put on record through its form."""

from typing import Any

from bench import bare, load, profiles
from bench.load import LoadError, Rate
from bench.measures import rates
from bench.workplace import Workplace

NAME = "create"


def measure(place: Workplace) -> None:
    def ask(address: str, facts: dict[str, Any]) -> Rate:
        before = bare.count(facts["database_url"], facts["table"])
        rate = load.post(address, facts["create"], facts["body"], facts["headers"], place.amount.seconds)
        kept = bare.count(facts["database_url"], facts["table"]) - before
        if kept < rate.requests:
            raise LoadError(f"{rate.requests} answers, {kept} rows")
        return rate

    found = rates.lines(place, "create", rates.taking_turns(place, NAME, ask))
    place.report.add(*found)
    profiles.of_create(place, missed=any(line.is_met is False for line in found))
