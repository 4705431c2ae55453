"""Do the words of a complaint name an official? Compared without accents, by whole words."""

from collections.abc import Collection

from cabildo.kit.text import words

JOINERS = frozenset({"de", "del", "la", "las", "los", "y"})
SHORTEST = 3


def name_words(full_name: str) -> tuple[str, ...]:
    """The words of a name that tell a person, in order."""
    return tuple(word for word in words(full_name) if word not in JOINERS and len(word) >= SHORTEST)


def names(full_name: str, said: Collection[str]) -> bool:
    """Two words of the name, or the only one it has: «Olga Vera» names Olga Vera Mella."""
    name = name_words(full_name)
    return bool(name) and sum(word in said for word in name) >= min(2, len(name))


def may_name(full_name: str, said: Collection[str]) -> bool:
    """A surname is enough to keep it from who bears it: «la señora Vera» may be Olga Vera Mella."""
    return names(full_name, said) or any(word in said for word in name_words(full_name)[1:])
