"""What the pages of stage 5 show: gaps with their points, the matrix as table and drawing, lines by programme."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from cabildo.indicators import drawings
from cabildo.instruments.rules.scoring import ElementResult, State
from cabildo.kit.rounding import half_up
from cabildo.quality.gates import improvement as gates
from cabildo.quality.model_words import words_of_body
from cabildo.quality.models import Cycle, Finding, MatrixWeights
from cabildo.quality.models.improvement import MATRIX_CRITERIA
from cabildo.quality.plan_kind import targets_of
from cabildo.quality.queries import improvement as queries
from cabildo.quality.queries.improvement import Baseline, Offer
from cabildo.quality.queries.plan_lines import PlanLine
from cabildo.quality.rules.gaps import Gap, recoverable, won
from cabildo.quality.shown.lacking import lacking
from cabildo.ui import parts
from cabildo.ui.parts import Chart, Column, Figure, Step, Table
from cabildo.ui.spanish import NO_DATA, number, percentage, short_date
from cabildo.workflow.processes.gates import Missing

NAMED = 5  # of what is missing in a step; the page of the process lists all
DRAWN = 12  # bars that a chart of the matrix still reads well with


def steps(cycle: Cycle) -> list[Step]:
    """The four gates of the stage that are met here, each with what is missing."""
    return [
        step(_("Difusión de la retroalimentación"), gates.feedback_disseminated, cycle, "#difusion"),
        step(_("Metodologías priorizadas"), gates.methodologies_prioritised, cycle, "#matriz"),
        step(_("Factible en doce meses"), gates.plan_feasible, cycle, "#plan"),
        step(_("Líneas completas"), gates.plan_lines_complete, cycle, "#plan"),
    ]


def step(title: str, check: Callable[[Cycle], Iterable[Missing]], cycle: Cycle, url: str) -> Step:
    missing = lacking(cycle, check(cycle))
    if len(missing) > NAMED:
        more = parts.Missing(_("Y %s cosas más") % (len(missing) - NAMED), url)
        missing = [*missing[:NAMED], more]
    return Step(title, "current" if missing else "done", url=url, missing=missing)


def source_of(baseline: Baseline) -> str:
    """Which scores these are: declared is not validated."""
    if baseline.is_validated:
        return _("Puntajes validados, del Informe de Retroalimentación.")
    return _("Puntajes declarados por la municipalidad, sin validar: todavía no hay Informe de Retroalimentación.")


def notice_of(baseline: Baseline) -> str:
    """What a demonstration model says of itself; empty of an official one."""
    return str(baseline.body["model"].get("notice", ""))


def figures(baseline: Baseline) -> list[Figure]:
    """How far the scores are from the highest, and in how many elements."""
    found, result = baseline.gaps, baseline.result
    elements = [one for one in result.elements() if one.maximum]
    heads, blank = words_of_body(baseline.body).heads, result.count(State.BLANK)
    return [
        Figure(_("Puntaje"), points(result.points), share=_of(result.points, result.maximum)),
        Figure(_("Puntos por recuperar"), points(result.maximum - result.points), share=_("hasta lo más alto")),
        Figure(_("%s con brecha") % heads, number(len(found)), share=_("de %s") % number(len(elements))),
        *([Figure(_("Sin puntaje"), number(blank), share=_("suman cero y no se sabe cómo están"))] if blank else []),
    ]


def _of(value: Fraction, whole: Fraction) -> str:
    portion = percentage(value * 100 / whole) if whole else NO_DATA
    return _("de %(whole)s, %(share)s") % {"whole": points(whole), "share": portion}


def points(value: Fraction | None) -> str:
    """Points with one decimal, half-up."""
    return NO_DATA if value is None else number(value, 1)


def score_of(value: Fraction | None) -> str:
    """A score of an element: whole where it is whole."""
    return NO_DATA if value is None else number(half_up(value, 0 if value.denominator == 1 else 1))


def start_of(element: ElementResult) -> str:
    """Its score as the plan begins; «sin dato» when nobody scored it."""
    return score_of(element.points if element.state is State.ASSESSED else None)


@dataclass(frozen=True)
class PartShown:
    """A subcriterion with its gaps, what the validators saw in it, and what the model offers for it.

    `anchor` is where its criterion begins in the page.
    """

    criterion: str
    anchor: str
    label: str
    points: str
    said: str  # its one score, where the model scores subcriteria; the table then says nothing more
    table: Table
    opportunities: list[Finding]
    offers: list[Offer]


def parts_with_gaps(
    baseline: Baseline, offers: list[Offer], opportunities: Mapping[str, list[Finding]]
) -> list[PartShown]:
    """The subcriteria below their highest, in the order of the model. No query."""
    by_part: dict[str, list[Gap]] = {}
    for gap in baseline.gaps:
        by_part.setdefault(gap.subcriterion, []).append(gap)
    labels, head = baseline.element_labels(), words_of_body(baseline.body).full_head
    return [
        PartShown(
            criterion=criterion["label"],
            anchor=f"criterio-{criterion['id']}",
            label=part["label"],
            points=recoverable_words(found, {gap.element for gap in found}),
            said=_said(found),
            table=_gap_table(part["label"], head, found, labels),
            opportunities=opportunities.get(part["id"], []),
            offers=[offer for offer in offers if offer.part["id"] == part["id"]],
        )
        for criterion, part in baseline.parts()
        if (found := by_part.get(part["id"]))
    ]


def recoverable_words(found: Collection[Gap], elements: Collection[str]) -> str:
    """The points missing in these elements; at most those, where one of them has no score."""
    told = points(recoverable(found, elements))
    is_known = all(gap.is_assessed for gap in found if gap.element in elements)
    return told if is_known else _("hasta %s") % told


def _said(found: list[Gap]) -> str:
    gap = found[0]
    if not gap.is_assessed:
        return NO_DATA
    return _("%(score)s de %(highest)s") % {"score": score_of(gap.score), "highest": score_of(gap.maximum)}


def _gap_table(caption: str, head: str, found: list[Gap], labels: Mapping[str, str]) -> Table:
    columns = [
        Column("element", head),
        Column("score", _("Puntaje"), numeric=True),
        Column("highest", _("Más alto"), numeric=True),
        Column("points", _("Puntos por recuperar"), numeric=True),
    ]
    rows = [
        [labels[gap.element], score_of(gap.score) if gap.is_assessed else NO_DATA, score_of(gap.maximum),
         points(gap.points) if gap.is_assessed else _("hasta %s") % points(gap.points)]
        for gap in found
    ]  # fmt: skip
    return Table(_("Brechas de %s") % caption, columns, rows)


@dataclass(frozen=True)
class Placed:
    """A methodology as the matrix shows it: its place, its values by criterion, its score."""

    offer: Offer
    place: str
    named: list[tuple[str, str]]
    exact: Fraction | None

    @property
    def score(self) -> str:
        return NO_DATA if self.exact is None else number(half_up(self.exact, 2))

    @property
    def points(self) -> str:
        return recoverable_words(self.offer.gaps, self.offer.methodology["closes"])


def matrix(offers: list[Offer], weights: MatrixWeights) -> list[Placed]:
    """Ranked first; then those that do not fit in twelve months; last those without all their values."""
    ranked = [
        Placed(
            offer=offer,
            place="" if one.place is None else number(one.place),
            named=_named(offer),
            exact=one.score,
        )
        for one, offer in queries.ranking(offers, weights)
    ]
    unvalued = [offer for offer in offers if not offer.is_valued]
    unvalued.sort(key=lambda offer: (-offer.points, offer.code))
    return [*ranked, *(Placed(offer, "", _named(offer), None) for offer in unvalued)]


def _named(offer: Offer) -> list[tuple[str, str]]:
    """Heading and value of each criterion."""
    known = offer.values
    told = [number(known[name]) if name in known else NO_DATA for name in MATRIX_CRITERIA]
    return list(zip(matrix_headings(), told, strict=True))


def matrix_headings() -> list[str]:
    return [_("Relevancia"), _("Factibilidad"), _("Impacto"), _("Costo")]


def weights_in_words(weights: MatrixWeights) -> str:
    """«relevancia 40 %, factibilidad 30 %, …»."""
    shares = (percentage(getattr(weights, name), 0) for name in MATRIX_CRITERIA)
    return ", ".join(f"{label.lower()} {part}" for label, part in zip(matrix_headings(), shares, strict=True))


def matrix_chart(placed: list[Placed], source: str) -> Chart | None:
    """The priority of the first ones, drawn; None while nothing has all its values."""
    ranked = [one for one in placed if one.place][:DRAWN]
    if not ranked:
        return None
    title = _("Primero va «%s»") % ranked[0].offer.methodology["label"]
    rows = tuple((one.offer.methodology["label"], half_up(one.exact or 0, 2)) for one in ranked)
    columns = [
        Column("label", _("Metodología")),
        Column("score", _("Prioridad, de 1 a 5"), numeric=True),
        Column("points", _("Puntos por recuperar"), numeric=True),
    ]
    table = Table(
        _("Prioridad de las metodologías"),
        columns,
        [[one.offer.methodology["label"], one.score, one.points] for one in ranked],
    )
    drawing = drawings.bars(title, source, rows, _("Prioridad, de 1 a 5"), top=5)
    return Chart(title, mark_safe(drawing), table, source)


@dataclass(frozen=True)
class LineShown:
    """A line with its days, who answers, the points its targets would win, and what it still lacks."""

    line: PlanLine
    days: str
    who: str
    gain: str
    missing: list[Missing]
    targets: dict[str, int]


def lines_shown(lines: list[PlanLine], baseline: Baseline | None) -> list[LineShown]:
    """No query."""
    return [_line(line, baseline) for line in lines]


def _line(line: PlanLine, baseline: Baseline | None) -> LineShown:
    targets, node = targets_of(line.node.expected_effect), line.node
    who = ", ".join(str(one) for one in (node.department, node.responsible) if one)
    return LineShown(
        line=line,
        days=span(line),
        who=who or NO_DATA,
        gain=points(won(baseline.result, targets)) if baseline and targets else NO_DATA,
        missing=list(gates.missing_in(line)),
        targets=targets,
    )


def span(line: PlanLine) -> str:
    if line.starts_on is None or line.ends_on is None:
        return NO_DATA
    return f"{short_date(line.starts_on)} – {short_date(line.ends_on)}"


def title_of(cycle: Cycle) -> str:
    return _("Plan de Mejoras del ciclo %s") % cycle.number
