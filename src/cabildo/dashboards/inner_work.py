"""The work between departments: time lost in internal requests, the 24-hour rule, and how protocols are kept."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cabildo.dashboards import wording
from cabildo.dashboards.panels import MOST_BARS, drawing_of, numeric, source_of
from cabildo.indicators import Ratio, drawings
from cabildo.indicators.boards import Group, Panel
from cabildo.tickets.models import Protocol
from cabildo.tickets.queries import compliance, internal_time
from cabildo.tickets.queries.compliance import Compliance, Part
from cabildo.tickets.queries.figures import Scope
from cabildo.tickets.queries.internal_time import InternalTime
from cabildo.ui import spanish
from cabildo.ui.parts import Column, Figure, Table
from cabildo.workflow.queries import calendar

UNFILTERED = gettext_lazy("No depende del sector, el canal ni el tipo elegidos.")


def board_parts(scope: Scope, now: datetime, today: date) -> tuple[Group, list[Panel]]:
    """The figures and the panels of a board about the work between departments."""
    days = {"since": scope.period.since, "until": scope.period.until}
    waits = internal_time.internal_time(**days, today=today, calendar=calendar(today), departments=scope.departments)
    rule = compliance.day_rule(**days, now=now, departments=scope.departments)
    kept = compliance.compliance(**days, today=today, departments=scope.departments)
    group = Group(_("Entre direcciones"), [_day_rule(rule), _waited(waits), _of_lives(waits), _known(kept)])
    return group, [_time_lost(waits, today), _protocols(kept, today)]


def _ratio(part: Part) -> Ratio:
    return Ratio(part.numerator, part.denominator)


def _day_rule(rule: compliance.DayRule) -> Figure:
    kept = _ratio(rule.kept)
    pending = _("%s todavía dentro de las 24 horas") % spanish.number(rule.pending) if rule.pending else ""
    return Figure(
        _("Acusadas dentro de 24 horas"), wording.percentage(kept), wording.of(kept, _("derivaciones")), pending
    )


def _waited(waits: Sequence[InternalTime]) -> Figure:
    waited, granted = sum(line.days_waited for line in waits), sum(line.days_granted for line in waits)
    asked = sum(line.requests for line in waits)
    return Figure(
        _("Días hábiles en solicitudes internas"),
        spanish.number(waited),
        ngettext("%(days)s días de plazo en %(n)s pedido", "%(days)s días de plazo en %(n)s pedidos", asked)
        % {"days": spanish.number(granted), "n": spanish.number(asked)},
    )


def _of_lives(waits: Sequence[InternalTime]) -> Figure:
    whole = sum((_of_life(line) for line in waits), Ratio(0, 0))
    return Figure(
        _("Del tiempo de esas solicitudes, en espera interna"),
        wording.percentage(whole),
        wording.of(whole, _("días hábiles")) if whole.denominator else _("ninguna solicitud de vecinos esperó"),
    )


def _of_life(line: InternalTime) -> Ratio:
    return Ratio(line.ticket_days_waited, line.ticket_days_open)


def _known(kept: Sequence[tuple[Protocol, Compliance]]) -> Figure:
    whole = sum((_ratio(one.acknowledgement) for _protocol, one in kept), Ratio(0, 0))
    return Figure(_("Protocolos conocidos"), wording.percentage(whole), wording.of(whole, _("tomas de conocimiento")))


def _time_lost(waits: Sequence[InternalTime], today: date) -> Panel:
    """For whom do requests wait inside the municipality?"""
    title, source = wording.longest_wait(waits), source_of(today)
    table = Table(
        _("Tiempo en solicitudes internas, por dirección que las responde"),
        [
            Column("who", _("Dirección")),
            *numeric(
                _("Pedidos"),
                _("Fuera de plazo"),
                _("Días que tomó"),
                _("Días que tenía"),
                _("Del tiempo de las solicitudes de vecinos"),
            ),
        ],
        [
            [
                str(line.department),
                line.requests,
                Ratio(line.late, line.requests),
                line.days_waited,
                line.days_granted,
                _of_life(line),
            ]
            for line in waits
        ],
    )
    rows = [(str(line.department), line.days_waited) for line in waits if line.days_waited]
    note = f"{_('Días hábiles desde que se pide hasta que se responde, o hasta hoy.')} {UNFILTERED}"
    return Panel(title, table, source, drawing_of(title, source, rows, _("Días hábiles de espera")), note=note)


def _protocols(kept: Sequence[tuple[Protocol, Compliance]], today: date) -> Panel:
    """Are the attention protocols known, and kept?"""
    by_deadline = sorted(kept, key=_share_in_term)
    title = wording.least_kept([(one.title, _ratio(found.deadline)) for one, found in by_deadline])
    source = source_of(today)
    table = Table(
        _("Cumplimiento de los protocolos vigentes"),
        [
            Column("protocol", _("Protocolo")),
            Column("department", _("Dirección")),
            *numeric(_("Lo conocen"), _("Respondidas en plazo"), _("Cerradas")),
        ],
        [
            [
                one.title,
                str(one.department),
                _ratio(found.acknowledgement),
                _ratio(found.deadline),
                _ratio(found.closing),
            ]
            for one, found in by_deadline
        ],
    )
    parts = tuple((one.title, _in_and_out(found.deadline)) for one, found in by_deadline if found.deadline.denominator)
    drawing = drawings.shares(title, source, parts[:MOST_BARS], _("De las que ya se pueden juzgar")) if parts else ""
    note = f"{_('Se cuentan las solicitudes del período a las que se aplica cada uno.')} {UNFILTERED}"
    return Panel(title, table, source, drawing, note=note)


def _in_and_out(part: Part) -> tuple[tuple[str, int], ...]:
    return (_("En plazo"), part.numerator), (_("Fuera de plazo"), part.denominator - part.numerator)


def _share_in_term(line: tuple[Protocol, Compliance]) -> tuple[bool, object, str]:
    """The least kept first; those without requests to judge last."""
    share = _ratio(line[1].deadline).share()
    return share is None, share, line[0].title
