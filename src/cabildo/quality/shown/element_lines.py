"""The elements of a criterion as rows of its table. What many of them say is translated and drawn once, not in each."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cabildo.quality.model_words import ModelWords
from cabildo.quality.models import Cycle
from cabildo.quality.shown.self_assessment import Row
from cabildo.ui.spanish import short_date
from cabildo.ui.templatetags.ui import state

LINE = """<tr>
<th scope="row"><div><a href="{url}">{label}</a>{part}</div></th>
<td data-label="%(who)s"><div>{who}{due}</div></td>
<td data-label="%(text)s">{text}</td>
<td class="numeric" data-label="%(papers)s">{papers}</td>
<td class="numeric" data-label="%(proposals)s">{proposals}</td>
<td data-label="%(mark)s">{mark}</td>
</tr>
"""
MUTED = '<span class="muted">{}</span>'
UNDER = '<span class="cell-sub">{}</span>'
MARK = '<a href="{}">{}<span class="visually-hidden"> · {}</span></a>'
ANY = "_elemento_"  # stands for one in an address: those of all elements differ in nothing else


class ElementLines:
    """Of one page: its rows lead to the sheets of one cycle, and who may to their consensus.

    Whatever people wrote is escaped here.
    """

    def __init__(self, cycle: Cycle, words: ModelWords, *, may_see_consensus: bool) -> None:
        self._sheet = reverse("quality:sheet", args=[cycle.number, ANY])
        self._consensus = reverse("quality:consensus", args=[cycle.number, ANY]) if may_see_consensus else ""
        self._shows_part = not words.by_part
        self._frame = LINE % {
            "who": _("Responsable"),
            "text": _("Texto"),
            "papers": _("Evidencias"),
            "proposals": _("Propuestas"),
            "mark": _("Puntaje"),
        }
        self._nobody, self._until = format_html(MUTED, _("nadie")), _("a más tardar")
        self._written = state("on_time", _("escrito"))
        self._carried = state("due_soon", _("del ciclo anterior, por confirmar"))
        self._unwritten = format_html(MUTED, _("por escribir"))
        self._divergent = state("due_soon", _("propuestas distintas"))
        self._without_mark = format_html(MUTED, _("sin acordar"))
        self._under, self._due = cache(self._draw_under), cache(self._draw_due)

    def drawn(self, rows: Iterable[Row]) -> SafeString:
        return mark_safe("".join(self._line(row) for row in rows))

    def _line(self, row: Row) -> str:
        label = escape(row.item.label)
        return self._frame.format(
            url=self._sheet.replace(ANY, row.item.id),
            label=label,
            part=self._under(row.item.part["label"]) if self._shows_part else "",
            who=escape(row.sheet.department) if row.sheet.department else self._nobody,
            due=self._due(row.sheet.due_on) if row.sheet.due_on else "",
            text=self._text(row),
            papers=row.papers,
            proposals=row.proposals,
            mark=self._mark(row, label),
        )

    def _draw_under(self, words: str) -> SafeString:
        return format_html(UNDER, words)

    def _draw_due(self, day: date) -> SafeString:
        return format_html(UNDER, f"{self._until} {short_date(day)}")

    def _text(self, row: Row) -> str:
        if row.sheet.is_written:
            return self._written
        return self._carried if row.sheet.is_carried else self._unwritten

    def _mark(self, row: Row, label: str) -> str:
        if row.said and not self._consensus:
            return escape(row.said)
        if row.said:
            return MARK.format(self._consensus.replace(ANY, row.item.id), escape(row.said), label)
        return self._divergent if row.is_divergent and row.sheet.consensus_opened_at else self._without_mark
