"""The report on paper: the same blocks become its PDF and its Word, and the same tables its workbook."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from cabildo.accounts.models import Department
from cabildo.accounts.scoping import current_municipality
from cabildo.documents import papers, word
from cabildo.documents.papers import Letterhead, paragraphs
from cabildo.documents.reports import Block, Drawing, Facts, Grid, Heading, Notice, Prose, Report, breakable
from cabildo.indicators import drawings
from cabildo.instruments.models import Sheet
from cabildo.instruments.queries import instrument
from cabildo.instruments.queries.filled import Filled, agreed_mark
from cabildo.instruments.queries.items import Item
from cabildo.instruments.queries.sheets import Whole
from cabildo.instruments.rules.scoring import State
from cabildo.quality.model_words import claim_of, standing, words_of
from cabildo.quality.queries.report import Told, asked_for
from cabildo.quality.shown import report_tables as tables
from cabildo.quality.shown.achieved import in_words, known
from cabildo.quality.shown.books import book
from cabildo.quality.shown.report_tables import Rows, words
from cabildo.quality.shown.self_assessment import mark_words
from cabildo.quality.shown.sheets import panel_line
from cabildo.ui.parts import Chart, Column, Table
from cabildo.ui.spanish import NO_DATA, number, percentage, short_date


def pdf(told: Told, *, at: datetime) -> bytes:
    """PDF/A-2a and PDF/UA-1."""
    return papers.pdf(paper(told, at=at))


def docx(told: Told, *, at: datetime) -> bytes:
    return word.docx(paper(told, at=at))


def xlsx(told: Told) -> bytes:
    """A sheet for each table of stored fields."""
    shown = [tables.letter(told), *tables.all_tables(told)]
    return book(shown, _scope(told))


def paper(told: Told, *, at: datetime) -> Report:
    """The report as blocks: cover, index, five contents, and every evidence at the end."""
    municipality = current_municipality()
    return Report(
        title=_("Informe de Autoevaluación"),
        letterhead=Letterhead(
            municipality=municipality.name, department=_("Comité de Mejora"), hue=municipality.hue, contact=_scope(told)
        ),
        issued_at=at,
        lead=_scope(told),
        standing=notice(told),
        facts=list(_cover(told)),
        blocks=list(_blocks(told)),
    )


def _scope(told: Told) -> str:
    return f"{told.cycle} · {standing(told.filled.assessment.version)}" if told.filled else str(told.cycle)


def notice(told: Told) -> str:
    """What stands at the head of every page when the model is not official: its own words."""
    if told.filled is None or told.filled.assessment.version.pack.official:
        return ""
    return claim_of(instrument(told.filled.assessment)) or _("Demostración, no oficial")


def _cover(told: Told) -> Iterator[tuple[str, str]]:
    yield _("Municipalidad"), told.municipality
    if told.filled:
        held = told.filled.assessment
        yield _("Modelo"), standing(held.version)
        yield _("Autoevaluación cerrada"), short_date(held.closed_at) if held.closed_at else _("todavía no")
        yield from _way(told.filled)
        yield _("Porcentaje de logro declarado"), achieved(told.filled)
        yield _("Nivel según los tramos del modelo"), _band(told.filled)
    yield _("Evidencias"), number(len(told.evidence))


def _way(filled: Filled) -> Iterator[tuple[str, str]]:
    """How all of it is marked, where the model takes two ways, and what was left without a score."""
    if filled.assessment.mark_mode:
        yield _("Cómo se puntúa"), filled.assessment.get_mark_mode_display()
    blank = filled.result.count(State.BLANK)
    if blank:
        told = {"blank": number(blank), "all": number(len(filled.items)), "units": words_of(filled.assessment).many}
        yield _("Sin puntaje"), _("%(blank)s de %(all)s %(units)s: sin dato, no suman puntos") % told


def achieved(filled: Filled) -> str:
    """«38,7 %, 77,3 de 200,0 puntos»; the points alone while some are missing, «sin dato» while all are."""
    found, share = filled.result, known(filled, filled.result)
    if share is None:
        return in_words(filled, found)
    points = _("%(points)s de %(maximum)s puntos") % {
        "points": number(found.points, 1),
        "maximum": number(found.maximum, 1),
    }
    return f"{percentage(share)}, {points}"


def _band(filled: Filled) -> str:
    """Only of a whole: with something without a score nobody can say it."""
    found = filled.result
    return found.band.label if found.band and not found.count(State.BLANK) else NO_DATA


def _blocks(told: Told) -> Iterator[Block]:
    yield from _backing(told)
    yield from _background(told)
    if told.filled:
        yield from _scores(told.filled, told)
        yield from _elements(told.filled, told)
        yield from _series(told)
    yield from _evidence(told)


def _backing(told: Told) -> Iterator[Block]:
    yield Heading(_("Oficio de la alcaldía y acta del Comité de Mejora"))
    yield Heading(_("Oficio"), 2)
    yield Facts(_pairs(tables.letter(told)))
    yield Heading(_("Acta que respalda los puntajes"), 2)
    found = tables.acta(told)
    yield Facts(_pairs(found)) if found.rows else Prose([NO_DATA])


def _pairs(table: Rows) -> list[tuple[str, str]]:
    return [(name, words(value)) for name, value in zip(table.columns, table.rows[0], strict=True)]


def _background(told: Told) -> Iterator[Block]:
    yield Heading(_("Antecedentes de la comuna y la municipalidad"))
    rows = []
    for kind, year in asked_for(told.cycle):
        found = told.figure(kind, year)
        seen = found.year if found else year
        rows.append([str(kind.label), tables.figure_words(found), words(seen), found.source if found else NO_DATA])
    note = _("Cada cifra con su año y su fuente. Lo que no se conoce se muestra como «sin dato»: no es cero.")
    yield Grid([_("Dato"), _("Cifra"), _("Año"), _("Fuente")], rows, [4, 5, 2, 5], note=note)
    held = told.background
    for title, text in (
        (_("Cómo se organiza la municipalidad"), held.organisation if held else ""),
        (_("Principales desafíos"), held.challenges if held else ""),
    ):
        yield Heading(title, 2)
        yield Prose(paragraphs(text) or [NO_DATA])


def _scores(filled: Filled, told: Told) -> Iterator[Block]:
    yield Heading(_("Puntajes"))
    yield Prose([achieved(filled), _("Lo declara la municipalidad. Nadie externo lo ha validado.")])
    yield chart(filled, standing(filled.assessment.version))
    criteria, parts = tables.scores(filled)
    yield Grid(criteria.columns, _scored(criteria.rows), [6, 2, 2, 2, 2], criteria.title, [1, 2, 3, 4])
    note = _("El porcentaje es de puntos sobre puntos posibles. No es el promedio de los criterios.")
    yield Grid(parts.columns, _scored(parts.rows), [5, 5, 2, 2, 2, 2], parts.title, [2, 3, 4, 5], note)


def chart(filled: Filled, source: str) -> Drawing:
    """Bars by criterion: one drawing for screen and paper."""
    labels = {item.criterion["id"]: item.criterion["label"] for item in filled.items}
    rows = tuple((labels[one.id], known(filled, one)) for one in filled.result.criteria)
    title = _("Porcentaje de logro declarado por criterio")
    told = "; ".join(f"{label}: {percentage(share)}" for label, share in rows)
    return Drawing(
        title, drawings.bars(title, source, rows, _("Porcentaje de logro"), top=100), f"{title}. {told}.", source
    )


def chart_of(told: Told) -> Chart | None:
    """The same drawing for the page, with its table; None while nothing is marked."""
    if told.filled is None or not told.filled.marks:
        return None
    drawn, table = chart(told.filled, standing(told.filled.assessment.version)), tables.scores(told.filled)[0]
    columns = [Column(str(place), name, numeric=place > 0) for place, name in enumerate(table.columns)]
    return Chart(drawn.title, mark_safe(drawn.svg), Table(table.title, columns, _scored(table.rows)), drawn.note)


def _worded(rows: Sequence[Sequence[Any]]) -> list[list[str]]:
    return [[words(value) for value in row] for row in rows]


def _scored(rows: Sequence[Sequence[Any]]) -> list[list[str]]:
    """All points and shares with one decimal, so that they are read one below the other."""
    return [[number(value, 1) if isinstance(value, Decimal) else words(value) for value in row] for row in rows]


def _elements(filled: Whole, told: Told) -> Iterator[Block]:
    named = words_of(filled.assessment)
    yield Heading(named.full_heads)
    for criterion, of_criterion in groupby(filled.items, key=lambda item: item.criterion["label"]):
        yield Heading(criterion, 2)
        for (part, label), items in groupby(of_criterion, key=lambda item: (item.part["id"], item.part["label"])):
            yield Heading(label, 3)
            yield from _summary(filled, part)
            for item in items:
                yield from _element(told, item, is_named=not item.is_part)


def _summary(filled: Whole, part: str) -> Iterator[Block]:
    held = filled.summaries.get(part)
    yield Prose(paragraphs(held.strengths if held else "") or [NO_DATA], _("Fortalezas"))
    yield Prose(paragraphs(held.gaps if held else "") or [NO_DATA], _("Brechas"))


def _element(told: Told, item: Item, *, is_named: bool) -> Iterator[Block]:
    """One that its part already names has no heading of its own."""
    held = told.filled.sheets.get(item.id) if told.filled else None
    if is_named:
        yield Heading(item.label, 4)
    yield Facts(list(_element_facts(told, item, held)))
    if held and held.text:
        yield Prose(paragraphs(held.text), _("Qué se hace"))
    if held and held.agreement_note:
        yield Prose(paragraphs(held.agreement_note), _("Nota del acuerdo"))


def _element_facts(told: Told, item: Item, held: Sheet | None) -> Iterator[tuple[str, str]]:
    yield _("Puntaje acordado"), agreed(item, held)
    yield (
        _("Cómo se evalúa"),
        _("%(method)s, peso %(weight)s")
        % {
            "method": item.method["label"],
            "weight": item.element.weight,
        },
    )
    if held is None:
        return
    if item.is_levelled:
        yield _("Niveles que se cumplen"), tables.attested(item, held) or _("ninguno")
    drafted = panel_line(item, held)
    if drafted:
        yield _("Puntaje que propuso la ficha"), drafted
    helping = told.filled.helpers.get(held.pk, ()) if told.filled else ()
    yield _("Responsable"), " · ".join(_who(held, helping))
    used = told.filled.evidence.get(item.id, ()) if told.filled else ()
    numbered = [f"{told.evidence_numbers[paper.pk]} {paper.title}" for paper in used]
    yield _("Evidencias"), "\n".join(numbered) or _("ninguna")
    yield _("Constancia"), "\n".join(_record(held)) or NO_DATA


def agreed(item: Item, held: Sheet | None) -> str:
    """«3 de 5, Aplicado en todas las unidades»; on a panel as the pages say it; «sin dato» before the consensus."""
    if held is None or not held.is_agreed:
        return NO_DATA
    mark = agreed_mark(held)
    if mark.score is None or not item.is_levelled:
        return mark_words(item, mark)
    found = _("%(score)s de %(maximum)s") % {"score": mark.score, "maximum": item.element.method.maximum}
    return f"{found}, {item.level_label(mark.score)}"


def _who(held: Sheet, helping: Sequence[Department]) -> Iterator[str]:
    yield str(held.department) if held.department else NO_DATA
    helpers = ", ".join(map(str, helping))
    if helpers:
        yield _("ayudan: %s") % helpers
    if held.due_on:
        yield _("a más tardar el %s") % short_date(held.due_on)


def _record(held: Sheet) -> Iterator[str]:
    """Who wrote, when the consensus was opened, who noted what was agreed."""
    if held.written_at:
        yield _("Escrita el %(at)s por %(by)s.") % {"at": words(held.written_at), "by": held.written_by or NO_DATA}
    if held.consensus_opened_at:
        yield _("Consenso abierto el %s.") % words(held.consensus_opened_at)
    if held.agreed_at:
        yield _("Acordado el %(at)s; lo anotó %(by)s.") % {"at": words(held.agreed_at), "by": held.agreed_by or NO_DATA}


def _series(told: Told) -> Iterator[Block]:
    found = tables.figures(told)
    if not found.rows:
        return
    yield Heading(_("Cifras anuales"))
    for element, rows in groupby(found.rows, key=lambda row: row[0]):
        yield Heading(element, 2, is_listed=False)
        cells = _worded([row[1:] for row in rows])
        yield Grid(found.columns[1:], cells, [5, 3, 2, 3, 5, 2, 3], numeric=[2, 3])


def _evidence(told: Told) -> Iterator[Block]:
    yield Heading(_("Evidencias"))
    found = tables.evidence(told)
    if not found.rows:
        yield Notice(_("Todavía no hay evidencias."))
    for code, title, *more in found.rows:
        yield Heading(f"{code} · {title}", 2, is_listed=False)
        yield Facts(_paper_facts([words(value) if value else "" for value in more]))


def _paper_facts(row: Sequence[str]) -> list[tuple[str, str]]:
    """What is known of an evidence, in few lines."""
    kind, issued, until, note, elements, came_from, added_at, added_by, files = row
    facts = [
        (_("Documento"), [kind, issued, until and _("vigente hasta el %s") % until]),
        (_("Qué muestra"), [note]),
        (_("Fichas"), [elements.replace("; ", "\n")]),
        (_("Constancia"), [came_from and _("viene de %s") % came_from, added_at, added_by]),
        (_("Archivos"), [breakable(files).replace("; ", "\n")]),
    ]
    told = [(name, " · ".join(filter(None, parts))) for name, parts in facts]
    return [(name, value) for name, value in told if value]
