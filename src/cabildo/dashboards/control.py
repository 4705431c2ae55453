"""Management control: what each department owes, in every programme and plan, with its date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cabildo.accounts.access import departments_where, holds_everywhere
from cabildo.accounts.models import Department
from cabildo.accounts.scoping import current_municipality
from cabildo.dashboards.choices import DashboardsPermission
from cabildo.indicators import Ratio, drawings
from cabildo.indicators.boards import Board, Group, Panel
from cabildo.ui import spanish
from cabildo.ui.parts import Column, Figure, Table
from cabildo.workflow.ledgers import Ledger, Owed, Tally, counted_of, ledgers, owed_by, tallies
from cabildo.workflow.queries import calendar
from cabildo.workflow.rules.standing import DUE_SOON_DAYS

MOST_BARS, FIRST_ROWS, MOST_ON_PAPER = 12, 8, 500
NOWHERE = "sin-direccion"
STANDINGS = {
    "late": gettext_lazy("Atrasado"),
    "soon": gettext_lazy("Por vencer"),
    "later": gettext_lazy("Más adelante"),
    "undated": gettext_lazy("Sin fecha"),
}


@dataclass(frozen=True)
class Line:
    """A department and what it owes, by ledger; or what none owes."""

    department: Department
    by_ledger: dict[str, Tally]

    @property
    def total(self) -> Tally:
        return reduce(add, self.by_ledger.values(), Tally())

    @property
    def url(self) -> str:
        return reverse("dashboards:control_department", args=[self.department.code])


@dataclass(frozen=True)
class Section:
    """A ledger of one department: how much is owed, and the first rows by date; `hidden` more have no subject here."""

    ledger: Ledger
    tally: Tally
    rows: list[Owed]
    url: str
    hidden: int

    @property
    def readable(self) -> int:
        return self.tally.total - self.hidden

    @property
    def hidden_words(self) -> str:
        return hidden_words(self.hidden)

    @property
    def words(self) -> str:
        said = [ngettext("%s pendiente", "%s pendientes", self.tally.total) % spanish.number(self.tally.total)]
        if self.tally.late:
            said.append(ngettext("%s atrasada", "%s atrasadas", self.tally.late) % spanish.number(self.tally.late))
        return ", ".join(said)


def sees_all(user: Any) -> bool:
    return holds_everywhere(user, DashboardsPermission.SEE_OWED)


def departments_in_sight(user: Any) -> list[Department]:
    """Those whose debts this person may see, by name; who sees them all, also what no department owes. One query."""
    active = Department.objects.filter(is_active=True)
    if sees_all(user):
        return [*active, nowhere()]
    return list(active.filter(pk__in=departments_where(user, DashboardsPermission.SEE_OWED)))


def nowhere() -> Department:
    """Stands for what neither names a department nor a person who is of one. It is in no table."""
    return Department(municipality=current_municipality(), code=NOWHERE, name=_("Sin dirección"))


def last_soon_day(today: date) -> date:
    """Until when something falls due soon: the same business days as in «Mi trabajo»."""
    return calendar(today).add(today, DUE_SOON_DAYS)


def lines(user: Any, departments: Sequence[Department], today: date) -> list[Line]:
    """Each department with its tallies, those with most that is late first. One query a ledger."""
    soon, ids = last_soon_day(today), [one.pk for one in departments]
    counted = {one.code: tallies(one, user, ids, today, soon) for one in ledgers()}
    found = [
        Line(one, {code: by_department.get(one.pk, Tally()) for code, by_department in counted.items()})
        for one in departments
    ]
    return sorted(found, key=lambda line: (-line.total.late, -line.total.total, line.department.name))


def sections(user: Any, line: Line) -> list[Section]:
    """The ledgers in which the department owes something, with their first rows. One query each."""
    found = []
    for ledger in ledgers():
        tally = line.by_ledger[ledger.code]
        if tally.total:
            url = reverse("dashboards:control_list", args=[line.department.code, ledger.code])
            rows = first_rows(ledger, user, line.department, FIRST_ROWS)
            found.append(Section(ledger, tally, rows, url, hidden(ledger, user, line.department)))
    return found


def hidden(ledger: Ledger, user: Any, department: Department, among: Q | None = None) -> int:
    """How many of those counted this person may not read. Two queries, or none where the ledger hides nothing."""
    if ledger.counted is None:
        return 0
    kept = among or Q()
    counted = counted_of(ledger, user, department.pk).filter(kept).count()
    return max(0, counted - owed_by(ledger, user, department.pk).filter(kept).count())


def hidden_words(many: int) -> str:
    """Empty when nothing is hidden."""
    if not many:
        return ""
    words = ngettext(
        "Se cuenta %s que usted no puede leer: no es de su competencia.",
        "Se cuentan %s que usted no puede leer: no son de su competencia.",
        many,
    )
    return words % spanish.number(many)


def left_out_words() -> str:
    """What no total includes, by name."""
    return _("No incluye: %s.") % "; ".join(str(one.left_out) for one in ledgers() if one.left_out)


def first_rows(ledger: Ledger, user: Any, department: Department, limit: int) -> list[Owed]:
    """What falls due first; what has no date comes last."""
    rows = owed_by(ledger, user, department.pk).order_by(F(ledger.due).asc(nulls_last=True), "pk")
    return [ledger.tell(row) for row in rows[:limit]]


def figures(total: Tally, title: str) -> Group:
    """Late of all that is owed, what falls due next, and the rest."""
    late = Ratio(total.late, total.total)
    share = spanish.share(late.numerator, late.denominator) if total.total else ""
    return Group(
        title,
        [
            Figure(_("Atrasado"), spanish.number(total.late), share),
            Figure(_("Por vencer"), spanish.number(total.soon), _("en %s días hábiles") % DUE_SOON_DAYS),
            Figure(_("Más adelante"), spanish.number(total.later)),
            Figure(_("Sin fecha"), spanish.number(total.undated), _("o con su plazo detenido")),
        ],
    )


def municipal_board(found: Sequence[Line], today: date) -> Board:
    """All that is owed, by department and by programme."""
    total = reduce(add, (line.total for line in found), Tally())
    return Board(
        title=_("Control de gestión"),
        scope=_("Todo lo pendiente al %s, en todos los programas y planes") % spanish.short_date(today),
        groups=[figures(total, _("Hoy"))],
        panels=[_by_department(found, today), _by_ledger(found, today)],
        sources=sources(),
    )


def _by_department(found: Sequence[Line], today: date) -> Panel:
    late = [(line.department.name, line.total.late) for line in found if line.total.late]
    title = (
        _("%(who)s tiene más atrasado: %(count)s") % {"who": late[0][0], "count": spanish.number(late[0][1])}
        if late
        else _("Ninguna dirección tiene algo atrasado")
    )
    return _panel(title, _("Dirección"), late, [(line.department.name, line.total) for line in found], today)


def _by_ledger(found: Sequence[Line], today: date) -> Panel:
    sums = {str(one.label): reduce(add, (line.by_ledger[one.code] for line in found), Tally()) for one in ledgers()}
    late = sorted(((label, tally.late) for label, tally in sums.items() if tally.late), key=lambda pair: -pair[1])
    title = _("Lo más atrasado: %s") % late[0][0].lower() if late else _("Nada está atrasado en ningún programa")
    return _panel(title, _("Qué se debe"), late, list(sums.items()), today)


def _panel(
    title: str, first: str, late: Sequence[tuple[str, int]], rows: Iterable[tuple[str, Tally]], today: date
) -> Panel:
    source = _("Registros de cada programa, al %s.") % spanish.short_date(today)
    columns = [Column("who", first), *(Column(key, str(label), numeric=True) for key, label in STANDINGS.items())]
    cells = [[label, tally.late, tally.soon, tally.later, tally.undated, tally.total] for label, tally in rows]
    table = Table(_("Lo pendiente, según su fecha"), [*columns, Column("all", _("Total"), numeric=True)], cells)
    drawing = drawings.bars(title, source, tuple(late[:MOST_BARS]), _("Atrasado")) if late else ""
    return Panel(title, table, source, drawing)


def department_board(user: Any, line: Line, today: date) -> Board:
    """One department on paper: each programme with what is owed, first what falls due first."""
    return Board(
        title=_("Control de gestión: %s") % line.department.name,
        scope=_("Todo lo pendiente al %s") % spanish.short_date(today),
        groups=[figures(line.total, _("Hoy"))],
        panels=[_on_paper(user, line, section, today) for section in sections(user, line)],
        sources=sources(),
    )


def _on_paper(user: Any, line: Line, section: Section, today: date) -> Panel:
    rows = first_rows(section.ledger, user, line.department, MOST_ON_PAPER)
    columns = [Column("due", _("Fecha")), Column("folio", _("Número")), Column("what", _("Qué"))]
    table = Table(
        f"{section.ledger.label}: {section.words}",
        [*columns, Column("person", _("Quién"))],
        [[one.due_on, one.folio, one.what, one.person or _("sin persona asignada")] for one in rows],
    )
    cut = section.readable > len(rows)
    notes = [_("Sólo las primeras %s; la lista completa está en el sistema.") % MOST_ON_PAPER] if cut else []
    note = " ".join([*notes, section.hidden_words]).strip()
    return Panel(str(section.ledger.label), table, _("Al %s.") % spanish.short_date(today), note=note)


def sources() -> list[str]:
    return [
        _("Se cuenta lo que está pendiente hoy en cada programa y plan, en la dirección que responde."),
        _(
            "Lo que sólo nombra a una persona cuenta en la dirección de su cargo; si no la tiene, o nadie responde,"
            " en «Sin dirección»."
        ),
        left_out_words(),
        _("Por vencer: le quedan %s días hábiles o menos. Sin fecha: nadie fijó un plazo, o el plazo está detenido.")
        % DUE_SOON_DAYS,
    ]
