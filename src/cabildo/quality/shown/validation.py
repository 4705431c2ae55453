"""What the pages of a validation show: where it stands, elements with both marks, findings by part, the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as say

from cabildo.indicators import drawings
from cabildo.indicators.boards import Board, Group, Panel
from cabildo.instruments.queries import instrument
from cabildo.instruments.queries.items import Item
from cabildo.instruments.rules.bands import Achieved
from cabildo.instruments.rules.scoring import BLANK, CriterionResult, Result, known_share, score
from cabildo.instruments.rules.structure import in_order
from cabildo.quality.choices import FindingKind, ValidationState
from cabildo.quality.marking import agreement_facts, mark_words, reason_words
from cabildo.quality.model_words import standing, words_of
from cabildo.quality.models import Finding, Validation, ValidatorAssignment
from cabildo.quality.queries.validation import Marked, Proposed, Whole
from cabildo.quality.rules.validation import Lack, changed
from cabildo.ui import spanish
from cabildo.ui.parts import Column, Fact, Figure, Step, Table, TimelineEntry


@dataclass(frozen=True)
class Row:
    """An element with what was declared and what would be sealed.

    `state`: missing, unexplained, same, changed, or blank where it was declared blank and stays so.
    """

    item: Item
    declared: str
    mark: str
    state: str
    reason: str = ""
    others: Sequence[tuple[str, str, str]] = ()  # validator, mark, reason


@dataclass(frozen=True)
class PartRows:
    """A subcriterion with its elements or its findings, and what its findings lack.

    Of a model that scores its subcriteria the rows come by criterion, and `part` is the criterion.
    """

    criterion: str
    part: Mapping[str, Any]
    rows: Sequence[Row] = ()
    strengths: Sequence[Finding] = ()
    opportunities: Sequence[Finding] = ()
    lacks: Sequence[str] = ()


def rows(whole: Whole, proposed: Proposed, sealed: Sequence[tuple[ValidatorAssignment, Marked]] = ()) -> list[Row]:
    """Every element, in the order of the model. No query."""
    return [_row(whole, proposed, item, sealed) for item in whole.items]


def _row(whole: Whole, proposed: Proposed, item: Item, sealed: Sequence[tuple[ValidatorAssignment, Marked]]) -> Row:
    others = [
        (str(one), mark_words(item, marked.marks.get(item.id)), reason_words(marked.reasons.get(item.id)))
        for one, marked in sealed
    ]
    return Row(
        item=item,
        declared=mark_words(item, whole.declared.marks.get(item.id)),
        mark=mark_words(item, proposed.marks.get(item.id)),
        state=_state(whole, proposed, item.id),
        reason=reason_words(proposed.reasons.get(item.id)),
        others=others,
    )


def _state(whole: Whole, proposed: Proposed, name: str) -> str:
    if name in proposed.missing:
        return "missing"
    if name not in proposed.marks:
        return "blank"
    if name in proposed.unexplained:
        return "unexplained"
    return "changed" if changed(whole.declared.marks, {name: proposed.marks.get(name, BLANK)}) else "same"


def by_part(found: Sequence[Row]) -> list[PartRows]:
    groups: dict[str, tuple[str, Mapping[str, Any], list[Row]]] = {}
    for row in found:
        item = row.item
        over, part = ("", item.criterion) if item.is_part else (item.criterion["label"], item.part)
        groups.setdefault(part["id"], (over, part, []))[2].append(row)
    return [PartRows(over, part, rows=rows) for over, part, rows in groups.values()]


def findings_by_part(whole: Whole, findings: Sequence[Finding], lacks: Sequence[Lack] = ()) -> list[PartRows]:
    """Every subcriterion with its findings, and which kind it lacks, in words."""
    parts = {item.part["id"]: (item.criterion["label"], item.part) for item in whole.items}
    return [
        PartRows(
            criterion,
            part,
            strengths=_of(findings, name, FindingKind.STRENGTH),
            opportunities=_of(findings, name, FindingKind.OPPORTUNITY),
            lacks=[str(FindingKind(one.kind).label) for one in lacks if one.part == name],
        )
        for name, (criterion, part) in parts.items()
    ]


def _of(findings: Sequence[Finding], part: str, kind: FindingKind) -> list[Finding]:
    return [one for one in findings if one.subcriterion == part and one.kind == kind]


ORDER = [
    ValidationState.REVIEW,
    ValidationState.SCHEDULED,
    ValidationState.HELD,
    ValidationState.CONSENSUS,
    ValidationState.ISSUED,
    ValidationState.FIRM,
]
TITLES = (
    say("Revisión de los documentos"),
    say("Entrevista telefónica agendada"),
    say("Entrevista realizada, con su acta"),
    say("Puntajes acordados"),
    say("Informe de Retroalimentación emitido"),
    say("Informe firme"),
)
AROUND = {ValidationState.OBSERVED: ValidationState.ISSUED, ValidationState.REPLIED: ValidationState.ISSUED}


def steps(validation: Validation | None) -> list[Step]:
    """The way of a validation; observing and replying belong to the report that was issued."""
    if validation is None:
        return [Step(title, "pending") for title in TITLES]
    state = ValidationState(validation.state)
    reached = ORDER.index(AROUND.get(state, state))
    now = 0 if state == ValidationState.REVIEW else reached + 1  # all but the review name what has happened
    marks = ["done" if n < now else "current" if n == now else "pending" for n in range(len(ORDER))]
    notes = {now: str(state.label) if state in AROUND else ""}
    return [Step(title, mark, notes.get(n, "")) for n, (title, mark) in enumerate(zip(TITLES, marks, strict=True))]


def history(validation: Validation) -> list[TimelineEntry]:
    """One query."""
    told = validation.steps.select_related("by").order_by("-at", "-pk")
    return [TimelineEntry(one.at, one.get_state_display().capitalize(), str(one.by or "")) for one in told]


def agreement(whole: Whole, other: Marked) -> list[Fact]:
    return [Fact(label, value) for label, value in agreement_facts(whole.agreement_with(other))]


def achieved(found: Result | CriterionResult) -> str:
    """«sin dato» while nothing of it has a score."""
    return spanish.percentage(shared(found))


def shared(found: Result | CriterionResult) -> Decimal | None:
    """Per cent; None while nothing of it has a score."""
    return known_share(found, is_final=True)


def board(whole: Whole, consensus: Marked, findings: Sequence[Finding]) -> Board:
    """Both results apart, by criterion; the elements that changed and why; the findings."""
    where = standing(whole.assessment.version)
    validated = score(whole.model, consensus.marks)
    return Board(
        title=_("Retroalimentación de la autoevaluación"),
        scope=f"{whole.validation.cycle} · {where}",
        groups=[Group(_("En total"), _figures(whole, validated))],
        panels=[
            _by_criterion(whole, validated, where),
            _by_element(whole, consensus, where),
            _found(whole, findings, where),
        ],
        sources=[
            _("Declarado: lo que acordó el comité de la municipalidad. Validado: lo que acordaron los validadores."),
            _("Porcentaje de logro: puntos obtenidos sobre puntos posibles. No es el promedio de los criterios."),
        ],
    )


def _figures(whole: Whole, validated: Result) -> list[Figure]:
    declared = whole.declared_result
    return [
        Figure(_("Logro declarado"), achieved(declared), _points(declared)),
        Figure(_("Logro validado"), achieved(validated), _points(validated)),
    ]


def _points(found: Achieved) -> str:
    given = {"points": spanish.number(found.points), "maximum": spanish.number(found.maximum)}
    return _("%(points)s de %(maximum)s puntos") % given


def _by_criterion(whole: Whole, validated: Result, where: str) -> Panel:
    body = instrument(whole.assessment)
    labels = {one["id"]: one["label"] for one in in_order(body["criteria"], body["model"]["order"])}
    table = Table(
        _("Logro por criterio"),
        [
            Column("criterion", _("Criterio")),
            Column("declared", _("Declarado"), numeric=True),
            Column("validated", _("Validado"), numeric=True),
            Column("maximum", _("Puntos posibles"), numeric=True),
        ],
        [
            [labels[before.id], achieved(before), achieved(after), after.maximum]
            for before, after in zip(whole.declared_result.criteria, validated.criteria, strict=True)
        ],
    )
    title = _("Logro declarado y validado por criterio")
    pairs = zip(whole.declared_result.criteria, validated.criteria, strict=True)
    sides = (_("Declarado"), _("Validado"))
    bars = tuple(
        (f"{side} · {labels[one.id]}", shared(one)) for pair in pairs for side, one in zip(sides, pair, strict=True)
    )
    return Panel(title, table, where, drawings.bars(title, where, bars, _("Porcentaje de logro"), top=100))


@dataclass(frozen=True)
class Moved:
    """The scores that the validators changed, and the others; `title` counts them."""

    title: str
    changed: Table
    same: Table


def moved(whole: Whole, consensus: Marked) -> Moved:
    """What changed apart from what did not. No query."""
    names = set(changed(whole.declared.marks, consensus.marks))
    apart = [item for item in whole.items if item.id in names], [item for item in whole.items if item.id not in names]
    title = _("Cambiaron %(moved)s de %(all)s puntajes") % {"moved": len(names), "all": len(whole.items)}
    captions = (_("Puntajes que cambiaron"), _("Puntajes que no cambiaron"))
    return Moved(
        title, *(_elements(whole, consensus, items, words) for items, words in zip(apart, captions, strict=True))
    )


def _by_element(whole: Whole, consensus: Marked, where: str) -> Panel:
    caption = _("Puntajes por %s") % words_of(whole.assessment).one
    return Panel(moved(whole, consensus).title, _elements(whole, consensus, whole.items, caption), where)


def _elements(whole: Whole, consensus: Marked, items: Sequence[Item], caption: str) -> Table:
    columns = [
        Column("element", words_of(whole.assessment).full_head),
        Column("declared", _("Declarado")),
        Column("validated", _("Validado")),
        Column("reason", _("Por qué cambia")),
    ]
    lines = [
        [
            item.label,
            mark_words(item, whole.declared.marks.get(item.id)),
            mark_words(item, consensus.marks.get(item.id)),
            reason_words(consensus.reasons.get(item.id)) or "—",
        ]
        for item in items
    ]
    return Table(caption, columns, lines)


def _found(whole: Whole, findings: Sequence[Finding], where: str) -> Panel:
    parts = {item.part["id"]: item.part["label"] for item in whole.items}
    elements = {item.id: item.label for item in whole.items}
    columns = [
        Column("part", _("Subcriterio")),
        Column("kind", _("Qué es")),
        Column("text", _("Qué se encontró")),
        Column("element", words_of(whole.assessment).full_head),
    ]
    lines = [
        [parts[one.subcriterion], one.get_kind_display(), one.text, elements.get(one.element, "—")]
        for one in sorted(findings, key=lambda one: list(parts).index(one.subcriterion))
    ]
    strengths = sum(one.kind == FindingKind.STRENGTH for one in findings)
    counts = {"strengths": strengths, "opportunities": len(findings) - strengths}
    title = _("%(strengths)s fortalezas y %(opportunities)s oportunidades de mejora") % counts
    return Panel(title, Table(_("Fortalezas y oportunidades de mejora"), columns, lines), where)


def validators_facts(assignments: Sequence[ValidatorAssignment]) -> list[Fact]:
    """Who validates and what they declared."""
    return [Fact(str(one), standing_of(one)) for one in assignments]


def standing_of(one: ValidatorAssignment) -> str:
    if one.ended_on is not None:
        return _("dejó de validar el %s") % spanish.short_date(one.ended_on)
    if one.has_conflict is None:
        return _("falta su declaración de conflictos de interés")
    return _("declaró un conflicto de interés: no valida") if one.has_conflict else _("sin conflicto de interés")
