"""Which element of one version of a model stands for which of another, as somebody wrote it down and published it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any


class PairKind(StrEnum):
    """What became of an element that goes on."""

    SAME = "same"
    REWORDED = "reworded"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Pair:
    """An element before and the one that stands for it after; `reason` says why, unless both say the same."""

    before: str
    after: str
    kind: PairKind = PairKind.SAME
    reason: str = ""


@dataclass(frozen=True)
class ElementMapping:
    """Every element of both versions: paired, ended or begun, each of the last two with its reason."""

    pairs: tuple[Pair, ...]
    ended: Mapping[str, str]
    begun: Mapping[str, str]

    @cached_property
    def targets(self) -> dict[str, str]:
        """Element before -> element after."""
        return {pair.before: pair.after for pair in self.pairs}

    @cached_property
    def by_before(self) -> dict[str, Pair]:
        return {pair.before: pair for pair in self.pairs}


def mapping_of(body: Mapping[str, Any]) -> ElementMapping:
    """The mapping in the completed body of a `model_mappings` pack."""
    written = body["mapping"]
    return ElementMapping(
        pairs=tuple(
            Pair(pair["before"], pair["after"], PairKind(pair["kind"]), pair["reason"]) for pair in written["pairs"]
        ),
        ended={one["element"]: one["reason"] for one in written["ended"]},
        begun={one["element"]: one["reason"] for one in written["begun"]},
    )
