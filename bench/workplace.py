"""The place of a run: its folder, its databases, how much to do, and the prepared base every measure copies."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import sites
from bench.databases import Databases, databases
from bench.report import Report
from bench.sites import Site

BASE = "base"


@dataclass(frozen=True)
class Amount:
    """How much of everything: enough for a figure, or just enough to see that all works."""

    seconds: int
    rounds: int
    rows: int
    small: int
    large: int
    repeats: int
    import_rows: int


FULL = Amount(seconds=6, rounds=3, rows=5_000, small=10_000, large=1_000_000, repeats=25, import_rows=10_000)
QUICK = Amount(seconds=2, rounds=1, rows=500, small=1_000, large=5_000, repeats=3, import_rows=600)


@dataclass
class Workplace:
    """One kind of database, with an installation of the desk ready to be copied."""

    folder: Path
    databases: Databases
    amount: Amount
    report: Report

    @property
    def kind(self) -> str:
        return self.databases.kind

    def desk(self, name: str, *, of: str = BASE) -> Site:
        """The desk on a fresh copy of a database. All copies share the keys and static files of one data folder."""
        return sites.desk(self.databases.copy(of, name), self.folder / "data")

    def prepare_base(self) -> None:
        site = sites.desk(self.databases.create(BASE), self.folder / "data")
        site.run(site.prepare, 0)

    def fresh(self, name: str) -> str:
        return self.databases.create(name)


@contextmanager
def workplace(kind: str, amount: Amount, report: Report) -> Iterator[Workplace]:
    with tempfile.TemporaryDirectory(prefix="cabildo-bench-") as folder:
        Path(folder).chmod(0o755)  # the database's own user must be able to pass through
        with databases(kind, Path(folder) / "databases") as made:
            report.databases.append(made.version)
            place = Workplace(Path(folder), made, amount, report)
            print(f"» {made.version}: preparing Puerto Claro…", flush=True)
            place.prepare_base()
            yield place
