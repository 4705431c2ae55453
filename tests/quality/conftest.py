"""A municipality with a questionnaire of two questions, the stages that ship, and somebody who leads its cycle."""

from datetime import date
from pathlib import Path

import pytest

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.content.packs import load_directory
from cabildo.quality import actions
from cabildo.quality.models import Cycle
from conftest import make_member
from factories.questionnaires import publish_questionnaire, questionnaire

__all__ = ["publish_questionnaire", "questionnaire"]
TODAY = date(2026, 11, 23)


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
