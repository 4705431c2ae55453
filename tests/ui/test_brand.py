import re
from pathlib import Path

import pytest

from cabildo.ui import brand

STYLES = Path(__file__).parents[2] / "frontend" / "styles" / "_tokens.scss"
STATES = ("on-time", "due-soon", "late", "stopped")


def tokens(theme: str) -> dict[str, str]:
    """The colours that the stylesheet gives one theme."""
    block = re.search(rf"@mixin {theme} \{{(.*?)\n\}}", STYLES.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    return {
        name: "#" + "".join(digit * 2 for digit in value) if len(value) == 3 else f"#{value}"
        for name, value in re.findall(r"--([\w-]+): #([0-9a-f]{3,6});", block[1])
    }


@pytest.mark.parametrize("hue", range(0, 360, 5))
def test_every_hue_gives_readable_text_in_light_and_dark(hue) -> None:
    scale = brand.scale(hue)

    for colours, surfaces in ((scale.light, brand.LIGHT_SURFACES), (scale.dark, brand.DARK_SURFACES)):
        for text in ("brand", "brand-strong"):
            assert min(brand.contrast(colours[text], one) for one in (*surfaces, colours["brand-soft"])) >= 4.5
        assert brand.contrast(colours["on-brand"], colours["brand"]) >= 4.5
        assert brand.contrast(colours["on-brand"], colours["brand-strong"]) >= 4.5
        assert brand.contrast(colours["on-brand-deep"], colours["brand-deep"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_states_and_inks_of_the_stylesheet_are_readable(theme) -> None:
    colours = tokens(theme)
    surfaces = [colours[name] for name in ("paper", "wash", "sunken")]

    for text in ("ink", "muted", "brand", "brand-strong", *STATES):
        assert min(brand.contrast(colours[text], surface) for surface in surfaces) >= 4.5
    for name in STATES:
        assert brand.contrast(colours[name], colours[f"{name}-soft"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_border_of_a_control_is_seen(theme) -> None:
    colours = tokens(theme)

    assert brand.contrast(colours["control-line"], colours["paper"]) >= 3


@pytest.mark.parametrize(("theme", "surfaces"), [("light", brand.LIGHT_SURFACES), ("dark", brand.DARK_SURFACES)])
def test_the_scale_is_checked_on_the_surfaces_the_stylesheet_has(theme, surfaces) -> None:
    colours = tokens(theme)

    assert tuple(colours[name] for name in ("paper", "wash", "sunken")) == surfaces


def test_contrast_of_black_and_white_is_21() -> None:
    assert brand.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_a_red_hue_is_toned_down_so_that_it_is_not_taken_for_an_alarm() -> None:
    def spread(colour: str) -> int:
        channels = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
        return max(channels) - min(channels)

    assert spread(brand.scale(27).light["brand"]) < spread(brand.scale(90 + 180).light["brand"])


def test_the_stylesheet_holds_only_custom_properties() -> None:
    sheet = brand.stylesheet(140)

    assert set(re.findall(r"([\w-]+):#[0-9a-f]{6}", sheet)) == {f"--{name}" for name in brand.scale(140).light}


@pytest.mark.parametrize("hue", [-1, 360])
def test_a_hue_outside_the_circle_is_refused(hue) -> None:
    with pytest.raises(ValueError, match="hue must be from 0 to 359"):
        brand.stylesheet(hue)
