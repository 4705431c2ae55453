"""What the page of the report shows: its five contents with what is missing, what was said of it, what was sent."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.documents.models import Document
from cabildo.documents.queries import documents_of_all
from cabildo.meetings.queries.signing import reference
from cabildo.quality.choices import BackgroundKind, Subject
from cabildo.quality.gates import report as gates
from cabildo.quality.model_words import words_of
from cabildo.quality.models import ConsultantReview, Cycle, Sending
from cabildo.quality.queries import goes_on
from cabildo.quality.queries import report as queries
from cabildo.quality.queries.report import Told
from cabildo.quality.shown.lacking import lacking
from cabildo.quality.shown.report_tables import figure_words, fingerprint
from cabildo.ui.parts import Step
from cabildo.workflow.processes.gates import Missing

SLUGS = {
    "poblacion": BackgroundKind.POPULATION,
    "superficie": BackgroundKind.SURFACE,
    "poblacion-rural": BackgroundKind.RURAL,
    "planta": BackgroundKind.STAFF_PERMANENT,
    "contrata": BackgroundKind.STAFF_ANNUAL,
    "honorarios": BackgroundKind.STAFF_FEES,
    "presupuesto": BackgroundKind.BUDGET,
}


@dataclass(frozen=True)
class Reviewed:
    """A review, and whether it is of what stands now."""

    review: ConsultantReview
    is_current: bool


@dataclass(frozen=True)
class Sent:
    """A sending with its kept copies, and whether what was sent is what stands now."""

    sending: Sending
    files: Sequence[Document]
    is_current: bool


@dataclass(frozen=True)
class FigureLine:
    """A figure the background asks for, as it is known, and where it is written."""

    label: str
    words: str
    year: str
    source: str
    url: str
    pk: int | None


def steps(told: Told) -> list[Step]:
    """The five contents: done, or what is missing in each; with the page where it is written, while it can be."""
    letter, acta, background = (
        reverse(f"quality:report_{page}", args=[told.cycle.number]) for page in ("letter", "acta", "background")
    )
    leads = goes_on(told.cycle)
    return [
        _step(told, _("Oficio de la alcaldía"), gates.letter, letter if leads else ""),
        _step(told, _("Acta del Comité de Mejora"), gates.acta, acta if leads else ""),
        _step(told, _("Antecedentes"), gates.background, background),
        _evidence(told),
        _step(told, _("Puntajes"), _scores, ""),
    ]


def backing(told: Told) -> list[tuple[str, str]]:
    """The files of the mayor's letter and of the acta, each with where it opens. One query."""
    files = [(one.original_name, reverse("documents:download", args=[one.public_id])) for one in told.letter_files]
    if told.acta is not None and queries.acta_paper(told.acta) is not None:
        files.append((reference(told.acta), reverse("quality:report_acta_pdf", args=[told.cycle.number])))
    return files


def _evidence(told: Told) -> Step:
    """Which evidence an element needs depends on its score: with some still open, nobody can say that it is whole."""
    unit = words_of(told.filled.assessment).one if told.filled else _("elemento")
    step = _step(told, _("Evidencia escrita de cada %s") % unit, gates.evidence, "")
    is_open = told.filled is not None and any(fault.code == "not_assessed" for fault in told.filled.blocking)
    if step.missing or not is_open:
        return step
    return Step(step.title, "pending", note=_("Se sabe cuando están acordados todos los puntajes."))


def _scores(told: Told) -> Iterable[Missing]:
    return gates.scores(told) if told.filled else gates.evidence(told)


def _step(told: Told, title: str, check: Callable[[Told], Iterable[Missing]], url: str) -> Step:
    missing = lacking(told.cycle, check(told))
    return Step(title, "current" if missing else "done", url=url, missing=missing)


def reviews(cycle: Cycle, subject: Subject, current: str) -> list[Reviewed]:
    """The newest first."""
    return [Reviewed(one, one.sha256 == current) for one in queries.reviews_of(cycle, subject)]


def sendings(cycle: Cycle, subject: Subject, current: str) -> list[Sent]:
    """The newest first, with what is kept of each. Two queries."""
    found = queries.sendings_of(cycle, subject)
    files: dict[str, list[Document]] = {}
    for document in documents_of_all(found).filter(erased_at__isnull=True):
        files.setdefault(document.owner_id, []).append(document)
    return [Sent(one, files.get(str(one.pk), []), one.content_sha256 == current) for one in found]


def now(told: Told) -> str:
    """The fingerprint of what the report says now."""
    return fingerprint(told)


def figures(told: Told) -> list[FigureLine]:
    """Every figure that is asked for; what is not known is «sin dato»."""
    slugs = {kind: slug for slug, kind in SLUGS.items()}
    return [_line(told, kind, year, slugs[kind]) for kind, year in queries.asked_for(told.cycle)]


def _line(told: Told, kind: BackgroundKind, year: int | None, slug: str) -> FigureLine:
    found, number = told.figure(kind, year), told.cycle.number
    url = (
        reverse("quality:report_budget", args=[number, year])
        if year
        else reverse("quality:report_figure", args=[number, slug])
    )
    label = f"{kind.label} {year}" if year else str(kind.label)
    seen = found.year if found else year
    return FigureLine(
        label, figure_words(found), str(seen or ""), found.source if found else "", url, found.pk if found else None
    )
