"""What does a row of a spreadsheet say, and why can it not be taken? No database, no Django."""

import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from cabildo.kit import run as runs
from cabildo.kit.errors import DomainError
from cabildo.tickets.imports.source_map import CLOSED, SourceMap

ANSWERING = {"resolved", "rejected", "not_competent"}
CONTACT = ("name", "run", "email", "phone", "address")
MAX_LENGTH = {
    "external_id": 80,
    "text": 4000,
    "place": 200,
    "channel": 120,
    "category": 160,
    "department": 120,
    "name": 160,
    "phone": 40,
    "address": 200,
}
MAX_KEPT = 500  # characters of a column kept as it comes
SHOWN = 120
EARLIEST = date(1970, 1, 1)
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
DIGITS = {"%Y": r"\d{4}", **dict.fromkeys(("%d", "%m", "%y", "%H", "%I", "%M", "%S"), r"\d{1,2}")}
LETTERS = {
    "%d": "DD",
    "%m": "MM",
    "%Y": "AAAA",
    "%y": "AA",
    "%H": "hh",
    "%I": "hh",
    "%M": "mm",
    "%S": "ss",
    "%p": "AM/PM",
    "%b": "mes",
    "%B": "mes",
    "%z": "zona",
}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Three decimals are some hundred metres: with fewer, the point says the area and not the place.
FINE_DECIMALS = 3


@dataclass(frozen=True)
class SourceRow:
    """A row as the file has it; `number` counts from the headings, which are row 1. `fault` is why it has no cells."""

    number: int
    cells: Mapping[str, str]
    fault: str = ""
    found: int = 0
    expected: int = 0


@dataclass(frozen=True)
class RowError:
    """Why a row is refused: the cell, a stable code and the facts of its sentence."""

    row: int
    column: str
    value: str
    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Normalised:
    """A row in the platform's own terms; instants in UTC, `due_on` a day of the source's zone."""

    number: int
    external_id: str
    kind: str
    text: str
    channel: str
    channel_word: str
    state: str
    outcome: str
    addressee: str
    category: str
    department: str
    place: str
    latitude: float | None
    longitude: float | None
    is_coarse: bool
    is_far: bool
    received_at: datetime
    closed_at: datetime | None
    answered_at: datetime | None
    due_on: date | None
    kept: tuple[tuple[str, str], ...]
    contact: Mapping[str, str]

    @property
    def digest(self) -> str:
        """What tells this row from a later version of it, wherever in the file it stands."""
        said = {**vars(self), "number": 0, "contact": dict(self.contact)}
        return hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()[:32]


class Refused(Exception):  # noqa: N818 - it reads as what it says of the row
    """Inside this module: the cell of a field cannot be taken."""

    def __init__(self, field: str, value: str, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.field, self.value, self.code, self.facts = field, value, code, facts


def normalise(row: SourceRow, mapping: SourceMap, *, now: datetime) -> Normalised | tuple[RowError, ...]:
    """The row in the platform's terms, or everything that is wrong with it."""
    if row.fault:
        return (RowError(row.number, "", "", row.fault, {"found": row.found, "expected": row.expected}),)
    values: dict[str, Any] = {}
    errors: list[RowError] = []
    for read in READERS:
        try:
            values |= read(row.cells, mapping)
        except Refused as refused:
            errors.append(_error(row, mapping, refused))
    if not errors:
        try:
            return Normalised(number=row.number, **_consistent(values, now))
        except Refused as refused:
            errors.append(_error(row, mapping, refused))
    return tuple(errors)


def _error(row: SourceRow, mapping: SourceMap, refused: Refused) -> RowError:
    column = mapping.columns.get(refused.field, "")
    named = " + ".join(column) if isinstance(column, list) else column
    return RowError(row.number, named, refused.value[:SHOWN], refused.code, refused.facts)


def _cell(cells: Mapping[str, str], mapping: SourceMap, field: str) -> str:
    """The cell of a field, without control characters; empty when the mapping names no column for it."""
    column = mapping.columns.get(field)
    return CONTROL.sub("", cells.get(column, "")).strip() if column else ""


def _short(field: str, text: str) -> str:
    limit = MAX_LENGTH[field]
    if len(text) > limit:
        raise Refused(field, text, "too_long", limit=limit, length=len(text))
    return text


def _said(field: str, text: str) -> str:
    if not text:
        raise Refused(field, "", "empty")
    return _short(field, text)


def _identity(cells: Mapping[str, str], mapping: SourceMap) -> dict[str, Any]:
    return {"external_id": _said("external_id", _cell(cells, mapping, "external_id"))}


def _text(cells: Mapping[str, str], mapping: SourceMap) -> dict[str, Any]:
    columns = mapping.columns.get("text") or [mapping.columns["category"]]
    parts = (CONTROL.sub("", cells.get(column, "")).strip() for column in columns)
    return {"text": _short("text", "\n".join(dict.fromkeys(part for part in parts if part)))}


def _state(cells: Mapping[str, str], mapping: SourceMap) -> dict[str, Any]:
    word = _cell(cells, mapping, "state")
    found = mapping.states.of(word)
    if found is None:
        raise Refused("state", word, "unknown_value" if word else "empty", key="states.values")
    return {"state": found["state"], "outcome": found["outcome"], "addressee": found["addressee"]}


def _channel(cells: Mapping[str, str], mapping: SourceMap) -> dict[str, Any]:
    word = _short("channel", _cell(cells, mapping, "channel"))
    found = mapping.channels.of(word)
    if found is None:
        raise Refused("channel", word, "unknown_value" if word else "empty", key="channels.values")
    return {"channel": found, "channel_word": word}


def _kind(cells: Mapping[str, str], mapping: SourceMap) -> dict[str, Any]:
    word = _cell(cells, mapping, "kind")
    found = mapping.kinds.of(word)
    if found is None:
        raise Refused("kind", word, "unknown_value" if word else "empty", key="kinds.values")
    return {"kind": found}


def _category(cells: Mapping[str, str], mapping: SourceMap) -> dict[str, Any]:
    return {"category": _said("category", mapping.categories.of(_cell(cells, mapping, "category")))}


def _department(cells: Mapping[str, str], mapping: SourceMap) -> dict[str, Any]:
    return {"department": _short("department", mapping.departments.of(_cell(cells, mapping, "department")))}


def _place(cells: Mapping[str, str], mapping: SourceMap) -> dict[str, Any]:
    return {"place": _short("place", _cell(cells, mapping, "place"))}


def _point(cells: Mapping[str, str], mapping: SourceMap) -> dict[str, Any]:
    """A point is kept when it is one, exact or not; half a point is refused."""
    texts = {field: _cell(cells, mapping, field) for field in ("latitude", "longitude")}
    missing = [field for field, text in texts.items() if not text]
    if len(missing) == 2:
        return {"latitude": None, "longitude": None, "is_coarse": False, "is_far": False}
    if missing:
        raise Refused(missing[0], "", "half_point")
    latitude = _degrees("latitude", texts["latitude"], 90)
    longitude = _degrees("longitude", texts["longitude"], 180)
    return {
        "latitude": latitude,
        "longitude": longitude,
        "is_coarse": max(map(_decimals, texts.values())) < FINE_DECIMALS,
        "is_far": bool(mapping.bounds) and not mapping.bounds.hold(latitude, longitude),  # type: ignore[union-attr]
    }


def _degrees(field: str, text: str, limit: int) -> float:
    try:
        degrees = float(text.replace(",", "."))
    except ValueError:
        raise Refused(field, text, "not_a_number") from None
    if not math.isfinite(degrees) or abs(degrees) > limit:
        raise Refused(field, text, "degrees_out_of_range", limit=limit)
    return degrees


def _decimals(text: str) -> int:
    return len(text.replace(",", ".").partition(".")[2].rstrip("0"))


def _dates(cells: Mapping[str, str], mapping: SourceMap) -> dict[str, Any]:
    received = _instant("received_at", _said_date("received_at", cells, mapping), mapping)
    due = _cell(cells, mapping, "due_on")
    return {
        "received_at": received,
        "closed_at": _instant("closed_at", _cell(cells, mapping, "closed_at"), mapping),
        "answered_at": _instant("answered_at", _cell(cells, mapping, "answered_at"), mapping),
        "due_on": _moment("due_on", due, mapping).date() if due and mapping.due == "source_goal" else None,
    }


def _said_date(field: str, cells: Mapping[str, str], mapping: SourceMap) -> str:
    text = _cell(cells, mapping, field)
    if not text:
        raise Refused(field, "", "empty")
    return text


def _instant(field: str, text: str, mapping: SourceMap) -> datetime | None:
    return _moment(field, text, mapping).astimezone(UTC) if text else None


def _moment(field: str, text: str, mapping: SourceMap) -> datetime:
    """The instant as the source tells it, in its own zone unless the text names another."""
    moment = _parsed(text, mapping.date_formats)
    if moment is None:
        code = "date_impossible" if _has_form(text, mapping.date_formats) else "not_a_date"
        raise Refused(field, text, code, forms=", ".join(map(_as_written, mapping.date_formats)))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=mapping.zone)
    if moment.date() < EARLIEST or moment.year > 9000:
        raise Refused(field, text, "date_out_of_range")
    return moment


def _parsed(text: str, forms: tuple[str, ...]) -> datetime | None:
    for form in forms:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the zone is the mapping's
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _has_form(text: str, forms: tuple[str, ...]) -> bool:
    """Is it written as one of the forms, though that day or that hour does not exist (31 February, 25:00)?"""
    return bool(ISO_DAY.match(text)) or any(re.fullmatch(_pattern(form), text) for form in forms)


def _pattern(form: str) -> str:
    parts = re.split(r"(%.)", form)
    return "".join(DIGITS.get(part, r".+") if part.startswith("%") else re.escape(part) for part in parts)


def _as_written(form: str) -> str:
    """A form as people say it: «%d-%m-%Y %H:%M» is «DD-MM-AAAA hh:mm»."""
    return re.sub(r"%.", lambda found: LETTERS.get(found[0], ""), form).strip()


def _kept(cells: Mapping[str, str], mapping: SourceMap) -> dict[str, Any]:
    said = ((label, CONTROL.sub("", cells.get(column, "")).strip()[:MAX_KEPT]) for label, column in mapping.keep)
    return {"kept": tuple((label, text) for label, text in said if text)}


def _contact(cells: Mapping[str, str], mapping: SourceMap) -> dict[str, Any]:
    given = {field: _cell(cells, mapping, field) for field in CONTACT if field in mapping.columns}
    given = {field: text for field, text in given.items() if text}
    for field in {"name", "phone", "address"} & given.keys():
        _short(field, given[field])
    if "email" in given and not MAIL.fullmatch(given["email"]):
        raise Refused("email", given["email"], "not_a_mail")
    if "run" in given:
        given["run"] = _run(given["run"])
    return {"contact": given}


def _run(text: str) -> str:
    try:
        return runs.normalise(text)
    except DomainError:
        raise Refused("run", text, "not_a_run") from None


def _consistent(values: dict[str, Any], now: datetime) -> dict[str, Any]:
    """What the cells say together: order of dates, closing with its date, a department once it has left intake."""
    received, closed = values["received_at"], values["closed_at"]
    if received > now:
        raise Refused("received_at", received.isoformat(), "in_the_future")
    is_closed = values["state"] == CLOSED
    if is_closed and closed is None:
        raise Refused("closed_at", "", "closed_without_date")
    if not is_closed and closed is not None:
        raise Refused("closed_at", closed.isoformat(), "open_with_closing_date")
    if closed is not None and not received <= closed <= now:
        raise Refused("closed_at", closed.isoformat(), "in_the_future" if closed > now else "closed_before_received")
    if values["state"] != "intake" and not values["department"]:
        raise Refused("department", "", "department_missing")
    answered = (values["answered_at"] or closed) if values["outcome"] in ANSWERING else None
    if answered is not None and answered < received:
        raise Refused("answered_at", answered.isoformat(), "closed_before_received")
    return {**values, "answered_at": answered}


Reader = Callable[[Mapping[str, str], SourceMap], dict[str, Any]]
READERS: tuple[Reader, ...] = (
    _identity,
    _text,
    _state,
    _channel,
    _kind,
    _category,
    _department,
    _place,
    _point,
    _dates,
    _kept,
    _contact,
)
