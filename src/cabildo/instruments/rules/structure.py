"""What of a model takes part in scoring: criteria, subcriteria with points, elements with method and weight."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from cabildo.instruments.rules.bands import Band, bands_of

PANEL_STEPS = 5
SINGLE, ATTRIBUTES = "single", "attributes"


@dataclass(frozen=True, slots=True)
class Method:
    """A scale of whole scores. With attributes each is scored and the element has their exact mean.

    `step` is what counts as one step of it: a level, or on a panel a fifth of the scale.
    """

    id: str
    minimum: int
    maximum: int
    attributes: tuple[str, ...] = ()
    attributes_optional: bool = False
    trend_level: int | None = None
    step: Fraction = Fraction(1)

    @property
    def takes_single_score(self) -> bool:
        return not self.attributes or self.attributes_optional


@dataclass(frozen=True, slots=True)
class Element:
    id: str
    method: Method
    weight: int = 1
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Subcriterion:
    id: str
    points: int
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    id: str
    subcriteria: tuple[Subcriterion, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """`allow_blank`: may be closed with elements not assessed. `allow_excluded`: optional elements may not apply."""

    criteria: tuple[Criterion, ...]
    bands: tuple[Band, ...] = ()
    allow_blank: bool = False
    allow_excluded: bool = False

    def elements(self) -> Iterator[Element]:
        for criterion in self.criteria:
            for part in criterion.subcriteria:
                yield from part.elements


def model_of(body: Mapping[str, Any], mode: str = "") -> Model:
    """The model of the completed body of an `assessment_models` pack.

    `mode` says how all of it is marked (SINGLE or ATTRIBUTES) where a method takes both ways; empty leaves both.
    """
    settings = body["model"]
    methods = {method["id"]: in_mode(_method(method), mode) for method in settings["methods"]}
    return Model(
        criteria=tuple(_criterion(item, methods) for item in in_order(body["criteria"], settings["order"])),
        bands=bands_of(settings["bands"]),
        allow_blank=settings["allow_blank"],
        allow_excluded=settings["allow_excluded"],
    )


def in_mode(method: Method, mode: str) -> Method:
    """The method with one way of marking alone; one that never took both stays as it is."""
    if not method.attributes_optional or not mode:
        return method
    return replace(method, attributes=() if mode == SINGLE else method.attributes, attributes_optional=False)


def takes_both_ways(body: Mapping[str, Any]) -> bool:
    """Does somebody have to choose between one score and one by attribute?"""
    return any(method["attributes"] and method["attribute_mode"] == "optional" for method in body["model"]["methods"])


def in_order(things: Sequence[Mapping[str, Any]], order: Sequence[str]) -> list[Mapping[str, Any]]:
    """The things as their order names them; without an order, as they come."""
    return sorted(things, key=lambda thing: order.index(thing["id"])) if order else list(things)


def _method(body: Mapping[str, Any]) -> Method:
    return Method(
        id=body["id"],
        minimum=body["minimum"],
        maximum=body["maximum"],
        attributes=tuple(attribute["id"] for attribute in body["attributes"]),
        attributes_optional=body["attribute_mode"] == "optional",
        trend_level=body["trend_level"],
        step=Fraction(1) if body.get("levels") else Fraction(body["maximum"] - body["minimum"], PANEL_STEPS),
    )


def _criterion(body: Mapping[str, Any], methods: Mapping[str, Method]) -> Criterion:
    parts = (
        Subcriterion(part["id"], part["points"], tuple(_element(element, methods) for element in part["elements"]))
        for part in body["subcriteria"]
    )
    return Criterion(body["id"], tuple(parts))


def _element(body: Mapping[str, Any], methods: Mapping[str, Method]) -> Element:
    return Element(body["id"], methods[body["method"]], body["weight"], body["is_optional"])
