"""What changed between two results? Only the same model compares by itself; two models, by an explicit mapping.

Without one the answer is «no comparable», whatever the names of their elements look like.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from cabildo.instruments.rules.scoring import ElementResult, Result, State


@dataclass(frozen=True, slots=True)
class Side:
    """A result and the exact version of the model it used."""

    model: str
    result: Result


@dataclass(frozen=True, slots=True)
class Change:
    """An element in both results, by ratios of its scale; None where it was blank or excluded."""

    before_id: str
    after_id: str
    before: Fraction | None
    after: Fraction | None

    @property
    def difference(self) -> Fraction | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """`total` is the change of the total ratio, only between results of one model: points of two are not alike."""

    changes: tuple[Change, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    total: Fraction | None


class MappingError(Exception):
    """A mapping that names unknown elements, or two times the same one: `code` and the elements."""

    def __init__(self, code: str, elements: tuple[str, ...]) -> None:
        super().__init__(code)
        self.code, self.elements = code, elements


def compare(before: Side, after: Side, mapping: Mapping[str, str] | None = None) -> Comparison | None:
    """The changes element by element; None is «no comparable».

    `mapping` leads from elements before to elements after; it is needed, and only used, when the models differ.
    Raises MappingError when it does not fit the two models.
    """
    was = {element.id: element for element in before.result.elements()}
    now = {element.id: element for element in after.result.elements()}
    same = before.model == after.model
    if not same and mapping is None:
        return None
    pairs = {name: name for name in was} if same else dict(mapping or {})
    _refuse_unfit(pairs, was, now)
    return Comparison(
        changes=tuple(Change(old, new, _ratio(was[old]), _ratio(now[new])) for old, new in pairs.items()),
        only_before=tuple(name for name in was if name not in pairs),
        only_after=tuple(name for name in now if name not in pairs.values()),
        total=_total(before.result, after.result) if same else None,
    )


def _refuse_unfit(pairs: Mapping[str, str], was: Mapping[str, ElementResult], now: Mapping[str, ElementResult]) -> None:
    unknown = [old for old in pairs if old not in was] + [new for new in pairs.values() if new not in now]
    if unknown:
        raise MappingError("unknown_element", tuple(unknown))
    targets = list(pairs.values())
    twice = sorted({new for new in targets if targets.count(new) > 1})
    if twice:
        raise MappingError("element_twice", tuple(twice))


def _ratio(element: ElementResult) -> Fraction | None:
    return element.ratio if element.state is State.ASSESSED else None


def _total(before: Result, after: Result) -> Fraction | None:
    if before.ratio is None or after.ratio is None:
        return None
    return after.ratio - before.ratio
