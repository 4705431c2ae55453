"""Which subjects do the words of a neighbour speak of? Words are compared by their stem, and those that say nothing
are left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cabildo.kit import text as texts

SHOWN = 8
IN_LABEL, IN_KEYWORDS, IN_HELP = 6, 4, 1
SHORTEST_STEM = 3
SHORTEST_ROOT = 4
# articles, pronouns, verbs of asking, courtesies and words of any place: they are in every sentence and name no subject
SILENT = """
    a ahi ahora al algo alguien aqui asi aun ayuda ayudar ayuden bien buen buenas buenos cada calle casa casi
    como con contra cosa cual cuando cuanta cuantas cuanto cuantos da dan de debe deben decir del desde despues
    dia dias dice dicen donde dos el ella ellos en entre era es esa ese eso esta estaba estan estar este esto
    estoy favor frente fue gracias ha habia hace hacen hacer hacia han hasta hay haya hola hoy ir la lado las le
    les lo los lugar mas me mi mis mucha muchas mucho muchos muy nada nadie necesita necesitamos necesitan
    necesito ni no nos nosotros nuestra nuestro nueva nuevo o ocupo otra otro para pasa pasaje pedir pero pido
    poco poder podria por porque puede pueden puedo pues que queremos querer querria quien quiere quieren quiero
    quisiera saber se sea senor senora ser si siempre sin sobre solicitar solicito solo son soy su sus tambien
    tan tanto tener tengo ti tiene tienen toda todas todo todos tras tu tus tuve un una unas uno unos usted va
    van varios vecina vecino vecinos ver vez vivo voy y ya yo
"""
SAY_NOTHING = frozenset(SILENT.split())
ENDINGS = ("amiento", "imiento", "acion", "icion", "ando", "iendo", "aron", "ieron", "an", "ado", "ada", "ido", "ida")
INFINITIVES = ("ar", "er", "ir")


@dataclass(frozen=True)
class Described:
    """The words of one subject, as its tree gives them."""

    label: str
    keywords: Sequence[str] = ()
    help: str = ""


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The root of a folded word, the same for one and many, for «apagado», «apagada» and «apagar»."""
    root = _singular(word)
    for ending in ENDINGS:
        if root.endswith(ending) and len(root) - len(ending) >= SHORTEST_ROOT:
            return root.removesuffix(ending)
    for ending in INFINITIVES:
        if root.endswith(ending) and len(root) - len(ending) >= SHORTEST_STEM:
            return root.removesuffix(ending)
    return root[:-1] if root[-1] in "aeo" and len(root) > SHORTEST_STEM else root


def _singular(word: str) -> str:
    if word.endswith("ces") and len(word) > SHORTEST_ROOT:
        return word.removesuffix("ces") + "z"
    if word.endswith("es") and len(word) > SHORTEST_ROOT + 1 and word[-3] not in "aeiou":
        return word.removesuffix("es")
    return word.removesuffix("s") if len(word) > SHORTEST_STEM else word


def telling(text: str) -> frozenset[str]:
    """The folded words of a text that say something; all of them where none does."""
    said = frozenset(word for word in texts.words(text) if len(word) > 1)
    return said - SAY_NOTHING or said


def best[Key](query: str, subjects: Mapping[Key, Described]) -> list[Key]:
    """The subjects that the words speak of, at most `SHOWN`: those that more words name first, then where they do, and
    then those whose words fewer subjects share. None when no word is of any of them.
    """
    asked = telling(query)
    found = {key: _weights(asked, described) for key, described in subjects.items()}
    shared = {word: sum(word in weights for weights in found.values()) for word in asked}
    ranked = {key: _rank(weights, shared) for key, weights in found.items() if weights}
    most = max((rank[0] for rank in ranked.values()), default=0)
    enough = {key: rank for key, rank in ranked.items() if rank[0] * 2 >= most}
    return sorted(enough, key=lambda key: enough[key], reverse=True)[:SHOWN]


def _weights(asked: frozenset[str], described: Described) -> dict[str, int]:
    """Of each asked word that the subject has, the weight of the best place where it stands; the very word adds one."""
    weights: dict[str, int] = {}
    for weight, there in (
        (IN_HELP, [described.help]),
        (IN_KEYWORDS, described.keywords),
        (IN_LABEL, [described.label]),
    ):
        words = frozenset[str]().union(*map(telling, there))
        roots = frozenset(map(stem, words))
        weights |= {word: weight + (word in words) for word in asked if stem(word) in roots}
    return weights


def _rank(weights: Mapping[str, int], shared: Mapping[str, int]) -> tuple[int, int, float]:
    return len(weights), sum(weights.values()), sum(1 / shared[word] for word in weights)
