"""A small kind of pack, so that the content app is tested without any domain."""

import json
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from cabildo.content import PackKind, Problem, kinds, register_kind

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["rules"],
    "properties": {
        "rules": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["id", "days"],
                "properties": {
                    "id": {"type": "string"},
                    "days": {"type": "integer", "minimum": 1, "description": "Cuántos días, entre 1 y 30."},
                    "unit": {"enum": ["habiles", "corridos"], "default": "habiles"},
                },
            },
        },
        "chapters": {
            "type": "array",
            "default": [],
            "items": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "string"}, "text": {"type": "string"}},
            },
        },
    },
}
HEADER = """
    id: reglas/simple
    kind: reglas
    version: {version}
    title: Reglas de prueba
    locale: es-CL
    publisher: Cabildo
    source: Redacción propia
    licence: CC-BY-4.0
    valid_from: "{valid_from}"
    official: false
    """
RULES = """
    - id: uno
      days: 10
    - id: dos
      days: 20
      unit: corridos
    """


def check(body) -> list[Problem]:
    return [
        Problem(("rules", index, "days"), "Son más de 30 días.", "Escriba 30 o menos.", "too_long")
        for index, rule in enumerate(body["rules"])
        if rule["days"] > 30
    ]


@pytest.fixture
def taken_into_use() -> list[tuple[int, int]]:
    """What the kind was told: municipality and version number, in order."""
    return []


@pytest.fixture(autouse=True)
def reglas(tmp_path, taken_into_use, monkeypatch) -> PackKind:
    schema = tmp_path / "reglas.json"
    schema.write_text(json.dumps(SCHEMA), encoding="utf-8")
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kind = PackKind(
        kind="reglas",
        schema_path=schema,
        check=check,
        describe=lambda body: f"{len(body['rules'])} reglas.",
        folders={"capitulos": "chapters"},
        exclusive=True,
        adopted=lambda adopted, body: taken_into_use.append((adopted.municipality_id, adopted.version)),
    )
    register_kind(kind)
    return kind


@pytest.fixture
def write_pack(tmp_path) -> Callable[..., Path]:
    """Writes a pack's folder; keyword arguments replace its header and parts."""

    def write(*, slug="simple", version=1, valid_from="2026-01-01", rules=RULES, header=HEADER, **more) -> Path:
        folder = tmp_path / "content" / "reglas" / slug
        folder.mkdir(parents=True, exist_ok=True)
        header = dedent(header).format(version=version, valid_from=valid_from).replace("/simple", f"/{slug}")
        (folder / "pack.yaml").write_text(header, encoding="utf-8")
        (folder / "rules.yaml").write_text(dedent(rules), encoding="utf-8")
        for name, text in more.items():
            path = folder / "capitulos" / f"{name}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        return folder

    return write
