"""A model of two subcriteria and six elements, cut out of the demonstration model, so that marking is tested fast."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.content.models import PackVersion
from cabildo.content.validation import read_folder

DEMONSTRATION = "gestion-municipal-demo"


@cache
def _whole() -> dict[str, Any]:
    folder = Path(settings.CONTENT_DIR) / "assessment_models" / DEMONSTRATION
    body, errors = read_folder(folder, str(folder))
    assert errors == []
    return body


def body(number: int = 1) -> dict[str, Any]:
    """Leadership alone, its first two subcriteria, none of whose elements may be left out."""
    cut = deepcopy(_whole())
    criterion = next(one for one in cut["criteria"] if one["id"] == cut["model"]["order"][0])
    criterion["subcriteria"] = criterion["subcriteria"][:2]
    cut["criteria"] = [criterion]
    cut["model"]["order"] = [criterion["id"]]
    cut["pack"] |= {"id": "assessment_models/de-prueba", "version": number, "changelog": []}
    return cut


def element_ids() -> list[str]:
    """Its elements, in their order."""
    parts = body()["criteria"][0]["subcriteria"]
    return [element["id"] for part in parts for element in part["elements"]]


@pytest.fixture
def publish_model(db) -> Callable[..., PackVersion]:
    def publish(number: int = 1) -> PackVersion:
        return packs.publish(body=body(number), by=audit.SYSTEM).version

    return publish


@pytest.fixture
def model(publish_model) -> PackVersion:
    return publish_model()
