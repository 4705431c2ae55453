"""What a pack of indicators must satisfy beyond its schema. Pure functions over the completed body."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cabildo.content import PackKind, Problem

type Body = Mapping[str, Any]


def check(body: Body) -> list[Problem]:
    """Everything wrong in the definitions; empty when they may be published."""
    return [problem for place, one in enumerate(body["indicators"]) for problem in _of(body, place, one)]


def _of(body: Body, place: int, one: Body) -> Iterator[Problem]:
    path = ("indicators", place)
    if any(other["id"] == one["id"] for other in body["indicators"][:place]):
        message = _("El id «{id}» está repetido.").format(id=one["id"])
        yield Problem((*path, "id"), message, _("Dé a cada indicador un id distinto."), "repeated_id")
    if (one["direction"] == "band") != (one["band"] is not None):
        message = _("«direction: band» y «band» van juntos.")
        yield Problem((*path, "band"), message, _("Escriba «band» con «low» y «high», o quítelo."), "band")
    if one["band"] and one["band"]["high"] < one["band"]["low"]:
        message = _("«high» es menor que «low».")
        yield Problem((*path, "band", "high"), message, _("Ponga primero el menor."), "band_reversed")
    if bool(one["numerator"]) != bool(one["denominator"]):
        message = _("Un indicador que se cuenta necesita numerador y denominador.")
        yield Problem(path, message, _("Escriba los dos, o ninguno."), "half_counted")


def describe(body: Body) -> str:
    """One sentence: how many indicators."""
    return _("{count} indicadores.").format(count=len(body["indicators"]))


KIND = PackKind("indicators", "schema/indicators.json", check, describe)
