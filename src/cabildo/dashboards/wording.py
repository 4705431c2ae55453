"""How a figure compares, and what a chart shows, in one sentence."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabildo.indicators import Period, Ratio
from cabildo.tickets.queries.figures import Row
from cabildo.tickets.queries.internal_time import InternalTime
from cabildo.tickets.rules.figures import Tally
from cabildo.ui import spanish
from cabildo.ui.spanish import Number


def count_change(now: int, before: int) -> str:
    """«12 más que antes (108)»."""
    if now == before:
        return _("Igual que en el período anterior")
    words = _("%(by)s más que en el período anterior (%(before)s)")
    if now < before:
        words = _("%(by)s menos que en el período anterior (%(before)s)")
    return words % {"by": spanish.number(abs(now - before)), "before": spanish.number(before)}


def share_change(now: Ratio, before: Ratio) -> str:
    """«3,1 puntos más que en el período anterior (85,0 %)»; both shares are rounded first, as they are shown."""
    new, old = now.share(), before.share()
    if new is None or old is None:
        return _("Sin dato para comparar")
    return _difference(new - old, spanish.percentage(old), _("puntos"))


def days_change(now: Fraction | None, before: Fraction | None) -> str:
    if now is None or before is None:
        return _("Sin dato para comparar")
    return _difference(now - before, spanish.number(before, 1), _("días"))


def _difference(by: Number, before: str, unit: str) -> str:
    if not by:
        return _("Igual que en el período anterior")
    words = _("%(by)s %(unit)s más que en el período anterior (%(before)s)")
    if by < 0:
        words = _("%(by)s %(unit)s menos que en el período anterior (%(before)s)")
    return words % {"by": spanish.number(by if by > 0 else -by, 1), "unit": unit, "before": before}


def percentage(ratio: Ratio) -> str:
    return spanish.percentage(ratio.share())


def of(ratio: Ratio, what: str) -> str:
    """«38 de 120 respondidas»."""
    return _("%(n)s de %(total)s %(what)s") % {
        "n": spanish.number(ratio.numerator),
        "total": spanish.number(ratio.denominator),
        "what": what,
    }


def in_words(period: Period) -> str:
    return _("Ingresadas del %(since)s al %(until)s") % {
        "since": spanish.short_date(period.since),
        "until": spanish.short_date(period.until),
    }


def most_late(rows: list[Row]) -> str:
    """«Dirección de Obras tiene 12 de las 20 solicitudes fuera de plazo»."""
    total = sum(row.figure.late for row in rows)
    if not total:
        return _("Ninguna solicitud está fuera de plazo")
    first = rows[0]
    return ngettext(
        "%(who)s tiene la única solicitud fuera de plazo",
        "%(who)s tiene %(n)s de las %(total)s solicitudes fuera de plazo",
        total,
    ) % {"who": first.label, "n": spanish.number(first.figure.late), "total": spanish.number(total)}


def most_open(rows: list[Row]) -> str:
    total = sum(row.figure.open for row in rows)
    if not total:
        return _("No hay solicitudes abiertas")
    first = max([row for row in rows if row.code] or rows, key=lambda row: row.figure.open)  # no area is no finding
    return _("%(who)s tiene %(n)s de las %(total)s solicitudes abiertas") % {
        "who": first.label,
        "n": spanish.number(first.figure.open),
        "total": spanish.number(total),
    }


def most_received(rows: list[Row[Tally]], words: str) -> str:
    """`words` takes %(who)s and %(share)s of what was received."""
    total = sum(row.figure.received for row in rows)
    if not total:
        return _("No ingresaron solicitudes en el período")
    first, *others = rows
    if others and others[0].figure.received == first.figure.received:
        return _("Varias empatan en el primer lugar: %s cada una") % spanish.share(first.figure.received, total)
    return words % {"who": first.label, "share": spanish.share(first.figure.received, total)}


def last_month(months: list[tuple[date, Tally]]) -> str:
    """What the last month brought, against the one before."""
    (before, old), (month, new) = months[-2:]
    return ngettext(
        "En %(month)s ingresó %(n)s solicitud; en %(before)s, %(old)s",
        "En %(month)s ingresaron %(n)s solicitudes; en %(before)s, %(old)s",
        new.received,
    ) % {
        "month": spanish.MONTHS[month.month - 1],
        "n": spanish.number(new.received),
        "before": spanish.MONTHS[before.month - 1],
        "old": spanish.number(old.received),
    }


def longest_wait(waits: Sequence[InternalTime]) -> str:
    """«A Obras se la espera más: 34 de los 50 días hábiles»."""
    total = sum(line.days_waited for line in waits)
    if not waits:
        return _("Ninguna dirección pidió algo a otra en el período")
    if not total:
        return _("Las solicitudes internas se respondieron el mismo día")
    return _("%(who)s: %(n)s de los %(total)s días hábiles de espera entre direcciones") % {
        "who": waits[0].department,
        "n": spanish.number(waits[0].days_waited),
        "total": spanish.number(total),
    }


def least_kept(protocols: Sequence[tuple[str, Ratio]]) -> str:
    """The protocol with the smallest share answered in term; `protocols` come in that order."""
    if not protocols:
        return _("No hay protocolos vigentes")
    title, in_term = protocols[0]
    if in_term.share() is None:
        return _("Todavía no hay solicitudes con que medir los protocolos")
    if in_term.numerator == in_term.denominator:
        return _("Todo lo que tiene un protocolo se respondió en plazo")
    return _("«%(title)s» es el protocolo que menos se cumple en plazo: %(share)s") % {
        "title": title,
        "share": spanish.share(in_term.numerator, in_term.denominator),
    }
