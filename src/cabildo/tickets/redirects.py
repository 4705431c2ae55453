"""What belongs to another regime (Ley 20.285, lobby, personal data) is recognised and sent to its door."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cabildo.accounts.scoping import current_municipality
from cabildo.content import queries as packs
from cabildo.kit import text as texts


def recognised(text: str) -> list[Mapping[str, Any]]:
    """The regimes whose keywords appear in the text, as the adopted tree describes them."""
    folded = texts.fold(text)
    if not folded:
        return []
    in_use = packs.bodies_in_use(current_municipality().pk, "tickets")
    described = [item for body in in_use for item in body["redirects"]]
    return [item for item in described if any(word in folded for word in _folded(item["keywords"]))]


@lru_cache(maxsize=256)
def _folded(keywords: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(texts.fold(word) for word in keywords)
