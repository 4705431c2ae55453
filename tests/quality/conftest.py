"""A municipality with a questionnaire of two questions, the stages that ship, and somebody who leads its cycle."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.content.packs import load_directory
from cabildo.quality import actions
from cabildo.quality.actions.committee import appoint_committee
from cabildo.quality.actions.counterparts import name_counterpart
from cabildo.quality.models import Cycle
from conftest import make_member
from factories.questionnaires import publish_questionnaire, questionnaire

__all__ = ["publish_questionnaire", "questionnaire"]
TODAY = date(2026, 11, 23)
DECREED_ON = date(2026, 11, 2)
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"


@pytest.fixture
def process(db, settings) -> None:
    """The stages that ship, as they are."""
    load_directory(Path(settings.CONTENT_DIR) / "processes" / "mejoramiento-progresivo")


@pytest.fixture
def adopted(questionnaire, puerto_claro, process):
    packs.adopt(municipality=puerto_claro, version=questionnaire, follows_updates=True, by=audit.SYSTEM)
    return questionnaire


@pytest.fixture
def counterpart(puerto_claro):
    return make_member("Pía Lara", puerto_claro, "quality_counterpart")


@pytest.fixture
def cycle(adopted, counterpart) -> Cycle:
    return actions.begin(today=TODAY, by=counterpart)


@pytest.fixture
def counterparts(cycle, counterpart, puerto_claro):
    """Both, named before the committee."""
    second = make_member("Raúl Vega", puerto_claro, "quality_committee")
    for user in (counterpart, second):
        named = {"act": "Oficio N° 45", "named_on": TODAY, "today": TODAY, "by": counterpart}
        name_counterpart(cycle, user=user, **named)
    return counterpart, second


@pytest.fixture
def committee(cycle, counterparts, alcaldesa):
    """Appointed by decree, with nobody but those who must sit in it."""
    lead, _second = counterparts
    paper = SimpleUploadedFile("decreto.pdf", PDF)
    return appoint_committee(cycle, number="1.234", on=DECREED_ON, secretary=lead, today=TODAY, by=lead, paper=paper)
