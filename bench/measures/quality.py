"""The quality programme: scoring a country, the whole Informe on paper, and the page of an assessment."""

import json
from typing import Any

from bench import load, sites
from bench.load import Browser, LoadError, Rate
from bench.report import Line, at_most, median
from bench.servers import Server, serving_all
from bench.workplace import Workplace

NAME = "quality"
MUNICIPALITIES, EVIDENCES = 345, 150
MOST_SCORING, MOST_REPORT, MOST_PAGE = 2, 3, 3
LEAST_ROWS = 60


def measure(place: Workplace) -> None:
    place.report.add(_scoring(place), _report(place), _page(place))


def _scoring(place: Workplace) -> Line:
    """What scoring takes once they are loaded, against loading them."""
    found = place.desk("quality_scores").run("bench.desk.quality_scores", MUNICIPALITIES, place.amount.rounds + 2)
    score, rows = found["score"] * 1000, found["load"] * 1000
    return Line(
        f"scoring {found['results']} assessments, against loading their rows", place.kind,
        f"{score:.0f} for {rows:.0f} ms", *at_most(score, rows, MOST_SCORING), note=f"{found['rows']} rows",
    )  # fmt: skip


def _report(place: Workplace) -> Line:
    found = place.desk("quality_report").run("bench.desk.quality_report", EVIDENCES, place.amount.rounds)
    ours, plain = found["report"] * 1000, found["plain"] * 1000
    note = f"{found['elements']} elements, {found['evidences']} evidences, {found['pages']} pages"
    if found["plain_pages"] != found["pages"]:
        note += f" ({found['plain_pages']} of plain text)"
    return Line(
        "Informe as PDF, against as many pages of plain text", place.kind,
        f"{ours:.0f} for {plain:.0f} ms", *at_most(ours, plain, MOST_REPORT), note=note,
    )  # fmt: skip


def _page(place: Workplace) -> Line:
    """The desk and the floor in turn, after a first turn that only warms up; by the time an answer takes."""
    desk, floor = place.desk("quality_desk"), sites.floor(place.fresh("quality_floor"), place.folder / "data")
    told = desk.run("bench.desk.quality_page", EVIDENCES)
    file = place.folder / "sheets.json"
    file.write_text(json.dumps(told["rows"]), encoding="utf-8")
    facts = [told, floor.run("bench.floor.prepare_sheets", file)]
    rates: list[list[float]] = [[], []]
    with serving_all([desk, floor]) as servers:
        for number in range(place.amount.rounds + 1):
            for turns, server, one in zip(rates, servers, facts, strict=True):
                rate = _ask(server, one, place.amount.seconds)
                if number:
                    turns.append(rate.per_second)
    ours, bare = (1000 / median(turns) for turns in rates)
    return Line(
        "assessment page, against bare Django", place.kind,
        f"{ours:.1f} for {bare:.1f} ms", *at_most(ours, bare, MOST_PAGE), note=f"{len(told['rows'])} elements",
    )  # fmt: skip


def _ask(server: Server, facts: dict[str, Any], seconds: int) -> Rate:
    browser = Browser(server.address, facts["headers"])
    status, body = browser.answer(facts["lists"][0])
    browser.close()
    if status != 200 or body.count(facts["marker"]) < LEAST_ROWS:
        raise LoadError(f"{facts['lists'][0]} answered {status} with {body.count(facts['marker'])} rows")
    return load.get(server.address, facts["lists"], facts["headers"], seconds)
