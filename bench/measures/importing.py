"""The 10,000 real requests of another city, against the bare insert of every row they leave."""

from itertools import islice
from pathlib import Path

from bench import bare, profiles
from bench.report import Line, against, median
from bench.sites import ROOT
from bench.workplace import Workplace

NAME = "import"
FILE = ROOT.parent / "shared" / "data" / "requests_311" / "baltimore_2018_sample.csv"
MAPPING = ROOT / "docs" / "how-to" / "mapas" / "baltimore-311.yaml"
LEAST = 0.25
MOST_ROUNDS = 3


def measure(place: Workplace) -> None:
    if not FILE.exists():
        place.report.remarks.append("Import not measured: the file of real requests is not beside the repository.")
        return
    file = _sample(place)
    rounds = [_round(place, file, number) for number in range(min(place.amount.rounds, MOST_ROUNDS))]
    ours, others = median([one[0] for one in rounds]), median([one[1] for one in rounds])
    created, left = rounds[0][2], rounds[0][3]
    ratio = against(1 / ours, 1 / others, LEAST)
    figures = f"{created / ours:.0f} against {created / others:.0f} requests a second"
    note = f"{created} requests leave {left} rows"
    place.report.add(Line("import of real requests", place.kind, figures, *ratio, note=note))
    profiles.of_import(place, file, MAPPING, missed=ratio[2] is False)


def _sample(place: Workplace) -> Path:
    sample = place.folder / FILE.name
    with FILE.open(encoding="utf-8") as lines:
        sample.write_text("".join(islice(lines, place.amount.import_rows + 1)), encoding="utf-8")
    return sample


def _round(place: Workplace, file: Path, number: int) -> tuple[float, float, int, int]:
    """Seconds of the import, seconds of the bare insert into a twin, requests created, rows left."""
    desk = place.desk(f"import_{number}")
    before = bare.everything(desk.database_url)
    done = desk.run("bench.desk.import_rows", file, MAPPING)
    left = bare.added(before, bare.everything(desk.database_url))
    seconds = bare.insert(place.desk(f"bare_{number}").database_url, left)
    for name in (f"import_{number}", f"bare_{number}"):
        place.databases.drop(name)
    return done["seconds"], seconds, done["created"], sum(len(rows) for _columns, rows in left.values())
