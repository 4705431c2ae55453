"""The elements of a model in their order, each with its part, its criterion and how it is scored."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cabildo.instruments.models import Assessment
from cabildo.instruments.queries.answering import instrument
from cabildo.instruments.queries.layers import model
from cabildo.instruments.rules.structure import Element, in_order

type Body = Mapping[str, Any]


@dataclass(frozen=True)
class Item:
    """An element as the model writes it. `is_levelled`: scored by levels that are attested, else on a panel.

    `is_part`: the model scores its parts, each with this element alone; the element goes by the name of its part.
    """

    criterion: Body
    part: Body
    body: Body
    element: Element
    method: Body
    is_part: bool = False

    @property
    def id(self) -> str:
        return self.element.id

    @property
    def label(self) -> str:
        label: str = (self.part if self.is_part else self.body)["label"]
        return label

    @property
    def is_levelled(self) -> bool:
        return bool(self.body["levels"])

    @property
    def attributes(self) -> list[Body]:
        """Those that are scored here, in the order of the model; none where one single score is given."""
        scored = self.element.method.attributes
        return [one for one in self.method["attributes"] if one["id"] in scored]

    def band_label(self, score: Fraction | int) -> str:
        """What the panel calls a score; empty without bands."""
        names = [band["label"] for band in self.method["bands"] if band["from"] <= score]
        return names[-1] if names else ""

    def level_label(self, level: int) -> str:
        """What the method calls a level; its number when it has no name."""
        names = {one["level"]: one["label"] for one in self.method.get("levels", ())}
        return names.get(level, str(level))


def scores_parts(body: Body) -> bool:
    """Does the model score its parts, none of which has more than one element?"""
    return all(len(part["elements"]) == 1 for criterion in body["criteria"] for part in criterion["subcriteria"])


def items_of(assessment: Assessment) -> list[Item]:
    """Every element, in the order of the model. No query once the version is read."""
    body = instrument(assessment)
    methods = {method["id"]: method for method in body["model"]["methods"]}
    by_part = scores_parts(body)
    scored = {element.id: element for element in model(assessment).elements()}
    return [
        Item(criterion, part, element, scored[element["id"]], methods[element["method"]], by_part)
        for criterion in in_order(body["criteria"], body["model"]["order"])
        for part in criterion["subcriteria"]
        for element in part["elements"]
    ]
