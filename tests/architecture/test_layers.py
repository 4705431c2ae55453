"""What import-linter cannot see: relations, includes and links that point up or sideways."""

import re
from configparser import ConfigParser
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "cabildo"
INCLUDE = re.compile(r"""{%\s*(?:include|extends)\s+["'](?P<app>[a-z_]+)/""")


def levels() -> dict[str, int]:
    """App -> height of its layer; kit is the lowest."""
    parser = ConfigParser()
    parser.read(ROOT / ".importlinter")
    lines = parser["importlinter:contract:apps"]["layers"].split("\n")
    rows = [[name.strip() for name in line.split("|")] for line in lines if line.strip()]
    return {name: len(rows) - row for row, names in enumerate(rows) for name in names}


def may_point(source: str, target: str) -> bool:
    heights = levels()
    return source == target or target not in heights or heights[target] < heights[source]


def test_every_relation_points_to_a_lower_app() -> None:
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in levels()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and not may_point(model._meta.app_label, field.related_model._meta.app_label)
    ]

    assert upward == []


def test_every_template_includes_its_own_or_a_lower_app() -> None:
    upward = [
        f"{path.relative_to(SRC)} -> {found['app']}"
        for path in SRC.glob("*/templates/**/*.html")
        for found in INCLUDE.finditer(path.read_text(encoding="utf-8"))
        if not may_point(path.relative_to(SRC).parts[0], found["app"])
    ]

    assert upward == []


def test_scopes_are_disabled_only_in_listed_files() -> None:
    allowed = {
        "accounts/queries.py",  # in which municipalities does this person hold a role
        "quality/queries/programme.py",  # which municipalities are enrolled with this agency
        "quality/queries/trainings.py",  # which municipalities it called to a training
        "quality/queries/consultancy.py",  # which municipalities a contract covers
        "quality/queries/benchmarking.py",  # which municipalities of a programme agreed to be compared
    }
    used = {
        str(path.relative_to(SRC))
        for path in SRC.rglob("*.py")
        if re.search(r"scopes_disabled\(", path.read_text(encoding="utf-8"))
    }

    assert used == allowed


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "manager"])
def test_no_module_has_a_name_that_says_nothing(name: str) -> None:
    assert list(SRC.rglob(f"{name}.py")) == []


def test_no_model_overrides_save_and_no_signal_carries_business() -> None:
    guilty = [
        str(path.relative_to(SRC))
        for path in SRC.rglob("*.py")
        if "migrations" not in path.parts
        and re.search(r"def save\(self, \*|@receiver\(", path.read_text(encoding="utf-8"))
    ]

    assert guilty == []
