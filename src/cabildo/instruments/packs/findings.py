"""What the checkers of several kinds look for: repeated ids, bands with holes, texts that say nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabildo.content import Problem, nearest
from cabildo.kit.rounding import half_up

type Body = Mapping[str, Any]
type Path = tuple[str | int, ...]
type Found = Iterator[Problem]
type Placed = tuple[Path, Body]

FEWEST_WORDS = 8
PLACEHOLDER = re.compile(
    r"\.\.\.|…|\[[^\]]*\]|<[^>]*>|\b(?:lorem|ipsum|xxx+|tbd|todo:|por definir|por completar|pendiente de redactar)\b",
    re.IGNORECASE,
)


def items(path: Path, things: Iterable[Body]) -> list[Placed]:
    """Each thing of a list with the way to it."""
    return [((*path, index), thing) for index, thing in enumerate(things)]


def repeated_ids(placed: Iterable[Placed]) -> Found:
    seen: set[str] = set()
    for path, thing in placed:
        if thing["id"] in seen:
            message = _("El id «{id}» está repetido.").format(id=thing["id"])
            yield Problem((*path, "id"), message, _("Dé a cada elemento un id distinto."), "repeated_id")
        seen.add(thing["id"])


def known(path: Path, name: str, names: Iterable[str], what: str) -> Found:
    names = list(names)
    if name in names:
        return
    near = nearest(name, names)
    fix = _("¿Quiso decir «{name}»?").format(name=near) if near else _("Use uno de los definidos en el paquete.")
    yield Problem(path, _("No existe {what} «{name}».").format(what=what, name=name), fix, "unknown_id")


def order(path: Path, named: Sequence[str], things: Iterable[Body], what: str) -> Found:
    """An order that is given names each thing once."""
    ids = [thing["id"] for thing in things]
    for index, name in enumerate(named):
        yield from known((*path, index), name, ids, what)
        if name in named[:index]:
            message = _("«{name}» aparece dos veces en el orden.").format(name=name)
            yield Problem((*path, index), message, _("Deje una sola."), "order_repeated")
    missing = [name for name in ids if name not in named]
    if named and missing:
        message = _("El orden no nombra: {missing}.").format(missing=", ".join(missing))
        yield Problem(path, message, _("Nómbrelos todos, o deje la lista vacía."), "order_incomplete")


def result_bands(path: Path, bands: Sequence[Body]) -> Found:
    """Bands go from 0 to 1, each from where the last one ended."""
    if not bands:
        return
    yield from repeated_ids(items(path, bands))
    reached = Fraction(0)
    for place, band in items(path, bands):
        low, high = Fraction(band["from"]), Fraction(band["to"])
        if low != reached:
            message = _("El tramo empieza en {low} y debía empezar donde terminó el anterior.").format(low=band["from"])
            fix = _('Escriba «from: "{expected}"».').format(expected=shown(reached))
            yield Problem((*place, "from"), message, fix, "bands_apart")
        if high <= low:
            message = _("El tramo termina antes de empezar.")
            yield Problem((*place, "to"), message, _("Escriba un «to» mayor que «from»."), "band_empty")
        reached = high
    if reached != 1:
        message = _("El último tramo termina en {high} y debe llegar a 1.").format(high=bands[-1]["to"])
        yield Problem((*path, len(bands) - 1, "to"), message, _('Escriba «to: "1"».'), "bands_short")


def shown(ratio: Fraction) -> str:
    """As it is written in a pack: 0.4."""
    return f"{half_up(ratio, 6).normalize():f}"


def placeholders(path: Path, value: Any) -> Found:
    """Every text below `value` that was left to be written."""
    if isinstance(value, str):
        left = PLACEHOLDER.search(value)
        if left:
            message = _("El texto trae «{left}», que parece algo por escribir.").format(left=left[0])
            yield Problem(path, message, _("Escriba el texto definitivo."), "placeholder")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from placeholders((*path, key), inner)
    elif isinstance(value, Sequence):
        for index, inner in enumerate(value):
            yield from placeholders((*path, index), inner)


def too_short(path: Path, text: str, fewest: int = FEWEST_WORDS) -> Found:
    count = len(text.split())
    if count < fewest:
        words = ngettext(
            "El texto tiene {count} palabra; se esperaban {fewest} o más.",
            "El texto tiene {count} palabras; se esperaban {fewest} o más.",
            count,
        )
        message = words.format(count=count, fewest=fewest)
        yield Problem(path, message, _("Nombre el hecho que se puede comprobar."), "too_short")
