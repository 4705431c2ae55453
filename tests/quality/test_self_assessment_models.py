"""Stage 3 on the models that ship: one of levels filled in wholly, and one of panels scored by attributes."""

from datetime import date
from pathlib import Path

import pytest

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.content.packs import load_directory
from cabildo.content.queries import pack_named, version_of
from cabildo.instruments.actions import consensus
from cabildo.instruments.models import Sheet
from cabildo.instruments.queries.sheets import marks, read
from cabildo.instruments.rules.scoring import State
from cabildo.quality.actions import self_assessment as actions
from cabildo.site.demo import quality_self_assessment

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
HERE = "/m/puerto-claro/mesa/calidad/1/autoevaluacion/elementos/"
PHASES = {"atributo_planificar": 60, "atributo_hacer": 50, "atributo_revisar": 40, "atributo_ajustar": 30}


@pytest.fixture
def shipped(settings):
    def load(slug: str):
        load_directory(Path(settings.CONTENT_DIR) / "assessment_models" / slug)
        return version_of(pack_named("assessment_models", slug))

    return load


def test_the_demonstration_fills_a_cycle_wholly_so_that_it_closes(cycle, counterpart, shipped, obras) -> None:
    shipped("gestion-municipal-demo")
    assessment = quality_self_assessment.fill(cycle, TODAY, counterpart)

    filled = read(assessment, TODAY)
    assert (len(filled.items), filled.result.count(State.ASSESSED), filled.blocking) == (63, 63, [])
    assert len({mark.score for mark in filled.marks.values()}) == 5
    assert not actions.close(cycle, today=TODAY, by=counterpart).is_open


def test_a_panel_is_written_proposed_and_agreed_by_attributes(
    cycle, counterpart, shipped, puerto_claro, as_user
) -> None:
    version, desk = shipped("caf-2020-demo"), as_user(counterpart)
    packs.adopt(municipality=puerto_claro, version=version, follows_updates=False, by=audit.SYSTEM)
    begun = actions.begin(cycle, mark_mode="attributes", by=counterpart)
    sheet, place = Sheet.objects.get(element="s1_1"), f"{HERE}s1_1/"

    assert "Planificar" in desk.get(place).content.decode()
    desk.post(f"{place}guardar/", {"text": "Hay misión.", "revision": 1, **PHASES})
    assert Sheet.objects.get(pk=sheet.pk).attributes["hacer"] == 50
    assert desk.post(f"{place}propuesta/", PHASES).status_code == 302
    consensus.open_consensus(begun, by=counterpart)
    some = desk.post(f"{place}consenso/", {"atributo_hacer": 50, "revision": 2})
    assert "Escriba un puntaje para cada atributo." in some.content.decode()
    desk.post(f"{place}consenso/", {**PHASES, "revision": 2})
    assert marks(begun)["s1_1"].attributes == {"planificar": 60, "hacer": 50, "revisar": 40, "ajustar": 30}
    assert "45 de 100 (Planificar: 60; Hacer: 50; Revisar: 40; Ajustar: 30)" in desk.get(place).content.decode()
