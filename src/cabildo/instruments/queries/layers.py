"""Named questions about layers of scores: the one in force of each party, its marks, and what they obtain."""

from django.db.models import QuerySet

from cabildo.instruments.models import Assessment, Layer
from cabildo.instruments.queries.answering import instrument
from cabildo.instruments.rules import scoring
from cabildo.instruments.rules.layers import Reason, digest
from cabildo.instruments.rules.structure import Model, model_of


def model(assessment: Assessment) -> Model:
    """What of the pinned version is scored, and in which of its ways."""
    return model_of(instrument(assessment), assessment.mark_mode)


def layers_of(assessment: Assessment) -> QuerySet[Layer]:
    """All of them, corrected ones too, in the order in which they were sealed."""
    return Layer.objects.filter(assessment=assessment).select_related("sealed_by").order_by("sealed_at", "pk")


def latest(assessment: Assessment, party: str) -> Layer | None:
    """The layer of this party that no other corrects. One query."""
    return layers_of(assessment).filter(party=party, next=None).first()


def latest_by_party(assessment: Assessment) -> dict[str, Layer]:
    """Party → its layer in force, in the order in which they were sealed. One query."""
    return {layer.party: layer for layer in layers_of(assessment).filter(next=None)}


def marks_of(layer: Layer) -> dict[str, scoring.Mark]:
    """Element → mark, as the rules take them. One query."""
    rows = layer.marks.values_list("element", "score", "attributes", "is_excluded")
    return {name: scoring.Mark(score, attributes, is_excluded) for name, score, attributes, is_excluded in rows}


def reasons_of(layer: Layer) -> dict[str, Reason]:
    """Element → why its mark is what it is; only those that say so. One query."""
    rows = layer.marks.exclude(reason_code="").values_list("element", "reason_code", "reason")
    return {name: Reason(code, text) for name, code, text in rows}


def scored(layer: Layer) -> scoring.Result:
    """What it obtains in the version it pins, exact. One query beyond the body of the version."""
    return scoring.score(model(layer.assessment), marks_of(layer))


def is_intact(layer: Layer) -> bool:
    """Do its marks and reasons still give the hash that it was sealed with? Two queries."""
    return digest(marks_of(layer), reasons_of(layer)) == layer.sha256
