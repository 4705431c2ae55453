"""The 10,000 real requests of another city, against the bare insert of every row they leave."""

import json
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench import bare, profiles
from bench.report import Line, against, median
from bench.sites import ROOT
from bench.workplace import Workplace

NAME = "import"
TRIAL = "trial"  # the base with the municipality and the pack that the file is imported into
FILE = ROOT.parent / "shared" / "data" / "requests_311" / "baltimore_2018_sample.csv"
MAPPING = ROOT / "docs" / "how-to" / "mapas" / "baltimore-311.yaml"
LEAST = 0.25
MOST_ROUNDS = 3


@dataclass(frozen=True)
class Round:
    """Seconds of the import and of the two bare inserts; requests created and rows they left."""

    ours: float
    driver: float
    django: float
    created: int
    left: int


def measure(place: Workplace) -> None:
    if not FILE.exists():
        place.report.remarks.append("Import not measured: the file of real requests is not beside the repository.")
        return
    file = _sample(place)
    place.desk(TRIAL).run("bench.desk.trial", file, MAPPING)
    rounds = [_round(place, file, number) for number in range(min(place.amount.rounds, MOST_ROUNDS))]
    ours, driver, django = (median([getattr(one, name) for one in rounds]) for name in ("ours", "driver", "django"))
    created, left = rounds[0].created, rounds[0].left
    others = {"Django's bulk_create of the same rows": django, "the driver's bare insert": driver}
    ratios = {name: against(seconds, ours, LEAST) for name, seconds in others.items()}
    for name, seconds in others.items():
        figures = f"{created / ours:.0f} against {created / seconds:.0f} requests a second"
        note = f"{created} requests leave {left} rows"
        place.report.add(Line(f"import, against {name}", place.kind, figures, *ratios[name], note=note))
    profiles.of_import(
        place, file, MAPPING, of=TRIAL, missed=not all(is_met for _ratio, _target, is_met in ratios.values())
    )


def _sample(place: Workplace) -> Path:
    sample = place.folder / FILE.name
    with FILE.open(encoding="utf-8") as lines:
        sample.write_text("".join(islice(lines, place.amount.import_rows + 1)), encoding="utf-8")
    return sample


def _round(place: Workplace, file: Path, number: int) -> Round:
    """One import, and the same rows into two twins of the database it began with."""
    desk = place.desk(f"import_{number}", of=TRIAL)
    before = bare.everything(desk.database_url)
    done = desk.run("bench.desk.import_rows", file, MAPPING)
    left = bare.added(before, bare.everything(desk.database_url))
    driver = bare.insert(place.desk(f"driver_{number}", of=TRIAL).database_url, left)
    keys = place.folder / "keys.json"
    keys.write_text(
        json.dumps({table: [row[0] for row in rows] for table, (_columns, rows) in left.items()}, default=str)
    )
    django = place.desk(f"django_{number}", of=TRIAL).run("bench.desk.bulk_rows", desk.database_url, keys)
    for name in ("import", "driver", "django"):
        place.databases.drop(f"{name}_{number}")
    rows = sum(len(rows) for _columns, rows in left.values())
    return Round(done["seconds"], driver, django["seconds"], done["created"], rows)
