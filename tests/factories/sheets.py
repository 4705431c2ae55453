"""A model with practices and results, its first result optional, and sheets of it to fill in."""

from copy import deepcopy
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.content.models import PackVersion
from factories import assessment_models

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"


def body() -> dict[str, Any]:
    """Leadership's first subcriterion and the first of the results."""
    cut = assessment_models.body()
    results = deepcopy(next(one for one in assessment_models._whole()["criteria"] if one["id"] == "resultados"))
    results["subcriteria"] = results["subcriteria"][:1]
    results["subcriteria"][0]["elements"][0]["is_optional"] = True
    cut["criteria"][0]["subcriteria"] = cut["criteria"][0]["subcriteria"][:1]
    cut["criteria"].append(results)
    cut["model"]["order"] = [one["id"] for one in cut["criteria"]]
    cut["pack"] |= {"id": "assessment_models/de-prueba-con-resultados"}
    return cut


def elements(place: int) -> list[str]:
    """The elements of the first criterion (0, practices) or of the second (1, results)."""
    return [element["id"] for element in body()["criteria"][place]["subcriteria"][0]["elements"]]


def parts() -> list[str]:
    return [criterion["subcriteria"][0]["id"] for criterion in body()["criteria"]]


def paper(name: str = "decreto.pdf", mark: str = "") -> SimpleUploadedFile:
    """A PDF; another `mark` makes it another file."""
    return SimpleUploadedFile(name, PDF.replace(b"trailer", b"%" + mark.encode() + b"\ntrailer"))


@pytest.fixture
def wide_model(db) -> PackVersion:
    return packs.publish(body=body(), by=audit.SYSTEM).version
