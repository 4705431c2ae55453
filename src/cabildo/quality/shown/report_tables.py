"""All that the report stores, as tables: the workbook prints them, PDF and Word take their words from here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cabildo.accounts.models import Department
from cabildo.documents.models import Document
from cabildo.instruments.models import Sheet, YearFigure
from cabildo.instruments.queries.filled import Filled, agreed_mark
from cabildo.instruments.queries.items import Item
from cabildo.instruments.queries.sheets import Whole
from cabildo.instruments.rules.scoring import Part, element_score
from cabildo.kit.rounding import half_up
from cabildo.quality.choices import BackgroundKind
from cabildo.quality.model_words import words_of
from cabildo.quality.models import BackgroundFigure
from cabildo.quality.queries import report as queries
from cabildo.quality.queries.report import Told
from cabildo.quality.shown.achieved import counted, known, obtained
from cabildo.quality.shown.self_assessment import attribute_words
from cabildo.ui.spanish import NO_DATA, clock, number, percentage, short_date


@dataclass(frozen=True)
class Rows:
    """A table under its title. Cells are plain values: numbers stay numbers; None is «sin dato»."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def all_tables(told: Told) -> list[Rows]:
    """Every stored field of the report but its letter, which goes before it."""
    assessed = [*scores(told.filled), sheets(told.filled), figures(told), summaries(told.filled)] if told.filled else []
    return [acta(told), background(told), background_words(told), *assessed, evidence(told)]


def fingerprint(told: Told) -> str:
    """SHA-256 of what the report says: a review of it stands while this stays the same."""
    return queries.digest([[table.title, list(table.columns), table.rows] for table in all_tables(told)])


def letter(told: Told) -> Rows:
    held = told.report
    row = [held.letter_number or None, held.letter_on, names_of(told.letter_files)] if held else [None, None, ""]
    return Rows(_("Oficio"), [_("Número"), _("Fecha"), _("Archivos")], [row])


def acta(told: Told) -> Rows:
    meeting, signed = told.meeting, told.acta_is_signed
    columns = [_("Reunión"), _("Cuerpo"), _("Fecha"), _("Acta"), _("Estado"), _("Asistieron")]
    if meeting is None:
        return Rows(_("Acta"), columns, [])
    version = _("versión %s") % told.acta.version if told.acta else None
    state = _("firmada") if signed else _("sin firmar")
    came = "; ".join(one.full_name for one in told.attended)
    day = meeting.started_at or meeting.planned_start_at
    return Rows(_("Acta"), columns, [[str(meeting), str(meeting.body or ""), day.date(), version, state, came]])


def background(told: Told) -> Rows:
    columns = [_("Dato"), _("Cifra"), _("De un total de"), _("Unidad"), _("Año"), _("Fuente")]
    rows = [_figure_row(kind, year, told.figure(kind, year)) for kind, year in queries.asked_for(told.cycle)]
    return Rows(_("Antecedentes"), columns, rows)


def _figure_row(kind: BackgroundKind, year: int | None, figure: BackgroundFigure | None) -> list[Any]:
    if figure is None:
        return [str(kind.label), None, None, unit(kind), year, None]
    return [str(kind.label), figure.value, figure.whole, unit(kind), figure.year, figure.source]


def unit(kind: str) -> str:
    if kind == BackgroundKind.SURFACE:
        return _("km²")
    return _("pesos") if kind == BackgroundKind.BUDGET else _("personas")


def figure_words(figure: BackgroundFigure | None) -> str:
    """«3.200 de 12.400 personas, 25,8 %»; «$4.500.000.000»; «sin dato»."""
    if figure is None:
        return NO_DATA
    shown = plain(figure.value)
    if figure.kind == BackgroundKind.BUDGET:
        return f"${shown}"
    if figure.whole is not None:
        share = percentage(100 * figure.value / figure.whole)
        return _("%(part)s de %(whole)s personas, %(share)s") % {
            "part": shown,
            "whole": plain(figure.whole),
            "share": share,
        }
    return f"{shown} {unit(figure.kind)}"


def background_words(told: Told) -> Rows:
    held = told.background
    row = [held.organisation or None, held.challenges or None] if held else [None, None]
    columns = [_("Cómo se organiza la municipalidad"), _("Principales desafíos")]
    return Rows(_("Organización y desafíos"), columns, [row])


def scores(filled: Filled) -> list[Rows]:
    """Points by criterion and by subcriterion, with both counts; the total is of points, not a mean."""
    labels = _labels(filled)
    columns = [_("Puntos obtenidos"), _("Puntos posibles"), _("Con puntaje"), _("Logro (%)")]
    criteria = [[labels[one.id], *_points(filled, one)] for one in filled.result.criteria]
    parts = [
        [labels[one.id], labels[part.id], *_points(filled, part)]
        for one in filled.result.criteria
        for part in one.subcriteria
    ]
    total = [_("En total"), *_points(filled, filled.result)]
    return [
        Rows(_("Criterios"), [_("Criterio"), *columns], [*criteria, total]),
        Rows(_("Subcriterios"), [_("Criterio"), _("Subcriterio"), *columns], parts),
    ]


def _points(filled: Filled, part: Part) -> list[Any]:
    """Obtained, possible, how many have their score, and the share where it is known."""
    return [obtained(part), half_up(part.maximum, 1), counted(part), known(filled, part)]


def _labels(filled: Filled) -> dict[str, str]:
    named: dict[str, str] = {}
    for item in filled.items:
        named |= {part["id"]: part["label"] for part in (item.criterion, item.part)}
    return named


def sheets(filled: Whole) -> Rows:
    columns = [
        _("Criterio"),
        _("Subcriterio"),
        words_of(filled.assessment).head,
        *(label for label, _value in _sheet(filled.items[0], None, ())),
    ]
    rows = [
        [
            item.criterion["label"],
            item.part["label"],
            item.label,
            *(value for _label, value in _sheet(item, *_held(filled, item))),
        ]
        for item in filled.items
    ]
    return Rows(_("Fichas"), columns, rows)


def _held(filled: Whole, item: Item) -> tuple[Sheet | None, Sequence[Department]]:
    """The sheet of an element and who helps to write it."""
    held = filled.sheets.get(item.id)
    return held, filled.helpers.get(held.pk, ()) if held else ()


def _sheet(item: Item, held: Sheet | None, helpers: Sequence[Department]) -> list[tuple[str, Any]]:
    """Every field of a sheet under its name; blank when there is no sheet yet."""
    return [
        (_("Método"), item.method["label"]),
        (_("Peso"), item.element.weight),
        (_("Responsable"), str(held.department) if held and held.department else None),
        (_("Ayudan"), "; ".join(map(str, helpers))),
        (_("A más tardar"), held.due_on if held else None),
        (_("Qué se hace"), held.text if held else ""),
        (_("Niveles que se cumplen"), attested(item, held)),
        (_("Puntaje del borrador"), held.score if held else None),
        (_("Puntaje del borrador por atributo"), attribute_words(item, held.attributes) if held else ""),
        (_("Escrita el"), held.written_at if held else None),
        (_("Escrita por"), str(held.written_by) if held and held.written_by else ""),
        (_("Consenso abierto el"), held.consensus_opened_at if held else None),
        (_("Puntaje acordado"), _score(item, held)),
        (_("Puntaje acordado por atributo"), attribute_words(item, held.agreed_attributes) if held else ""),
        (_("No aplica"), _("sí") if held and held.is_excluded else _("no")),
        (_("Nota del acuerdo"), held.agreement_note if held else ""),
        (_("Acordado el"), held.agreed_at if held else None),
        (_("Anotado por"), str(held.agreed_by) if held and held.agreed_by else ""),
    ]


def _score(item: Item, held: Sheet | None) -> Decimal | int | None:
    """What was agreed, or the mean of its attributes with two decimals; None before the consensus."""
    if held is None or not held.is_agreed or held.is_excluded:
        return None
    if held.agreed_score is not None:
        return held.agreed_score
    return half_up(element_score(item.element.method, agreed_mark(held)), 2)


def attested(item: Item, held: Sheet | None) -> str:
    """«1 Por costumbre; 2 Definido y aprobado»."""
    levels = sorted(int(level) for level, holds in held.attested.items() if holds) if held else []
    return "; ".join(f"{level} {item.level_label(level)}" for level in levels)


def summaries(filled: Whole) -> Rows:
    parts = {item.part["id"]: (item.criterion["label"], item.part["label"]) for item in filled.items}
    rows = [
        [*names, held.strengths if held else "", held.gaps if held else ""]
        for part, names in parts.items()
        for held in [filled.summaries.get(part)]
    ]
    return Rows(_("Síntesis"), [_("Criterio"), _("Subcriterio"), _("Fortalezas"), _("Brechas")], rows)


def figures(told: Told) -> Rows:
    filled: Any = told.filled
    names = {item.id: item.label for item in filled.items}
    columns = [
        words_of(filled.assessment).head,
        _("Indicador"),
        _("Unidad"),
        _("Año"),
        _("Valor"),
        _("Fuente"),
        _("Evidencia"),
        _("Anotado por"),
    ]
    order = {item.id: place for place, item in enumerate(filled.items)}
    found = sorted(told.series, key=lambda one: (order[one.element], one.indicator, one.year))
    return Rows(_("Cifras anuales"), columns, [figure_row(told, names[one.element], one) for one in found])


def figure_row(told: Told, element: str, one: YearFigure) -> list[Any]:
    paper = told.evidence_numbers.get(one.evidence_id or 0, "")
    noted = str(one.noted_by) if one.noted_by else ""
    return [element, one.indicator, one.unit, one.year, one.value.normalize(), one.source, paper, noted]


def evidence(told: Told) -> Rows:
    names = {item.id: item.label for item in told.filled.items} if told.filled else {}
    columns = [
        _("N°"), _("Título"), _("Tipo"), _("Fecha"), _("Vigente hasta"), _("Qué muestra"), _("Fichas"),
        _("Viene de"), _("Agregada el"), _("Agregada por"), _("Archivos"),
    ]  # fmt: skip
    rows = [
        [
            told.evidence_numbers[paper.pk],
            paper.title,
            paper.get_kind_display(),
            paper.issued_on,
            paper.valid_until,
            paper.note,
            "; ".join(names.get(use.element, use.element) for use in paper.uses.all()),
            _("una evaluación anterior") if paper.carried_from_id else "",
            paper.added_at,
            str(paper.added_by) if paper.added_by else "",
            names_of(told.files.get(paper.pk, ())),
        ]
        for paper in told.evidence
    ]
    return Rows(_("Evidencias"), columns, rows)


def names_of(documents: Iterable[Document]) -> str:
    """Each file with its hash, by which a copy can be told to be the same."""
    return "; ".join(f"{one.original_name} (SHA-256 {one.sha256})" for one in documents)


def words(value: Any) -> str:
    """A cell as a person reads it."""
    if value is None:
        return NO_DATA
    if isinstance(value, datetime):
        return f"{short_date(value)}, {clock(value)}"
    if isinstance(value, date):
        return short_date(value)
    return plain(value) if isinstance(value, Decimal) else str(value)


def plain(value: Decimal) -> str:
    """A number without the zeros that its column adds."""
    return number(int(value)) if value == value.to_integral_value() else number(value.normalize())
