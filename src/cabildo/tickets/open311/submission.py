"""What somebody asks through another system: read, and held against the questions of its category."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from cabildo.tickets.open311.errors import NOT_FOUND
from cabildo.tickets.open311.parameters import point
from cabildo.tickets.open311.reader import Given, Reader
from cabildo.tickets.rules.questions import stopping_notice, visible_questions

ATTRIBUTE = re.compile(r"attribute\[(?P<code>[^\]]{1,80})\](\[\])?")
MAX_DESCRIPTION = 4000
MAX_ANSWER = 500
MAX_NUMBER = Decimal(10) ** 10
MAX_NAME = 79  # two of them and a space fit in a requester's name

Question = Mapping[str, Any]


@dataclass(frozen=True)
class Submission:
    """One request as it came. Coordinates in WGS84 degrees; `answers` by question id."""

    category: Any
    description: str
    latitude: float | None
    longitude: float | None
    address: str
    name: str
    email: str
    phone: str
    media_url: str
    external_id: str
    answers: Mapping[str, Any] = field(default_factory=dict)


def read(given: Given, zone: tzinfo, *, category_of: Callable[[str], Any], has_photo: bool) -> Submission:
    """The whole request, or Refused with everything that is wrong with it.

    `category_of` finds a category by its code, or None. `device_id` and `account_id` are accepted and not kept.
    """
    reader = Reader(given, zone)
    category = _category(reader, category_of)
    latitude, longitude = point(reader)
    names = (reader.text("first_name", MAX_NAME), reader.text("last_name", MAX_NAME))
    values: dict[str, Any] = {
        "description": reader.text("description", MAX_DESCRIPTION),
        "latitude": latitude,
        "longitude": longitude,
        "address": reader.text("address_string"),
        "name": " ".join(name for name in names if name),
        "email": reader.email("email"),
        "phone": reader.text("phone", 40),
        "media_url": reader.link("media_url"),
        "external_id": reader.text("external_id", 80),
    }
    if category is not None:
        _check_needs(reader, category.definition, values, has_photo=has_photo or bool(values["media_url"]))
        values["answers"] = _answers(reader, category.definition)
    reader.check()
    return Submission(category=category, **values)


def _category(reader: Reader, category_of: Callable[[str], Any]) -> Any:
    code = reader.text("service_code", 80)
    if not code:
        reader.wrong(_("Falta «service_code». Elija uno de la lista de servicios."))
        return None
    category = category_of(code)
    if category is None:
        reader.wrong(_("No existe el servicio «{code}».").format(code=code), code=NOT_FOUND)
    elif not category.is_open:
        reader.wrong(_("«{label}» no recibe solicitudes por ahora.").format(label=category.label))
    return category


def _check_needs(reader: Reader, definition: Any, values: Mapping[str, Any], *, has_photo: bool) -> None:
    has_place = values["latitude"] is not None or bool(values["address"])
    if definition.get("location") != "none" and not has_place and not {"lat", "long"} & set(reader.given):
        reader.wrong(_("Falta el lugar: envíe «lat» y «long», o «address_string»."))
    if definition.get("identity") == "required" and not values["name"]:
        reader.wrong(_("En este servicio hace falta el nombre: envíe «first_name» y «last_name»."))
    if definition.get("photo") == "required" and not has_photo:
        reader.wrong(_("En este servicio hace falta una foto: envíela en «media», o su dirección en «media_url»."))


def _answers(reader: Reader, definition: Any) -> dict[str, Any]:
    """Answers to the questions of the category; attributes it does not have are left aside."""
    sent = _attributes(reader.given)
    questions: Sequence[Question] = definition.get("questions", [])
    answers = {q["id"]: _answer(reader, q, sent[q["id"]]) for q in questions if q["id"] in sent}
    for question in visible_questions(questions, answers):
        if question.get("required") and question["id"] not in sent:
            reader.wrong(_("Falta «attribute[{code}]»: {label}").format(code=question["id"], label=question["label"]))
    notice = stopping_notice(definition.get("notices", []), answers)
    if notice is not None:
        reader.wrong(notice["text"])
    return answers


def _attributes(given: Given) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, values in given.items():
        if match := ATTRIBUTE.fullmatch(name):
            found.setdefault(match["code"], []).extend(values)
    return found


def _answer(reader: Reader, question: Question, values: Sequence[str]) -> Any:
    name = f"attribute[{question['id']}]"
    options = {option["id"] for option in question.get("options", [])}
    match question["type"]:
        case "multiple":
            return _chosen(reader, name, values, options)
        case "single":
            return next(iter(_chosen(reader, name, values[:1], options)), None)
        case "number":
            return _number(reader, name, values[0])
        case "date":
            return _day(reader, name, values[0])
        case _:
            return reader.plain(name, values[0], MAX_ANSWER)


def _chosen(reader: Reader, name: str, values: Sequence[str], options: set[str]) -> list[str]:
    if not set(values) <= options:
        reader.wrong(_("«{name}» sólo admite las claves de su lista.").format(name=name))
        return []
    return list(dict.fromkeys(values))


def _number(reader: Reader, name: str, value: str) -> str | None:
    try:
        number = Decimal(value.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= MAX_NUMBER:
        reader.wrong(_("«{name}» debe ser un número.").format(name=name))
        return None
    return str(number)


def _day(reader: Reader, name: str, value: str) -> str | None:
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        reader.wrong(_("«{name}» debe ser una fecha, como 2026-11-20.").format(name=name))
        return None
