"""Tags and filters of the design system. Presentation only: whoever calls has already decided."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet
from django.template import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabildo.kit import run
from cabildo.ui import addresses, parts, renderer, spanish
from cabildo.ui.list_files import CSV, XLSX
from cabildo.ui.lists import ListState

register = template.Library()

STATES: Mapping[str, tuple[str, Any]] = {
    "on_time": ("check-circle", gettext_lazy("En plazo")),
    "due_soon": ("hourglass-split", gettext_lazy("Por vencer")),
    "late": ("exclamation-octagon", gettext_lazy("Fuera de plazo")),
    "stopped": ("pause-circle", gettext_lazy("Detenida")),
    "neutral": ("record-circle", gettext_lazy("Sin plazo")),
}
ALERTS: Mapping[str, tuple[str, str]] = {
    "info": ("brand", "info-circle"),
    "success": ("on-time", "check-circle"),
    "warning": ("due-soon", "exclamation-triangle"),
    "error": ("late", "exclamation-octagon"),
}
MESSAGE_KINDS = {"debug": "info"}
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

# --- filters -------------------------------------------------------------------------------------


@register.filter
def fecha_larga(day: date | None) -> str:
    return spanish.long_date(day) if day else spanish.NO_DATA


@register.filter
def respuesta(shown: str) -> str:
    """An answer to a question as people read it: a day that is stored as AAAA-MM-DD is told in words."""
    try:
        return spanish.long_date(date.fromisoformat(shown)) if ISO_DAY.fullmatch(shown) else shown
    except ValueError:
        return shown


@register.filter
def fecha_corta(day: date | None) -> str:
    return spanish.short_date(day) if day else spanish.NO_DATA


@register.filter
def hora(instant: datetime | None) -> str:
    return spanish.clock(instant) if instant else spanish.NO_DATA


@register.filter
def numero(value: spanish.Number | None, places: int | None = None) -> str:
    return spanish.number(value, places)


@register.filter
def porcentaje(value: spanish.Number | None, places: int = 1) -> str:
    return spanish.percentage(value, places)


@register.filter
def run_bonito(value: str) -> str:
    return run.pretty(value) if value else ""


@register.filter
def state_class(state: str) -> str:
    return f"is-{state.replace('_', '-')}"


@register.filter
def alert_kind(message_level: str) -> str:
    """The alert of a django.contrib.messages level."""
    return MESSAGE_KINDS.get(message_level, message_level)


@register.filter
def crest_words(name: str) -> tuple[str, str]:
    """«Municipalidad de Puerto Claro» in two lines: what it is, small, and where, large."""
    kind, separator, place = name.partition(" de ")
    return (f"{kind} de", place) if separator and kind in {"Municipalidad", "Ilustre Municipalidad"} else ("", name)


# --- small pieces --------------------------------------------------------------------------------


@register.simple_tag
def share(numerator: int, denominator: int) -> str:
    return spanish.share(numerator, denominator)


@register.simple_tag
@cache
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with `label` it is an image with that name, without it decoration beside a word."""
    href = f"{static('dist/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def address(name: str) -> str:
    """As `url`, remembered, of pages that take no argument; empty where there is no such page."""
    try:
        return addresses.address(name)
    except NoReverseMatch:
        return ""


@register.simple_tag
def state(name: str, word: str = "") -> SafeString:
    """A state, always with icon and word: on_time, due_soon, late, stopped or neutral."""
    glyph, usual = STATES[name]
    return format_html('<span class="state {}">{}{}</span>', state_class(name), icon(glyph), word or usual)


@register.simple_tag
def due(day: date, name: str) -> SafeString:
    """«vence el martes 22 de diciembre», with the icon of its state; the year is said when it is not this one."""
    this_year = day.year == timezone.localdate().year
    when = spanish.weekday_and_day(day) if this_year else spanish.long_date(day)
    said = {"late": _("venció el %s"), "stopped": _("plazo detenido; vencería el %s")}
    words = said.get(name, _("vence el %s")) % when
    return format_html('<span class="due {}">{}<span>{}</span></span>', state_class(name), icon(STATES[name][0]), words)


@register.inclusion_tag("ui/components/button.html")
def button(
    label: str, *, icon: str = "", kind: str = "primary", name: str = "", value: str = "", size: str = ""
) -> dict:
    """A submit button. `kind`: primary, secondary, quiet or danger."""
    return {"label": label, "glyph": icon, "kind": kind, "name": name, "value": value, "size": size}


@register.inclusion_tag("ui/components/link_button.html")
def link_button(label: str, url: str, *, icon: str = "", kind: str = "secondary", size: str = "") -> dict:
    return {"label": label, "url": url, "glyph": icon, "kind": kind, "size": size}


@register.inclusion_tag("ui/components/link_button.html", takes_context=True)
def way_button(context: Context, label: str, url: str, *, icon: str = "", kind: str = "secondary") -> dict:
    """As `link_button`, and nothing at all for whom its page does not open."""
    return link_button(label, url, icon=icon, kind=kind) if _opens(context, url) else {}


@register.simple_tag(takes_context=True)
def way(context: Context, label: Any, url: str, about: Any = "", otherwise: Any = "") -> SafeString:
    """A link for whom its page opens, its words (or `otherwise`) for everybody else, and where there is no page.

    `about` tells it from other links that say the same, to who does not see where it stands.
    """
    if not url or not _opens(context, url):
        return escape(otherwise or label)
    words = format_html('{}<span class="visually-hidden"> · {}</span>', label, about) if about else label
    return format_html('<a href="{}">{}</a>', url, words)


def _opens(context: Context, url: str) -> bool:
    """Would the page let in who reads this one? Yes where nobody can say, as outside a municipality."""
    opens = context.get("opens")
    return opens is None or opens(url)


@register.simple_block_tag
def alert(content: str, *, kind: str = "info", title: str = "") -> SafeString:
    """A notice: info, success, warning or error."""
    tone, glyph = ALERTS[kind]
    heading = format_html("<h2>{}</h2>", title) if title else ""
    return format_html(
        '<div class="alert is-{}">{}<div class="alert-body">{}{}</div></div>', tone, icon(glyph), heading, content
    )


@register.simple_block_tag
def empty_state(content: str, *, title: str, icon_name: str = "inbox") -> SafeString:
    """What to do next where there is nothing yet."""
    return format_html('<div class="empty">{}<h2>{}</h2>{}</div>', icon(icon_name), title, content)


# --- components ----------------------------------------------------------------------------------


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(form: BaseForm | BaseFormSet) -> dict:
    return {"problems": renderer.problems(form) if form.is_bound else []}


@register.inclusion_tag("ui/components/breadcrumb.html")
def breadcrumb(crumbs: Sequence[parts.Crumb]) -> dict:
    return {"crumbs": crumbs}


@register.inclusion_tag("ui/components/facts.html")
def facts(items: Sequence[parts.Fact]) -> dict:
    return {"facts": items}


@register.inclusion_tag("ui/components/timeline.html")
def timeline(entries: Sequence[parts.TimelineEntry]) -> dict:
    return {"entries": entries}


@register.inclusion_tag("ui/components/steps.html", takes_context=True)
def steps(context: Context, items: Sequence[parts.Step]) -> dict:
    led = [(item, item.url if _opens(context, item.url) else "") for item in items]
    return {"steps": led, "opens": context.get("opens")}


@register.inclusion_tag("ui/components/missing.html", takes_context=True)
def missing(context: Context, items: Iterable[Any]) -> dict:
    """What is missing, each thing (a `label` or `what`, and its `url`) a link for whom its page opens."""
    words = [(getattr(item, "label", None) or item.what, item.url) for item in items]
    return {"items": [(label, url if _opens(context, url) else "") for label, url in words]}


@register.inclusion_tag("ui/components/figures.html")
def figures(items: Sequence[parts.Figure]) -> dict:
    return {"figures": items}


@register.inclusion_tag("ui/components/data_table.html")
def data_table(table: parts.Table) -> dict:
    return {"table": table}


@register.inclusion_tag("ui/components/chart.html")
def chart(item: parts.Chart) -> dict:
    return {"chart": item}


@register.inclusion_tag("ui/components/chips.html")
def chips(listing: ListState) -> dict:
    return {"chips": listing.chips, "clear_url": listing.clear_url}


@register.inclusion_tag("ui/components/filters.html")
def filters(listing: ListState) -> dict:
    return {"listing": listing}


@register.inclusion_tag("ui/components/headings.html")
def headings(listing: ListState) -> dict:
    return {"headings": listing.headings}


@register.inclusion_tag("ui/components/pager.html")
def pager(listing: ListState, page: Any) -> dict:
    """Links to the pages before and after a `db.keyset.Page`."""
    return {
        "previous_url": listing.page_url(page.previous_cursor),
        "next_url": listing.page_url(page.next_cursor),
    }


@register.inclusion_tag("ui/components/export_links.html")
def export_links(listing: ListState) -> dict:
    """The whole list as workbook and as CSV, for a view that answers with `ui.list_files`."""
    return {"files": [(kind.upper(), listing.export_url(kind)) for kind in (XLSX, CSV)]}


@register.inclusion_tag("ui/components/progress.html")
def progress(label: str, done: int, total: int) -> dict:
    return {"label": label, "done": done, "total": total}
