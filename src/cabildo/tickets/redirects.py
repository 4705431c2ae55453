"""What belongs to another regime (Ley 20.285, lobby, personal data) is recognised and sent to its door."""

from collections.abc import Mapping
from typing import Any

from cabildo.accounts.scoping import current_municipality
from cabildo.content import queries as packs
from cabildo.kit import text as texts


def recognised(text: str) -> list[Mapping[str, Any]]:
    """The regimes whose keywords appear in the text, as the adopted tree describes them."""
    folded = texts.fold(text)
    if not folded:
        return []
    return [item for item in _all() if any(texts.fold(word) in folded for word in item["keywords"])]


def _all() -> list[Mapping[str, Any]]:
    adopted = packs.adopted(current_municipality().pk, "tickets")
    return [item for one in adopted for item in packs.body(one)["redirects"]]
