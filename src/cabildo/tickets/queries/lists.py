"""Which requests does a list show, in which order?"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from cabildo.accounts.models import Department
from cabildo.accounts.scoping import current_municipality
from cabildo.db.counting import CAP, Count, capped, capped_count
from cabildo.db.search import Matches
from cabildo.tickets.choices import OPEN_STATES, Channel, Kind, State
from cabildo.tickets.models import Category, Ticket
from cabildo.tickets.queries import unattended
from cabildo.tickets.queries.visibility import sees_every_ticket
from cabildo.tickets.search import INDEX
from cabildo.ui.lists import ChoiceFilter, DateRangeFilter, ListSpec, MultipleFilter, SortOption, TextFilter
from cabildo.ui.parts import Column

FEW = 500
LAST_DAY = date(9998, 12, 31)
SORTS = [
    SortOption("recientes", "Más recientes primero", ("-received_at", "-pk")),
    SortOption("plazo", "Por plazo legal", ("legal_due_on", "pk")),
    SortOption("antiguas", "Más antiguas primero", ("received_at", "pk")),
]
COLUMNS = [
    Column("folio", "Folio"),
    Column("category", "Materia"),
    Column("department", "Dirección"),
    Column("state", "Estado"),
    Column("due", "Plazo", sort="plazo"),
    Column("received", "Ingresó", sort="recientes"),
    Column("channel", "Canal", is_usual=False),
    Column("assignee", "A cargo", is_usual=False),
]
STANDING = [
    ("late", "Fuera de plazo"),
    ("due_today", "Vencen hoy"),
    ("due_soon", "Vencen en tres días hábiles"),
    ("stopped", "Plazo detenido"),
    ("unacknowledged", "Sin acuse de recibo hace más de 24 horas"),
    ("unstaffed", "En una unidad donde nadie trabaja"),
]


def spec() -> ListSpec:
    """The filters a list offers here. No query, but one for each of departments and categories when they are shown."""
    return ListSpec(
        filters=[
            TextFilter("q", "Buscar"),
            MultipleFilter("estado", "Estado", State.choices),
            ChoiceFilter("situacion", "Situación", STANDING),
            MultipleFilter("tipo", "Tipo", Kind.choices),
            ChoiceFilter("direccion", "Dirección", _departments),
            ChoiceFilter("materia", "Materia", _categories),
            MultipleFilter("canal", "Canal", Channel.choices),
            DateRangeFilter("ingreso", "Ingreso"),
        ],
        columns=COLUMNS,
        sorts=SORTS,
    )


def _departments() -> list[tuple[str, str]]:
    return list(Department.objects.filter(is_active=True).values_list("code", "name"))


def _categories() -> list[tuple[str, str]]:
    found = Category.objects.values_list("code", "label", "group_label")
    return [(code, f"{group} · {label}") for code, label, group in found]


def filtered(
    tickets: QuerySet[Ticket],
    values: Mapping[str, Any],
    today: date,
    soon: date,
    *,
    are_many: bool = False,
    matches: Matches | None = None,
) -> QuerySet[Ticket]:
    """The tickets that pass the filters; `soon` is the last day that counts as due soon.

    `are_many` says that there are more than `FEW`: a page of them is then found in another way. `matches` are those
    of `matches_of`, for who counts and shows.
    """
    plain = {
        "state__in": values["estado"],
        "kind__in": values["tipo"],
        "channel__in": values["canal"],
    }
    tickets = tickets.filter(**{name: value for name, value in plain.items() if value})
    # their id as one value, so that the index by department or category and day serves
    if values["direccion"]:
        tickets = tickets.filter(department=Department.objects.filter(code=values["direccion"]).values("pk")[:1])
    if values["materia"]:
        tickets = tickets.filter(category=Category.objects.filter(code=values["materia"]).values("pk")[:1])
    tickets = tickets.filter(_in_standing(values["situacion"], today, soon), _received(values["ingreso"]))
    if values["q"]:
        tickets = INDEX.narrowed(tickets, current_municipality().pk, values["q"], are_many=are_many, matches=matches)
    return tickets


def matches_of(values: Mapping[str, Any]) -> Matches | None:
    """What the search index finds of the words asked for, if it is worth while to read it once. At most one query."""
    return INDEX.matches(current_municipality().pk, values["q"], CAP) if values["q"] else None


def counted(
    user: Any, parts: Sequence[QuerySet[Ticket]], values: Mapping[str, Any], matches: Matches | None = None
) -> Count:
    """How many requests `parts`, which share none, hold after the filters `values`; exact to ten thousand.

    Words alone, asked by who sees everything, are counted in the search index: no request has to be looked at.
    """
    is_search_alone = values["q"] and not any(value for name, value in values.items() if name != "q")
    if is_search_alone and sees_every_ticket(user):
        if matches is not None:
            return capped(matches.number)
        return capped(INDEX.count(current_municipality().pk, values["q"], CAP + 1))
    return capped_count(*parts)


def _in_standing(standing: str, today: date, soon: date) -> Q:
    if standing == "late":
        return Q(running_due_on__lt=today)
    if standing == "due_today":
        return Q(running_due_on=today)
    if standing == "due_soon":
        return Q(running_due_on__range=(today, soon))
    if standing == "stopped":
        return Q(state__in=OPEN_STATES, is_stopped=True)
    if standing == "unacknowledged":
        return unattended.not_acknowledged(timezone.now())
    return unattended.without_people() if standing == "unstaffed" else Q()


def _received(between: Any) -> Q:
    wanted = Q()
    if between.since:
        wanted &= Q(received_at__gte=_midnight(between.since))
    if between.until:
        wanted &= Q(received_at__lt=_midnight(min(between.until, LAST_DAY) + timedelta(days=1)))
    return wanted


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
