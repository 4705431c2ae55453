"""A cycle whose self-assessment is written to the end, with as many evidences as are asked for."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from cabildo.instruments.choices import PaperKind
from cabildo.instruments.models import Assessment, Evidence, EvidenceUse, Sheet
from cabildo.quality.models import Cycle
from cabildo.quality.queries.self_assessment import with_self_assessment

TEXT = (
    "La dirección aplica un procedimiento aprobado por decreto, lo revisa cada año y deja acta de la revisión. "
    "Las unidades que participan reciben el resultado, lo comentan en una reunión y proponen cambios por escrito. "
)


def filled(evidences: int, words: str = "") -> Cycle:
    """The last cycle with a self-assessment; every sheet says something and was agreed. Rows are written directly.

    `words` stand in every text: typst remembers what it set before, and two turns must not say the same.
    """
    cycle = with_self_assessment().exclude(self_assessment=None).order_by("-number").first()
    if cycle is None or cycle.self_assessment is None:
        raise SystemExit("the demonstration has no self-assessment")
    _write_sheets(cycle.self_assessment, TEXT * 3 + words)
    _add_evidence(cycle.self_assessment, evidences)
    return cycle


def _write_sheets(assessment: Assessment, text: str) -> None:
    now = timezone.now()
    sheets = list(Sheet.objects.filter(assessment=assessment))
    for place, sheet in enumerate(sheets):
        level = place % 5
        sheet.text, sheet.written_at, sheet.agreed_at = text, now, now
        sheet.attested, sheet.agreed_score = {str(n): True for n in range(1, level + 1)}, level
    Sheet.objects.bulk_update(sheets, ["text", "written_at", "agreed_at", "attested", "agreed_score"])


def _add_evidence(assessment: Assessment, wanted: int) -> None:
    """Up to `wanted`, the new ones used by an element each, all elements in turn."""
    missing = max(0, wanted - assessment.evidence.count())
    made = Evidence.objects.bulk_create(_papers(assessment, missing))
    elements = list(assessment.sheets.values_list("element", flat=True))
    EvidenceUse.objects.bulk_create(_uses(assessment, made, elements))


def _papers(assessment: Assessment, count: int) -> Iterator[Evidence]:
    for number in range(count):
        yield Evidence(
            municipality_id=assessment.municipality_id,
            assessment=assessment,
            title=f"Decreto alcaldicio N° {number + 1}, aprueba procedimiento",
            kind=PaperKind.DECREE,
            note="Muestra que el procedimiento está aprobado y vigente.",
            added_at=timezone.now(),
        )


def _uses(assessment: Assessment, papers: Sequence[Evidence], elements: Sequence[str]) -> Iterator[EvidenceUse]:
    for place, paper in enumerate(papers):
        yield EvidenceUse(
            municipality_id=assessment.municipality_id, evidence=paper, element=elements[place % len(elements)]
        )
