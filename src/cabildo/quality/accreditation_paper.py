"""The result of the accreditation as a paper: the level and why, points of both sides apart, services, every layer."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cabildo.accounts.scoping import current_municipality
from cabildo.documents.papers import Letterhead
from cabildo.documents.reports import Block, Drawing, Facts, Grid, Heading, Notice, Prose, Report
from cabildo.indicators.boards import worded
from cabildo.quality.models import Service
from cabildo.quality.queries import accreditation as queries
from cabildo.quality.shown import accreditation as shown
from cabildo.quality.shown.accreditation import LayerShown, Told
from cabildo.ui.spanish import short_date


def report(told: Told) -> Report:
    """Everything that is stored of the line in a cycle, with the rules by which the level was reached."""
    place = current_municipality()
    return Report(
        title=_("Resultado de la acreditación"),
        letterhead=Letterhead(municipality=place.name, hue=place.hue),
        lead=f"{place.name} · {told.found.cycle}",
        standing=told.standing,
        facts=_cover(told),
        blocks=list(_blocks(told)),
    )


def _cover(told: Told) -> list[tuple[str, str]]:
    both = ((_("Nivel según lo validado"), told.validated), (_("Nivel que saldría de lo declarado"), told.declared))
    return [(label, f"{shown.level_words(one)} ({shown.total_words(one)})") for label, one in both]


def _blocks(told: Told) -> Iterator[Block]:
    yield Heading(_("Por qué este nivel"))
    if told.notice:
        yield Notice(told.notice)
    yield Prose(shown.reasons(told.validated or told.declared) or [_("No hay un nivel más alto que alcanzar.")])
    if counted := shown.dropped_words(told.found):
        yield Prose(counted)
    yield Prose([*shown.doubts(queries.award_of(told.rules)), *shown.method()], _("Qué no está decidido"))
    yield from _points(told)
    yield from _services(told)
    yield Heading(_("Quién lo dijo y en qué documento"))
    yield Prose([_("Lo sellado no cambia. Una corrección es otra versión, que dice cuál corrige y por qué.")])
    for layer in reversed(shown.layers(told.found)):
        yield from _layer(layer)


def _points(told: Told) -> Iterator[Block]:
    panel, table = shown.panel(told), worded(shown.table(told))
    yield Heading(panel.title)
    head = [str(column.label) for column in table.columns]
    yield Grid(head, table.rows, [5, 2, 2, 2, 2], title=str(table.caption), numeric=[1, 2, 3, 4])
    if panel.drawing:
        said = (f"{row[0]}: {head[2]} {row[2]}, {head[3]} {row[3]}" for row in table.rows)
        yield Drawing(panel.title, panel.drawing, "; ".join(said), panel.source)


def _services(told: Told) -> Iterator[Block]:
    yield Heading(_("Servicios presentados"))
    head = [_("Servicio"), _("Dirección responsable"), _("Qué entrega"), _("Por qué se eligió")]
    rows = [[one.name, str(one.department), one.delivers, one.reason] for one in told.found.services]
    yield Grid(head, rows, [3, 3, 4, 4]) if rows else Prose([_("Todavía no hay servicios.")])
    if told.found.withdrawn:
        yield Heading(_("Servicios que se retiraron"))
        yield Prose([_("Ya no se presentan. Los puntos que se sellaron antes de retirarlos quedan como están.")])
        head = [_("Servicio"), _("Dirección responsable"), _("Qué entrega"), _("Por qué se eligió"), _("Se retiró")]
        yield Grid(head, [_withdrawn(one) for one in told.found.withdrawn], [3, 3, 3, 3, 4])


def _withdrawn(one: Service) -> list[str]:
    left = _("El %(day)s. %(reason)s") % {"day": short_date(one.withdrawn_on), "reason": one.withdrawal_reason}
    return [one.name, str(one.department), one.delivers, one.reason, left]


def _layer(layer: LayerShown) -> Iterator[Block]:
    yield Heading(layer.title, 2)
    facts = [(str(fact.label), str(fact.value)) for fact in layer.facts]
    yield Facts([*facts, (_("Archivos"), ", ".join(one.original_name for one in layer.papers) or "—")])
    yield Grid([_("Qué"), _("Puntos")], [[*row] for row in layer.rows], [5, 2], numeric=[1])
