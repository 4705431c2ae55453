"""Stage 3 in Puerto Claro: one filled in wholly for a cycle that went on, or one half way that began from another.

What it says is taken from the facts of the model itself, with what is particular to the commune in each subcriterion.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.core.files.base import ContentFile
from django.db import transaction

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
from cabildo.site.demo.quality_papers import pdf

OF_HERE: dict[str, str] = yaml.safe_load((Path(__file__).parent / "quality_sheets.yaml").read_text(encoding="utf-8"))
PACK = ("assessment_models", "gestion-municipal-demo")
PATTERN = (2, 3, 1, 2, 3, 2, 4, 1, 2, 3, 0, 2, 1)  # which level each element reaches, in turn
WRITTEN, AGREED = 34, 20  # half way: elements whose text was confirmed, and those of them agreed
FIRST_YEAR = 2015
SHOWN = 4  # of a later cycle, one element of so many is shown by a paper of its own besides those it brought
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
    """Half way: all assigned, half of what an earlier cycle brought confirmed, some agreed, some proposals that differ
    and are still reserved."""
    assessment = begin(cycle, today, lead)
    _assign(assessment, today, lead)
    items = items_of(assessment)
    with transaction.atomic(), audit.gathering():
        sheets_of = _sheets(assessment)
        written = [
            write_element(sheets_of[item.id], item, _later_level(place, item), today, lead, shows=place % SHOWN == 0)
            for place, item in enumerate(items[:WRITTEN])
        ]
        _propose(written[: WRITTEN - 4], lead)
        consensus.open_consensus(assessment, elements=[sheet.element for sheet in written[: AGREED + 3]], by=lead)
        for place, item in enumerate(items[:AGREED]):
            agree(written[place], _later_level(place, item), lead)
        _sum_up(assessment, items[:AGREED], lead)


def fill(cycle: Cycle, today: date, lead: User) -> Assessment:
    """Every element written, shown and agreed, every subcriterion summed up; ready to be closed."""
    assessment = begin(cycle, today, lead)
    items = items_of(assessment)
    with transaction.atomic(), audit.gathering():
        consensus.open_consensus(assessment, by=lead)
        sheets_of = _sheets(assessment)
        for place, item in enumerate(items):
            agree(write_element(sheets_of[item.id], item, level_of(place), today, lead), level_of(place), lead)
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


def _later_level(place: int, item: Item) -> int:
    """Of a later cycle: one of every three rose by one."""
    return int(min(level_of(place) + (place % 3 == 0), item.element.method.maximum))


def _sheets(assessment: Assessment) -> dict[str, Sheet]:
    """By element, with what they are shown by."""
    return {sheet.element: sheet for sheet in assessment.sheets.select_related("assessment")}


def write_element(sheet: Sheet, item: Item, level: int, today: date, lead: User, *, shows: bool = True) -> Sheet:
    """Its text, the levels up to this one, the evidence the model names if it `shows` any, for a trend its years."""
    facts = {one["level"]: one["text"] for one in item.body["levels"]}
    told = [facts[level], OF_HERE[item.part["id"]]]
    if level + 1 in facts:
        told.append(f"Para el nivel siguiente falta: {facts[level + 1]}")
    attested = {str(each): True for each in range(1, level + 1)}
    written = sheets.write_sheet(sheet, revision=sheet.revision, text="\n\n".join(told), attested=attested, by=lead)
    if level and shows:
        _show(written.assessment, item, today, lead)
    if item.element.method.trend_level is not None and level:
        _figures(written.assessment, item, level, today, lead)
    return written


def _show(assessment: Assessment, item: Item, today: date, lead: User) -> None:
    """One paper for the element; every third is shared with its neighbour, and one in ten no longer in force."""
    place = sum(map(ord, item.id))
    turn = place + (assessment.previous_id is not None)  # a later cycle shows another of those named
    named = item.body["evidence"][turn % len(item.body["evidence"])]
    issued = today - timedelta(days=40 + place % 300)
    shared = [one["id"] for one in item.part["elements"]][:2] if place % 3 == 0 else []
    told: dict[str, Any] = {
        "title": named["label"][:200],
        "kind": PAPERS.get(named["paper"], PaperKind.OTHER),
        "issued_on": issued,
        "valid_until": today - timedelta(days=5) if place % 10 == 0 else None,
        "note": "Ver la primera página.",
    }
    paper = ContentFile(pdf([named["label"], item.label, f"{issued:%d-%m-%Y}"]), name=f"{item.id}-{issued.year}.pdf")
    evidence.add_evidence(assessment, elements=sorted({item.id, *shared}), files=[paper], by=lead, **told)


def _figures(assessment: Assessment, item: Item, level: int, today: date, lead: User) -> None:
    """As many years as the level asks for; a year says the same in every cycle."""
    years = YEARS_OF_A_TREND if level >= (item.element.method.trend_level or 0) else 1
    known = (today.year - 1 - back for back in range(years))
    values = {year: Decimal(40 + sum(map(ord, item.id)) % 25 + (year - FIRST_YEAR) * 2) for year in known}
    told: dict[str, Any] = {"indicator": item.label, "unit": "%", "source": "Registro propio de la unidad"}
    evidence.write_series(assessment, element=item.id, values=values, by=lead, **told)


def _propose(written: Sequence[Sheet], lead: User) -> None:
    """Two people who mostly agree."""
    people = [lead, *User.objects.filter(email__startswith="comite@")][:2]
    for place, sheet in enumerate(written):
        for turn, person in enumerate(people):
            level = max(0, level_of(place) - (turn if place % 4 == 1 else 0))
            note = "Falta que el decreto esté vigente." if turn and place % 4 == 1 else ""
            consensus.propose(sheet, mark=Mark(level), note=note, by=person)


def agree(sheet: Sheet, level: int, lead: User) -> None:
    """The committee agrees what the list grants."""
    note = "Revisamos juntos la evidencia y vale lo que la lista otorga."
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
