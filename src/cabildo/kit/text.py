"""Text as searches compare it."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower case, without accents (ñ becomes n), with single spaces: "  Peñalolén,  SÍ " becomes "penalolen, si"."""
    folded = _without_marks(_without_marks(text).casefold())
    return " ".join(folded.casefold().split())


def words(text: str) -> tuple[str, ...]:
    """The folded words and numbers of a text, in order, without punctuation."""
    return tuple(_WORD.findall(fold(text)))


def _without_marks(text: str) -> str:
    return "".join(
        character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character)
    )
