"""How a question to the programme is told: its term, its story, its line in a list and in a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabildo.quality.choices import HelpState
from cabildo.quality.models import HelpEntry, HelpRequest
from cabildo.quality.queries import help as asked
from cabildo.quality.queries.programme import national_calendar
from cabildo.ui.lists import ChoiceFilter, Filter, ListSpec, SortOption, TextFilter
from cabildo.ui.parts import Column, Fact, TimelineEntry
from cabildo.ui.spanish import long_date
from cabildo.workflow.rules.standing import standing_on

KINDS = {
    "asked": gettext_lazy("Se preguntó"),
    "asked_again": gettext_lazy("Se preguntó de nuevo"),
    "answered": gettext_lazy("Se respondió"),
    "assigned": gettext_lazy("Quedó a cargo de"),
    "closed": gettext_lazy("Se cerró"),
}
HEADINGS = [
    gettext_lazy("Folio"), gettext_lazy("Municipalidad"), gettext_lazy("De qué se trata"), gettext_lazy("Estado"),
    gettext_lazy("Se preguntó el"), gettext_lazy("Plazo"), gettext_lazy("Se respondió el"),
    gettext_lazy("Quién responde"),
]  # fmt: skip


def spec(*, at_agency: bool) -> ListSpec:
    """The list of either side: an agency also asks for what each of its people answers."""
    only = [(asked.LATE, gettext_lazy("Atrasadas"))]
    if at_agency:
        only.append((asked.MINE, gettext_lazy("Las que respondo yo")))
    filters: list[Filter] = [
        TextFilter("q", gettext_lazy("De qué se trata o municipalidad")),
        ChoiceFilter("estado", gettext_lazy("Estado"), [(str(value), label) for value, label in HelpState.choices]),
        ChoiceFilter("solo", gettext_lazy("Sólo"), only),
    ]
    columns = [
        Column("subject", gettext_lazy("Consulta")),
        Column("state", gettext_lazy("Estado")),
        Column("due", gettext_lazy("Plazo"), sort="plazo"),
        Column("who", gettext_lazy("Quién responde")),
    ]
    sorts = [
        SortOption("ultimas", gettext_lazy("Las últimas primero"), ("-asked_on", "-pk")),
        SortOption("plazo", gettext_lazy("Por plazo"), ("due_on", "pk")),
    ]
    return ListSpec(filters, columns, sorts)


@dataclass(frozen=True)
class Row:
    """A question in a list; `standing` is empty once it is answered."""

    request: HelpRequest
    standing: str


def rows(found: Iterable[HelpRequest], today: date) -> list[Row]:
    calendar = national_calendar(today)
    return [Row(one, standing_on(one.due_on, today, calendar) if one.state == HelpState.ASKED else "") for one in found]


def lines(found: Iterable[HelpRequest]) -> Iterator[list[Any]]:
    for one in found:
        told = [one.folio, str(one.municipality), one.subject, one.get_state_display(), one.asked_on, one.due_on]
        yield [*told, one.answered_on, str(one.assigned_to or _("sin asignar"))]


def facts(request: HelpRequest) -> list[Fact]:
    due = _("%(day)s, %(days)s días hábiles") % {"day": long_date(request.due_on), "days": request.days}
    return [
        Fact(_("Municipalidad"), request.municipality),
        Fact(_("Preguntó"), request.asked_by),
        Fact(_("Organismo que responde"), request.agency),
        Fact(_("Quién responde"), request.assigned_to or _("sin asignar")),
        Fact(_("Se responde a más tardar el"), due),
    ]


def story(entries: Iterable[HelpEntry]) -> list[TimelineEntry]:
    """The last first."""
    told = [TimelineEntry(at=one.at, title=KINDS[one.kind], who=str(one.by or ""), text=one.words) for one in entries]
    return told[::-1]
