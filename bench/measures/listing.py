"""The list of requests: 20 rows, filters shown and one in force."""

from typing import Any

from bench import load, profiles
from bench.load import Browser, LoadError, Rate
from bench.measures import rates
from bench.workplace import Workplace

NAME = "list"
LEAST_ROWS = 20


def measure(place: Workplace) -> None:
    def ask(address: str, facts: dict[str, Any]) -> Rate:
        _check(address, facts)
        return load.get(address, facts["lists"], facts["headers"], place.amount.seconds)

    found = rates.lines(place, "list", rates.taking_turns(place, NAME, ask))
    place.report.add(*found)
    profiles.of_list(place, missed=any(line.is_met is False for line in found))


def _check(address: str, facts: dict[str, Any]) -> None:
    """Fast and empty would be no use."""
    browser = Browser(address, facts["headers"])
    for path in facts["lists"]:
        status, body = browser.answer(path)
        if status != 200:
            raise LoadError(f"{path} answered {status}")
    browser.close()
    if body.count(facts["marker"]) < LEAST_ROWS:
        raise LoadError(f"{path} shows {body.count(facts['marker'])} rows")
