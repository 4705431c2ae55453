"""What of a model takes part in scoring: criteria, subcriteria with points, elements with method and weight."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cabildo.instruments.rules.bands import Band, bands_of


@dataclass(frozen=True, slots=True)
class Method:
    """A scale of whole scores. With attributes each is scored and the element has their exact mean."""

    id: str
    minimum: int
    maximum: int
    attributes: tuple[str, ...] = ()
    attributes_optional: bool = False
    trend_level: int | None = None

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


def model_of(body: Mapping[str, Any]) -> Model:
    """The model of the completed body of an `assessment_models` pack."""
    settings = body["model"]
    methods = {method["id"]: _method(method) for method in settings["methods"]}
    return Model(
        criteria=tuple(_criterion(item, methods) for item in in_order(body["criteria"], settings["order"])),
        bands=bands_of(settings["bands"]),
        allow_blank=settings["allow_blank"],
        allow_excluded=settings["allow_excluded"],
    )


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
    )


def _criterion(body: Mapping[str, Any], methods: Mapping[str, Method]) -> Criterion:
    parts = (
        Subcriterion(part["id"], part["points"], tuple(_element(element, methods) for element in part["elements"]))
        for part in body["subcriteria"]
    )
    return Criterion(body["id"], tuple(parts))


def _element(body: Mapping[str, Any], methods: Mapping[str, Method]) -> Element:
    return Element(body["id"], methods[body["method"]], body["weight"], body["is_optional"])
