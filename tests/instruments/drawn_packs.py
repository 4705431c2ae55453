"""Small packs of the three kinds, right in form and rules, with texts that a cell could spoil."""

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from cabildo.instruments.packs.findings import PLACEHOLDER

WORDS = "uno dos tres cuatro cinco seis siete ocho"
ODD = [
    "=1+1",
    "+56 9",
    "-",
    "@x",
    "#N/A",
    "0012",
    "TRUE",
    "_x0041_",
    "_x004",
    "\r\n",
    "\t",
    " ",
    "\n",
    "\u00a0",
    "sí",
    "'",
]
odd = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
)


@st.composite
def texts(draw: Any, mark: str = "") -> str:
    """A text long enough for every rule, with odd edges; `mark` tells it from any other."""
    text = draw(odd) + f"{mark} {WORDS} " + draw(odd)
    return text if PLACEHOLDER.search(text) is None else f"{mark} {WORDS}"


def some(draw: Any, what: str, most: int, fewest: int = 1) -> list[str]:
    """Ids that sort otherwise than they are written."""
    return [f"{what}_{9 - index}" for index in range(draw(st.integers(fewest, most)))]


def header(draw: Any, kind: str) -> dict[str, Any]:
    return {
        "id": f"{kind}/sorteado",
        "kind": kind,
        "version": draw(st.integers(1, 99)),
        "title": draw(texts())[:160],
        "locale": "es-CL",
        "publisher": "Pruebas",
        "source": draw(texts()),
        "licence": "CC-BY-4.0",
        "valid_from": "2026-01-01",
        "official": draw(st.booleans()),
        "notice": draw(st.one_of(st.just(""), texts())),
        "summary": "",
        "changelog": [{"version": n, "changes": draw(texts())} for n in range(1, draw(st.integers(1, 3)))],
    }


def result_bands(draw: Any) -> list[dict[str, Any]]:
    edges = ["0", *draw(st.sampled_from([[], ["0.5"], ["0.40"], ["0.1", "0.333333"]])), "1"]
    return [
        {"id": f"tramo_{n}", "label": f"Tramo {n}", "about": draw(texts()), "from": low, "to": high}
        for n, (low, high) in enumerate(pairwise(edges))
    ]


def order(draw: Any, ids: list[str]) -> list[str]:
    return draw(st.one_of(st.just([]), st.permutations(ids)))


@st.composite
def questionnaires(draw: Any) -> dict[str, Any]:
    areas = some(draw, "ambito", 3)
    settings = {
        "minutes": draw(st.integers(1, 1440)),
        "allow_not_applicable": draw(st.booleans()),
        "order": order(draw, areas),
        "bands": result_bands(draw),
        "notice": draw(texts()),
    }
    return {
        "pack": header(draw, "questionnaires"),
        "settings": settings,
        "areas": [_area(draw, name) for name in sorted(areas)],
    }


def _area(draw: Any, name: str) -> dict[str, Any]:
    questions = [
        {
            "id": f"{name}_{number}",
            "text": draw(texts()),
            "help": draw(st.one_of(st.just(""), texts())),
            "alternatives": [
                {"id": f"a{n}", "text": draw(texts()), "points": n * 2, "is_inclusive": n > 0} for n in range(3)
            ],
        }
        for number in range(draw(st.integers(1, 2)))
    ]
    return {"id": name, "label": draw(texts()), "about": draw(texts()), "questions": questions}


@st.composite
def level_rules(draw: Any) -> dict[str, Any]:
    totals = [{"id": name, "label": draw(texts()), "maximum": 50} for name in some(draw, "total", 3)]
    most, edge = 50 * len(totals), draw(st.integers(1, 49))
    levels = [
        {
            "id": f"nivel_{low}",
            "label": draw(texts()),
            "about": draw(texts()),
            "low": low,
            "high": high,
            "minimums": {t["id"]: draw(st.integers(0, 50)) for t in totals if draw(st.booleans())},
            "each_service_minimum": draw(st.one_of(st.none(), st.integers(0, 50))),
        }
        for low, high in [(edge, edge), (edge + 1, most)]
    ]
    services = {"label": "Parte", "minimum": 0, "maximum": draw(st.sampled_from([None, 50]))}
    none = {"id": "sin_nivel", "label": draw(texts()), "about": draw(st.one_of(st.just(""), texts()))}
    rules = {"totals": totals, "services": services, "levels": levels, "none": none, "notice": draw(texts())}
    return {"pack": header(draw, "level_rules"), "rules": rules}


@st.composite
def assessment_models(draw: Any) -> dict[str, Any]:
    criteria = some(draw, "criterio", 2)
    methods = [_levelled(draw), _panelled(draw)]
    model = {
        "methods": methods,
        "allow_blank": draw(st.booleans()),
        "allow_excluded": True,
        "order": order(draw, criteria),
        "bands": result_bands(draw),
        "notice": draw(texts()),
    }
    return {
        "pack": header(draw, "assessment_models"),
        "model": model,
        "criteria": [
            {
                "id": name,
                "label": draw(texts())[:200],
                "about": draw(texts()),
                "subcriteria": [_part(draw, f"{name}_{n}") for n in range(draw(st.integers(1, 2)))],
            }
            for name in sorted(criteria)
        ],
    }


def _method(draw: Any, name: str) -> dict[str, Any]:
    attributes = [{"id": each, "label": "Uno", "about": draw(texts())} for each in some(draw, "atributo", 2, 0)]
    return {
        "id": name,
        "label": "Método",
        "about": draw(texts()),
        "minimum": 0,
        "maximum": 2,
        "levels": [],
        "bands": [],
        "attributes": attributes,
        "attribute_mode": draw(st.sampled_from(["required", "optional"])),
        "trend_level": draw(st.sampled_from([None, 2])),
    }


def _levelled(draw: Any) -> dict[str, Any]:
    return _method(draw, "niveles") | {"levels": [{"level": n, "label": f"Nivel {n}"} for n in range(3)]}


def _panelled(draw: Any) -> dict[str, Any]:
    bands = [
        {"from": low, "to": high, "label": "Tramo", "text": draw(st.one_of(st.just(""), texts()))}
        for low, high in [(0, 0), (1, 2)]
    ]
    return _method(draw, "paneles") | {"bands": bands}


def _part(draw: Any, name: str) -> dict[str, Any]:
    elements = [_element(draw, f"{name}_{n}") for n in range(draw(st.integers(1, 2)))]
    ids = [element["id"] for element in elements]
    return {
        "id": name,
        "label": draw(texts())[:200],
        "about": draw(texts()),
        "points": draw(st.integers(1, 500)),
        "methodologies": [_methodology(draw, f"{name}_m{n}", ids) for n in range(2)],
        "elements": elements,
    }


def _methodology(draw: Any, name: str, ids: list[str]) -> dict[str, Any]:
    return {
        "id": name,
        "label": "Camino",
        "about": draw(texts()),
        "steps": [f"{draw(texts())}; producto: acta" for _each in range(3)],
        "products": draw(st.lists(texts(), min_size=1, max_size=2)),
        "months": draw(st.integers(1, 24)),
        "cost": draw(st.integers(1, 5)),
        "closes": draw(st.permutations(ids)),
    }


def _element(draw: Any, name: str) -> dict[str, Any]:
    method = draw(st.sampled_from(["niveles", "paneles"]))
    levels = [{"level": n, "text": draw(texts(f"{name} {n}"))} for n in range(3)] if method == "niveles" else []
    papers = draw(st.lists(st.sampled_from(["decreto", "publicacion", "estadistica"]), min_size=2, max_size=3))
    return {
        "id": name,
        "label": "Elemento",
        "question": draw(texts()),
        "help": draw(texts()),
        "method": method,
        "weight": draw(st.integers(1, 100)),
        "is_optional": draw(st.booleans()),
        "levels": levels,
        "evidence": [{"id": f"papel_{n}", "label": f"Papel {n}", "paper": paper} for n, paper in enumerate(papers)],
    }
