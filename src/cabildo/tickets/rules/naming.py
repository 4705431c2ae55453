"""Do the words of a complaint name an official, or say a post or a unit? Compared without accents, by whole words."""

from collections.abc import Collection, Sequence

from cabildo.kit.text import words

JOINERS = frozenset({"de", "del", "la", "las", "los", "y"})
SHORTEST = 3
ENDINGS = ("esas", "esa", "as", "es", "os", "a", "e", "o", "s")  # la directora, el director; la alcaldesa, el alcalde


def _root(word: str) -> str:
    ending = next((one for one in ENDINGS if word.endswith(one) and len(word) - len(one) >= SHORTEST), "")
    return word.removesuffix(ending)


# what many units are called, or what any complaint says: alone it tells none of them
ANY_UNIT = frozenset(
    _root(word)
    for word in (
        "area", "atencion", "comunal", "departamento", "direccion", "informacion", "jefatura", "municipal",
        "municipalidad", "oficina", "persona", "publica", "reclamo", "seccion", "servicio", "subdireccion",
        "sugerencia", "unidad",
    )
)  # fmt: skip


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


def telling_words(text: str) -> tuple[str, ...]:
    """The words that tell a post or a unit, in order, the same of a woman, of a man and of several."""
    roots = (_root(word) for word in name_words(text))
    return tuple(root for root in roots if root not in ANY_UNIT)


def says_post(post: str, said: Sequence[str]) -> bool:
    """Its first two telling words one after the other, or the only one; `said` are telling words too.

    «El director de la Dirección de Control» says the post «Directora de Control».
    """
    wanted = telling_words(post)[:2]
    return bool(wanted) and any(tuple(said[at : at + len(wanted)]) == wanted for at in range(len(said)))


def says_unit(unit: str, said: Collection[str]) -> bool:
    """Any word that tells it: «alguien de Tránsito» says the unit «Tránsito y Transporte Público»."""
    return any(word in said for word in telling_words(unit))
