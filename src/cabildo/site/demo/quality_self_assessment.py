"""Stage 3 in Puerto Claro: a self-assessment half way, or one filled in wholly for a cycle that has to go on.

What it says is taken from the facts of the model itself, so that it reads like the element it is of.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.accounts.scoping import current_municipality
from cabildo.content import actions as packs
from cabildo.content.queries import pack_named, version_of
from cabildo.instruments.actions import consensus, evidence, sheets
from cabildo.instruments.choices import PaperKind
from cabildo.instruments.models import Assessment, Sheet
from cabildo.instruments.queries.items import Item, items_of
from cabildo.instruments.rules.scoring import YEARS_OF_A_TREND, Mark
from cabildo.quality.actions import self_assessment
from cabildo.quality.models import Cycle
from cabildo.quality.queries.self_assessment import models_in_use

PACK = ("assessment_models", "gestion-municipal-demo")
PATTERN = (2, 3, 1, 2, 3, 2, 4, 1, 2, 3, 0, 2, 1)  # which level each element reaches, in turn
WRITTEN, AGREED = 40, 24  # half way: elements written, and those of them agreed
LEADING = ("social", "operaciones", "dom", "aseo", "transito", "inspeccion", "seguridad")
PAPERS = {
    "decreto": PaperKind.DECREE,
    "reglamento": PaperKind.REGULATION,
    "acta": PaperKind.MINUTES,
    "informe": PaperKind.REPORT,
    "plan": PaperKind.PLAN,
    "manual": PaperKind.PROCEDURE,
    "registro": PaperKind.RECORD,
    "estadistica": PaperKind.RECORD,
    "contrato": PaperKind.CONTRACT,
    "convenio": PaperKind.CONTRACT,
    "encuesta": PaperKind.SURVEY,
}


def write(cycle: Cycle, today: date, lead: User) -> None:
    """Half way: all assigned, most written, some agreed, some proposals that differ and are still reserved."""
    assessment = begin(cycle, today, lead)
    items = items_of(assessment)
    for place, item in enumerate(items[:WRITTEN]):
        write_element(assessment, item, level_of(place), today, lead)
    _propose(assessment, items[: WRITTEN - 4], lead)
    consensus.open_consensus(assessment, elements=[item.id for item in items[: AGREED + 3]], by=lead)
    for place, item in enumerate(items[:AGREED]):
        agree(assessment, item, level_of(place), lead)
    _sum_up(assessment, items[:AGREED], lead)


def fill(cycle: Cycle, today: date, lead: User, *, improvement: int = 0) -> Assessment:
    """Every element written, shown and agreed, every subcriterion summed up; ready to be closed.

    `improvement` raises every level by as many, up to the highest: a later cycle that did better.
    """
    assessment = begin(cycle, today, lead)
    items = items_of(assessment)
    consensus.open_consensus(assessment, by=lead)
    for place, item in enumerate(items):
        level = min(level_of(place) + improvement, item.element.method.maximum)
        write_element(assessment, item, level, today, lead)
        agree(assessment, item, level, lead)
    _sum_up(assessment, items, lead)
    return assessment


def begin(cycle: Cycle, today: date, lead: User) -> Assessment:
    """On the demonstration model, with every element assigned; one that was begun is taken as it is."""
    cycle = Cycle.objects.select_related("self_assessment").get(pk=cycle.pk)
    if cycle.self_assessment is not None:
        return cycle.self_assessment
    version = version_of(pack_named(*PACK))
    if version.pk not in {one.version_id for one in models_in_use()}:
        packs.adopt(municipality=current_municipality(), version=version, follows_updates=True, by=audit.SYSTEM)
    assessment = self_assessment.begin(cycle, version_id=version.pk, by=lead)
    _assign(assessment, today, lead)
    return assessment


def _assign(assessment: Assessment, today: date, lead: User) -> None:
    """Each criterion to a department, with the next one as help."""
    known = {one.code: one for one in Department.objects.all()}
    leading = [known[code] for code in LEADING if code in known]
    if not leading:
        return
    criteria: dict[str, list[str]] = {}
    for item in items_of(assessment):
        criteria.setdefault(item.criterion["id"], []).append(item.id)
    for place, elements in enumerate(criteria.values()):
        chosen = {"department": leading[place % len(leading)], "helpers": [leading[(place + 1) % len(leading)]]}
        sheets.assign(assessment, elements=elements, due_on=today + timedelta(days=21 + place), by=lead, **chosen)


def level_of(place: int) -> int:
    return PATTERN[place % len(PATTERN)]


def write_element(assessment: Assessment, item: Item, level: int, today: date, lead: User) -> None:
    """Its text, the levels up to this one, the evidence the model names and, for a trend, its years."""
    sheet = _sheet(assessment, item)
    facts = {one["level"]: one["text"] for one in item.body["levels"]}
    missing = f"\n\nPara el nivel siguiente falta: {facts[level + 1]}" if level + 1 in facts else ""
    attested = {str(each): True for each in range(1, level + 1)}
    sheets.write_sheet(sheet, revision=sheet.revision, text=f"{facts[level]}{missing}", attested=attested, by=lead)
    if level:
        _show(assessment, item, today, lead)
    if item.element.method.trend_level is not None and level:
        _figures(assessment, item, level, today, lead)


def _sheet(assessment: Assessment, item: Item) -> Sheet:
    found: Sheet = assessment.sheets.get(element=item.id)
    return found


def _show(assessment: Assessment, item: Item, today: date, lead: User) -> None:
    """One paper for the element; every third is shared with its neighbour, and one in ten no longer in force."""
    place = sum(map(ord, item.id))
    named = item.body["evidence"][place % len(item.body["evidence"])]
    issued = today - timedelta(days=40 + place % 300)
    shared = [one["id"] for one in item.part["elements"]][:2] if place % 3 == 0 else []
    told: dict[str, Any] = {
        "title": named["label"][:200],
        "kind": PAPERS.get(named["paper"], PaperKind.OTHER),
        "issued_on": issued,
        "valid_until": today - timedelta(days=5) if place % 10 == 0 else None,
        "note": "Ver la primera página.",
    }
    paper = ContentFile(pdf([named["label"], item.label, f"{issued:%d-%m-%Y}"]), name=f"{item.id}.pdf")
    evidence.add_evidence(assessment, elements=sorted({item.id, *shared}), files=[paper], by=lead, **told)


def _figures(assessment: Assessment, item: Item, level: int, today: date, lead: User) -> None:
    """As many years as the level asks for."""
    years = YEARS_OF_A_TREND if level >= (item.element.method.trend_level or 0) else 1
    values = {today.year - 1 - back: Decimal(52 + level * 4 - back * 3) for back in range(years)}
    told: dict[str, Any] = {"indicator": item.label, "unit": "%", "source": "Registro propio de la unidad"}
    evidence.write_series(assessment, element=item.id, values=values, by=lead, **told)


def _propose(assessment: Assessment, items: Sequence[Item], lead: User) -> None:
    """Two people who mostly agree."""
    people = [lead, *User.objects.filter(email__startswith="comite@")][:2]
    for place, item in enumerate(items):
        for turn, person in enumerate(people):
            level = max(0, level_of(place) - (turn if place % 4 == 1 else 0))
            note = "Falta que el decreto esté vigente." if turn and place % 4 == 1 else ""
            consensus.propose(_sheet(assessment, item), mark=Mark(level), note=note, by=person)


def agree(assessment: Assessment, item: Item, level: int, lead: User) -> None:
    """The committee agrees what the list grants."""
    sheet, note = _sheet(assessment, item), "Revisamos juntos la evidencia y vale lo que la lista otorga."
    consensus.agree(sheet, mark=Mark(level), note=note, revision=sheet.revision, by=lead)


def _sum_up(assessment: Assessment, items: Iterable[Item], lead: User) -> None:
    """Strengths: what reaches three or more; gaps: what does not reach it."""
    marks = {sheet.element: sheet.agreed_score or 0 for sheet in assessment.sheets.filter(agreed_at__isnull=False)}
    parts: dict[str, list[Item]] = {}
    for item in items:
        parts.setdefault(item.part["id"], []).append(item)
    for part, mine in parts.items():
        strong = [item.label for item in mine if marks.get(item.id, 0) >= YEARS_OF_A_TREND]
        weak = [item.label for item in mine if marks.get(item.id, 0) < YEARS_OF_A_TREND]
        told = {
            "strengths": _listed("Funciona y se puede mostrar: ", strong),
            "gaps": _listed("Falta avanzar en: ", weak),
        }
        sheets.write_summary(assessment, part=part, revision=0, by=lead, **told)


def _listed(words: str, labels: Sequence[str]) -> str:
    return f"{words}{'; '.join(label[0].lower() + label[1:] for label in labels)}." if labels else ""


def pdf(lines: Sequence[str]) -> bytes:
    """A page with these lines, so that what is shown opens and reads."""
    shown = ["Puerto Claro. Documento de demostración, sin valor.", *lines]
    text = " T* ".join(f"({_escaped(line)}) Tj" for line in shown)
    stream = f"BT /F1 12 Tf 18 TL 60 780 Td {text} ET".encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    return _assembled(objects)


def _escaped(line: str) -> str:
    return line[:90].replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _assembled(objects: Sequence[bytes]) -> bytes:
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return content + head + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(content))
