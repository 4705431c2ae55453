from cabildo.instruments.models.answering import Answer, Assessment
from cabildo.instruments.models.layers import Layer, LayerMark
from cabildo.instruments.models.sheets import (
    Evidence,
    EvidenceUse,
    PartSummary,
    Proposal,
    Sheet,
    YearFigure,
)

__all__ = [
    "Answer",
    "Assessment",
    "Evidence",
    "EvidenceUse",
    "Layer",
    "LayerMark",
    "PartSummary",
    "Proposal",
    "Sheet",
    "YearFigure",
]
