"""The lines of the morning mail: each thing owed once, with all that it lacks, under the most pressing title."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cabildo.accounts.links import absolute, in_full
from cabildo.tickets.models import Ticket
from cabildo.ui.spanish import long_date, number
from cabildo.workflow.choices import DutyState
from cabildo.workflow.duties import Duty

LINES = 30  # told one by one; of the others, how many
MOST = 1000  # counted exactly below this many
LATE, TODAY, OTHERS_LATE, INTERNAL, UNACKNOWLEDGED, UNSTAFFED = range(6)
TITLES = {
    LATE: gettext_lazy("FUERA DE PLAZO"),
    TODAY: gettext_lazy("VENCEN HOY"),
    OTHERS_LATE: gettext_lazy("FUERA DE PLAZO, A CARGO DE OTRAS PERSONAS"),
    INTERNAL: gettext_lazy("LE PIDEN OTRAS DIRECCIONES"),
    UNACKNOWLEDGED: gettext_lazy("SIN ACUSE DE RECIBO DESPUÉS DE 24 HORAS"),
    UNSTAFFED: gettext_lazy("EN UNIDADES DONDE NADIE TRABAJA"),
}
STANDING = {  # as the list of requests names it in its address
    LATE: "late",
    TODAY: "due_today",
    OTHERS_LATE: "late",
    UNACKNOWLEDGED: "unacknowledged",
    UNSTAFFED: "unstaffed",
}
# What the subject of the mail says of the parts, in its order.
COUNTED: tuple[tuple[Collection[int], Callable[[int], str]], ...] = (
    ((LATE, OTHERS_LATE), lambda many: ngettext("%s fuera de plazo", "%s fuera de plazo", many)),
    ((TODAY,), lambda many: ngettext("%s vence hoy", "%s vencen hoy", many)),
    ((INTERNAL,), lambda many: ngettext("%s pedido de otra dirección", "%s pedidos de otras direcciones", many)),
    ((UNACKNOWLEDGED,), lambda many: ngettext("%s sin acuse de recibo", "%s sin acuse de recibo", many)),
    ((UNSTAFFED,), lambda many: ngettext("%s donde nadie trabaja", "%s donde nadie trabaja", many)),
)


@dataclass
class Line:
    """One thing owed. `path` is its page inside the municipality; `part` None while nothing of it is for today."""

    what: str
    path: str
    department: str
    due_on: date | None
    is_stopped: bool
    step: str = ""
    lacks: list[str] = field(default_factory=list)
    part: int | None = None

    def said(self, today: date, own: Collection[str]) -> str:
        """In one line; the department is named where it is not one of `own`."""
        where = "" if self.department in own else self.department
        told = (self.what, where, _when(self, today), *self.lacks, self.step)
        return " ".join(f"{words[0].upper()}{words[1:].rstrip('.')}." for words in told if words)


@dataclass(frozen=True)
class Part:
    """The lines of one title: the first `LINES` told, how many more there are and where they all stand."""

    title: str
    lines: list[tuple[str, str]]
    more: str
    url: str


def _when(line: Line, today: date) -> str:
    if line.is_stopped:
        return _("El plazo está detenido")
    if line.due_on is None:
        return ""
    if line.due_on == today:
        return _("Vence hoy")
    words = _("Venció el %s") if line.due_on < today else _("Vence el %s")
    return words % long_date(line.due_on)


def _of_duty(duty: Duty) -> Line:
    what, is_stopped = f"{duty.folio}, {duty.what}", duty.state == DutyState.STOPPED
    return Line(what, duty.url, duty.department, duty.due_on, is_stopped, duty.action)


def _of_ticket(ticket: Ticket, path: str) -> Line:
    what = f"{ticket.folio}, {ticket.category.label}"
    return Line(what, path, "", ticket.legal_due_on, ticket.is_stopped)


class Gathered:
    """Everything that one mail tells, each page once: what comes first says under which title."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}

    def owe(self, duty: Duty, part: int | None) -> None:
        self._lines.setdefault(duty.url, _of_duty(duty)).part = part

    def lack(self, ticket: Ticket, part: int, department: str, lack: str) -> None:
        """Say one thing more of a request, whether or not this person owes it."""
        path = reverse("tickets:detail", args=[ticket.folio])
        line = self._lines.setdefault(path, _of_ticket(ticket, path))
        line.part = part if line.part is None else line.part
        line.department = department
        line.lacks.append(lack)

    def owes(self, ticket: Ticket) -> bool:
        return reverse("tickets:detail", args=[ticket.folio]) in self._lines

    def of(self, *parts: int) -> list[Line]:
        return [line for line in self._lines.values() if line.part in parts]

    def headline(self) -> str:
        """How many there are under the titles, and of nothing that has none."""
        counted = [(len(self.of(*parts)), words) for parts, words in COUNTED]
        return ", ".join(words(many) % _count(many) for many, words in counted if many)

    def parts(self, today: date, own: Collection[str]) -> list[Part]:
        return [self._part(part, found, today, own) for part in TITLES if (found := self.of(part))]

    def _part(self, part: int, found: list[Line], today: date, own: Collection[str]) -> Part:
        shown = [(line.said(today, own), in_full(line.path)) for line in found[:LINES]]
        more = _count(len(found), less=LINES) if len(found) > LINES else ""
        return Part(f"{TITLES[part]} ({_count(len(found))})", shown, more, _list_of(part))


def _count(many: int, *, less: int = 0) -> str:
    """Exact below `MOST`, where counting stops."""
    return (_("%s o más") if many >= MOST else "%s") % number(many - less)


def _list_of(part: int) -> str:
    if part == INTERNAL:
        return absolute("tickets:internal")
    return f"{absolute('tickets:list')}?situacion={STANDING[part]}"
