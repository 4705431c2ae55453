"""Where the time of one of our requests goes; the whole profile only when a target is missed."""

from pathlib import Path

from bench.report import Line
from bench.workplace import Workplace


def of_list(place: Workplace, *, missed: bool) -> None:
    _of_request(place, "list", missed=missed)


def of_create(place: Workplace, *, missed: bool) -> None:
    _of_request(place, "create", missed=missed)


def _of_request(place: Workplace, what: str, *, missed: bool) -> None:
    name = f"profile_{what}"
    found = place.desk(name).run("bench.desk.profile", what, place.amount.rows)
    around = f"{found['queries']} queries, {found['around']} statements of transactions around them"
    figures = f"{around}; {found['ms']:.1f} ms of processor"
    place.report.add(Line(f"{what}, inside one process", place.kind, figures, "—"))
    if missed:
        place.report.profiles.append((f"Profile of {what} on {place.kind}", found["profile"]))
    place.databases.drop(name)


def of_import(place: Workplace, file: Path, mapping: Path, *, of: str, missed: bool) -> None:
    if missed:
        found = place.desk("profile_import", of=of).run("bench.desk.profile", "import", file, mapping)
        place.report.profiles.append((f"Profile of the import on {place.kind}", found["profile"]))
        place.databases.drop("profile_import")
