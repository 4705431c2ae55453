"""The worked example of the rules: three criteria, 200 points, 38.7 % by one layer and 31.5 % by the other."""

from cabildo.instruments.rules.scoring import Layer, Mark
from cabildo.instruments.rules.structure import Criterion, Element, Method, Model, Subcriterion

METHOD = Method("nivel", 0, 5)
NOT_APPLICABLE = "no aplica"
# criterion, subcriterion, points, (first layer, second layer, weight)
TABLE = [
    ("c1", "s11", 40, [(3, 2, 1), (2, 2, 1), (4, 3, 1)]),
    ("c1", "s12", 60, [(1, 1, 1), (2, 1, 1), (0, 0, 1), (3, 3, 1)]),
    ("c2", "s21", 30, [(2, 2, 1), (2, 1, 1)]),
    ("c2", "s22", 30, [(5, 4, 1), (NOT_APPLICABLE, NOT_APPLICABLE, 1), (1, 1, 1)]),
    ("c3", "s31", 40, [(1, 1, 2), (0, 0, 1)]),
]


def model() -> Model:
    names = sorted({criterion for criterion, *_rest in TABLE})
    return Model(tuple(Criterion(name, _parts(name)) for name in names), allow_excluded=True)


def _parts(criterion: str) -> tuple[Subcriterion, ...]:
    rows = [row for row in TABLE if row[0] == criterion]
    return tuple(Subcriterion(name, points, _elements(name, cells)) for _criterion, name, points, cells in rows)


def _elements(part: str, cells: list) -> tuple[Element, ...]:
    return tuple(
        Element(f"{part}_{index}", METHOD, weight, is_optional=first == NOT_APPLICABLE)
        for index, (first, _second, weight) in enumerate(cells)
    )


def declared() -> Layer:
    return _layer(0)


def validated() -> Layer:
    return _layer(1)


def pairs() -> list[tuple[int, int]]:
    """What both layers say of each element that applies."""
    cells = (cell for *_rest, cells in TABLE for cell in cells)
    return [(first, second) for first, second, _weight in cells if first != NOT_APPLICABLE]


def _layer(column: int) -> Layer:
    return {
        f"{part}_{index}": Mark(is_excluded=True) if cell[column] == NOT_APPLICABLE else Mark(cell[column])
        for _criterion, part, _points, cells in TABLE
        for index, cell in enumerate(cells)
    }
