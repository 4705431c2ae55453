"""The guides of the staff name what the screens say, and answer the same questions."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STAFF = (
    "atender-y-buscar",
    "buzon-de-correo",
    "calidad-autoevaluacion",
    "calidad-diagnostico",
    "calidad-implementar-y-nuevo-ciclo",
    "calidad-ingreso-y-comite",
    "calidad-plan-de-mejoras",
    "calidad-programa-nacional",
    "calidad-validar",
    "derechos-datos",
    "moderar",
    "planes",
    "procesos",
    "protocolos",
    "reuniones-y-actas",
    "rezago",
    "solicitudes-internas",
    "subrogar",
    "unir-y-separar",
)
BOLD = re.compile(r"\*\*(.+?)\*\*", re.S)
QUOTED = re.compile(r"^\| «(.+?)»", re.M)
SECTIONS = ["## Quién puede", "## Qué ve", "## Cuando algo"]
FILLED_IN = re.compile(r"\{\{.*?\}\}|\{\w+\}|%\(\w+\)s|%s|…|\d+")


def words(text: str) -> str:
    """Words alone: what is filled in, signs and line ends may differ."""
    return " ".join(re.findall(r"\w+", FILLED_IN.sub(" ", text).casefold()))


@pytest.fixture(scope="module")
def screens() -> str:
    sources = [path for path in (ROOT / "src" / "cabildo").rglob("*") if path.suffix in {".py", ".html"}]
    return f" {words(' '.join(path.read_text('utf-8') for path in sources))} "


def guide(name: str) -> str:
    return (ROOT / "docs" / "how-to" / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize("name", STAFF)
def test_what_a_guide_writes_in_bold_is_on_a_screen(screens, name: str) -> None:
    missing = [said for said in BOLD.findall(guide(name)) if f" {words(said)} " not in screens]

    assert missing == []


@pytest.mark.parametrize("name", STAFF)
def test_a_refusal_that_a_guide_explains_is_one_that_is_given(screens, name: str) -> None:
    pieces = [piece for said in QUOTED.findall(guide(name)) for piece in re.split(r"…|\d+", said)]
    missing = [piece for piece in pieces if f" {words(piece)} ".rstrip() not in screens]

    assert missing == []


@pytest.mark.parametrize("name", STAFF)
def test_a_guide_says_who_may_what_the_neighbour_sees_and_what_can_go_wrong(name: str) -> None:
    found = [line for line in guide(name).splitlines() if line.startswith("## ")]

    assert [section for section in SECTIONS if not any(line.startswith(section) for line in found)] == []
