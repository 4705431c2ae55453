"""The table of docs/reference/performance.md: what was measured, with what, where and when."""

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "performance.md"
BEGIN, END = "<!-- figures: written by `make bench` -->", "<!-- end of figures -->"
LIBRARIES = ["django", "granian", "psycopg"]


@dataclass(frozen=True)
class Line:
    """One row of the table. `is_met` is None for a figure without a target."""

    measure: str
    database: str
    figures: str
    ratio: str
    target: str = "—"
    is_met: bool | None = None
    note: str = ""


@dataclass
class Report:
    """What a run found: rows of the table, profiles of what missed its target, remarks on the run."""

    command: str
    databases: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    profiles: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, *lines: Line) -> None:
        self.lines.extend(lines)
        for line in lines:
            print(
                " · ".join(filter(None, [line.measure, line.database, line.figures, line.ratio, line.note])), flush=True
            )

    def missed(self) -> list[Line]:
        return [line for line in self.lines if line.is_met is False]

    def markdown(self) -> str:
        table = [
            "| Measure | Database | Figures | Ratio | Target | Met | Note |",
            "|---|---|---|---|---|---|---|",
            *(_row(line) for line in self.lines),
        ]
        return "\n".join([*self._circumstances(), "", *table, "", *self._profiles()]).rstrip() + "\n"

    def _circumstances(self) -> list[str]:
        versions = [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in LIBRARIES)]
        return [
            f"- Machine: {machine()}",
            f"- Date: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC; load before the run: {self.load_before}",
            f"- Versions: {', '.join([*versions, *self.databases])}",
            f"- Command: `{self.command}`",
            *(f"- {remark}" for remark in self.remarks),
        ]

    def __post_init__(self) -> None:
        self.load_before = " ".join(f"{load:.1f}" for load in os.getloadavg())

    def _profiles(self) -> list[str]:
        return [line for title, text in self.profiles for line in (f"### {title}", "", "```text", text, "```", "")]


def _row(line: Line) -> str:
    met = {True: "yes", False: "**no**", None: "—"}[line.is_met]
    return f"| {' | '.join([line.measure, line.database, line.figures, line.ratio, line.target, met, line.note])} |"


def machine() -> str:
    """Processors, memory and system of this machine."""
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    release = platform.freedesktop_os_release()["PRETTY_NAME"]
    return f"{os.cpu_count()} cores, {memory_gib:.0f} GiB, {release}; load generator, server and database share them"


def write(report: Report, page: Path = PAGE) -> None:
    """Replace the figures of the page; its words stay."""
    text = page.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    figures = f"{BEGIN}\n{report.markdown()}\n{END}"
    page.write_text(pattern.sub(lambda _found: figures, text), encoding="utf-8")


def against(ours: float, others: float, least: float) -> tuple[str, str, bool]:
    """Ratio, target and verdict of a measure that should be at least `least` times the other."""
    ratio = ours / others
    return f"{ratio:.2f}", f"≥ {least:g}", ratio >= least


def growth(small: float, large: float, most: float) -> tuple[str, str, bool]:
    """The same for a measure that should grow by less than `most` times."""
    ratio = large / small
    return f"{ratio:.2f}", f"< {most:g}", ratio < most


def at_most(ours: float, others: float, most: float) -> tuple[str, str, bool]:
    """The same for a cost that should be at most `most` times the other."""
    ratio = ours / others
    return f"{ratio:.2f}", f"≤ {most:g}", ratio <= most


def median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
