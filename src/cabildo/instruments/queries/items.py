"""The elements of a model in their order, each with its part, its criterion and how it is scored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cabildo.instruments.models import Assessment
from cabildo.instruments.queries.answering import instrument
from cabildo.instruments.queries.layers import model
from cabildo.instruments.rules.structure import Element, in_order

type Body = Mapping[str, Any]


@dataclass(frozen=True)
class Item:
    """An element as the model writes it. `is_levelled`: scored by levels that are attested, else on a panel."""

    criterion: Body
    part: Body
    body: Body
    element: Element
    method: Body

    @property
    def id(self) -> str:
        return self.element.id

    @property
    def label(self) -> str:
        label: str = self.body["label"]
        return label

    @property
    def is_levelled(self) -> bool:
        return bool(self.body["levels"])

    def level_label(self, level: int) -> str:
        """What the method calls a level; its number when it has no name."""
        names = {one["level"]: one["label"] for one in self.method.get("levels", ())}
        return names.get(level, str(level))


def items_of(assessment: Assessment) -> list[Item]:
    """Every element, in the order of the model. No query once the version is read."""
    body = instrument(assessment)
    methods = {method["id"]: method for method in body["model"]["methods"]}
    scored = {element.id: element for element in model(assessment).elements()}
    return [
        Item(criterion, part, element, scored[element["id"]], methods[element["method"]])
        for criterion in in_order(body["criteria"], body["model"]["order"])
        for part in criterion["subcriteria"]
        for element in part["elements"]
    ]
