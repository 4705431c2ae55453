"""Reading Chile's administrative division from three CSV files: what each row must be."""

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

Row = Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A file of the division. `columns` maps those of the file to fields; `parent` is the column that points up."""

    file: str
    columns: Mapping[str, str]
    code_length: int
    parent: str = ""


@dataclass(frozen=True)
class RefusedRow:
    """A row that was left out; `row` is its line in the file."""

    file: str
    row: int
    column: str
    value: str
    code: str


REGIONS = Table(
    "regions.csv",
    {"id": "code", "name": "name", "short_name": "short_name", "abbreviation": "abbreviation", "iso_code": "iso_code"},
    code_length=2,
)
PROVINCES = Table("provinces.csv", {"id": "code", "name": "name", "region_id": "region_id"}, 3, "region_id")
COMMUNES = Table("communes.csv", {"id": "code", "name": "name", "province_id": "province_id"}, 5, "province_id")


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file in UTF-8 with headers."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def missing_columns(table: Table, rows: list[Row]) -> set[str]:
    return set(table.columns) - set(rows[0] if rows else ())


def sort_rows(
    table: Table, rows: list[Row], parents: Collection[str]
) -> tuple[dict[str, dict[str, str]], list[RefusedRow]]:
    """The good rows by code, as fields, and the refused ones. `parents` are the codes of the level above."""
    good: dict[str, dict[str, str]] = {}
    refused = []
    for line, row in enumerate(rows, 2):
        fault = next(_faults(table, row, parents, good), None)
        if fault:
            column, code = fault
            refused.append(RefusedRow(table.file, line, column, row[column] or "", code))
        else:
            good[row["id"]] = {field: row[column] for column, field in table.columns.items()}
    return good, refused


def _faults(table: Table, row: Row, parents: Collection[str], seen: Collection[str]) -> Iterator[tuple[str, str]]:
    code = row["id"] or ""
    if len(code) != table.code_length or not (code.isascii() and code.isdigit()):
        yield "id", "bad_code"
    if code in seen:
        yield "id", "repeated_code"
    if empty := next((column for column in table.columns if not row[column]), None):
        yield empty, "empty"
    if table.parent and row[table.parent] not in parents:
        yield table.parent, "unknown_parent"
    if table.parent and not code.startswith(row[table.parent] or "-"):
        yield table.parent, "not_its_parent"
