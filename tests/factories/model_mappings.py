"""A second version of the model for tests, and the mapping that leads to it: one element goes on as it was, one has
other words and another id, one moved, one ended and one began."""

from collections.abc import Callable
from typing import Any

import pytest

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.content.models import PackVersion
from factories import assessment_models as models

REWORDED, MOVED, ENDED, SAME = range(4)  # places among the elements of the first version
NEW = {REWORDED: "reunion_con_actas", ENDED: "convenios_vigentes"}
MODEL = "assessment_models/de-prueba"


def before(place: int) -> str:
    return models.element_ids()[place]


def after(place: int) -> str:
    """Its id in the second version; of the one that ended, the id of the one that began in its place."""
    return NEW.get(place, before(place))


def second_body() -> dict[str, Any]:
    body = models.body(2)
    first, other = body["criteria"][0]["subcriteria"]
    words = first["elements"][REWORDED]
    words |= {"label": "Reunión directiva con actas", "question": f"{words['question']} ¿Con qué actas?"}
    for place, name in NEW.items():
        _rename(first, before(place), name)
    moved = first["elements"].pop(MOVED)
    other["elements"].append(moved)
    for methodology in first["methodologies"]:
        methodology["closes"] = [name for name in methodology["closes"] if name != moved["id"]] or [after(REWORDED)]
    other["methodologies"][0]["closes"].append(moved["id"])
    return body


def _rename(part: dict[str, Any], old: str, new: str) -> None:
    next(one for one in part["elements"] if one["id"] == old)["id"] = new
    for methodology in part["methodologies"]:
        methodology["closes"] = [new if name == old else name for name in methodology["closes"]]


def mapping(**changes: Any) -> dict[str, Any]:
    """The body of the mapping; `changes` replace what it says."""
    pairs = [
        {"before": before(REWORDED), "after": after(REWORDED), "kind": "reworded", "reason": "Pide además las actas."},
        {"before": before(MOVED), "after": after(MOVED), "kind": "moved", "reason": "Se evalúa con lo que sigue."},
        *({"before": name, "after": name, "kind": "same", "reason": ""} for name in models.element_ids()[SAME:]),
    ]
    written = {
        "before": {"model": MODEL, "version": 1},
        "after": {"model": MODEL, "version": 2},
        "pairs": pairs,
        "ended": [{"element": before(ENDED), "reason": "Lo cubre otra norma."}],
        "begun": [{"element": after(ENDED), "reason": "Lo pide la norma nueva."}],
    }
    return {"pack": header(), "mapping": written | changes}


def header() -> dict[str, Any]:
    pack = models.body()["pack"]
    named = {"id": "model_mappings/de-prueba", "kind": "model_mappings", "title": "Correspondencia de prueba"}
    return {**pack, **named, "notice": "", "summary": "", "changelog": []}


@pytest.fixture
def second_model(model) -> PackVersion:
    return packs.publish(body=second_body(), by=audit.SYSTEM).version


@pytest.fixture
def publish_mapping(second_model) -> Callable[..., PackVersion]:
    def publish(**changes: Any) -> PackVersion:
        return packs.publish(body=mapping(**changes), by=audit.SYSTEM).version

    return publish
