"""A model of panels, cut out of the CAF demonstration: two subcriteria of what is done and two of what is achieved."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.content.models import PackVersion
from cabildo.content.validation import read_folder
from cabildo.instruments.actions import consensus, evidence, sheets
from cabildo.instruments.models import Assessment
from cabildo.instruments.rules.scoring import Mark
from cabildo.quality.actions import self_assessment
from cabildo.quality.models import Cycle
from factories.sheets import paper

TODAY = date(2026, 11, 23)
SINGLE, ATTRIBUTES = "single", "attributes"
CLAIM = "Basado en CAF 2020 (EIPA), no oficial"
FIRST, SECOND, THIRD, BLANK = "s1_1", "s1_2", "s6_1", "s6_2"  # the last is left without a score
REFERENCE = {"planificar": 60, "hacer": 50, "revisar": 30, "ajustar": 20}  # its mean is 40 (reference §8)
MARKS = {
    SINGLE: {FIRST: Mark(40), SECOND: Mark(15), THIRD: Mark(41)},
    ATTRIBUTES: {
        FIRST: Mark(attributes=REFERENCE),
        SECOND: Mark(attributes={"planificar": 30, "hacer": 20, "revisar": 10, "ajustar": 0}),
        THIRD: Mark(attributes={"tendencia": 41, "metas": 40}),
    },
}


@cache
def _whole() -> dict[str, Any]:
    folder = Path(settings.CONTENT_DIR) / "assessment_models" / "caf-2020-demo"
    body, errors = read_folder(folder, str(folder))
    assert errors == []
    return body


def body() -> dict[str, Any]:
    cut = deepcopy(_whole())
    cut["criteria"] = [one for one in cut["criteria"] if one["id"] in {"c1_liderazgo", "c6_resultados_usuarios"}]
    for criterion in cut["criteria"]:
        criterion["subcriteria"] = criterion["subcriteria"][:2]
    cut["model"]["order"] = [one["id"] for one in cut["criteria"]]
    cut["pack"] |= {"id": "assessment_models/caf-de-prueba", "changelog": []}
    return cut


@pytest.fixture
def caf(puerto_claro) -> PackVersion:
    """Adopted by the municipality."""
    version = packs.publish(body=body(), by=audit.SYSTEM).version
    packs.adopt(municipality=puerto_claro, version=version, follows_updates=False, by=audit.SYSTEM)
    return version


@pytest.fixture
def begin(cycle, caf, counterpart) -> Callable[[str], Assessment]:
    return lambda mode: self_assessment.begin(cycle, mark_mode=mode, by=counterpart)


@pytest.fixture
def agree(begin, cycle, counterpart) -> Callable[[str], Cycle]:
    """Every element but the last with its text, its paper and its agreed mark; the series of the result; closed."""

    def agree(mode: str) -> Cycle:
        assessment = begin(mode)
        consensus.open_consensus(assessment, by=counterpart)
        told = {"title": "Decreto 1", "kind": "decree", "files": [paper()], "by": counterpart}
        evidence.add_evidence(assessment, elements=list(MARKS[mode]), **told)
        years = {"indicator": "Encuesta", "unit": "puntos", "source": "Encuesta anual", "evidence": None}
        values = {2023: 50, 2024: 55, 2025: 60}
        evidence.write_series(assessment, element=THIRD, values=values, by=counterpart, **years)
        for name, mark in MARKS[mode].items():
            sheet = assessment.sheets.get(element=name)
            sheet = sheets.write_sheet(sheet, revision=1, text="Se hace en todas las unidades.", by=counterpart)
            consensus.agree(sheet, mark=mark, revision=2, by=counterpart)
        return Cycle.objects.select_related("self_assessment__version__pack").get(pk=cycle.pk)

    return agree
