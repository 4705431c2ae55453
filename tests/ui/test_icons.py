"""A screen can only ask for an icon that the sprite has."""

import json
import re
from pathlib import Path

from cabildo.ui import navigation

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "cabildo"
ASKED = re.compile(r"""(?:{% icon |icon=|icon_name=)["']([a-z0-9-]+)["']""")
SPRITE = set(json.loads((ROOT / "frontend" / "icons.json").read_text(encoding="utf-8")))


def test_every_icon_that_a_template_or_module_names_is_in_the_sprite() -> None:
    sources = [path for pattern in ("*.html", "*.py") for path in SRC.rglob(pattern)]
    asked = {name for path in sources for name in ASKED.findall(path.read_text(encoding="utf-8"))}

    assert asked - SPRITE == set()


def test_every_icon_of_the_navigation_is_in_the_sprite() -> None:
    assert {entry.icon for entry in navigation.entries()} - SPRITE == set()


def test_the_list_of_icons_is_sorted_without_repeats() -> None:
    names = json.loads((ROOT / "frontend" / "icons.json").read_text(encoding="utf-8"))

    assert names == sorted(set(names))
