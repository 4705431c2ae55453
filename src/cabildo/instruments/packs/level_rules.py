"""What the rules of an award must satisfy beyond their schema: bands in order up to the last point, known totals."""

from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from cabildo.content import Adoptable, PackKind, Problem
from cabildo.instruments.packs import findings
from cabildo.instruments.packs.findings import Body, Found, Path, Placed


def check(body: Body) -> list[Problem]:
    """Everything wrong in the rules; empty when they may be published."""
    rules = body["rules"]
    levels = findings.items(("rules", "levels"), rules["levels"])
    return [
        *findings.repeated_ids(findings.items(("rules", "totals"), rules["totals"])),
        *findings.repeated_ids([*levels, (("rules", "none"), rules["none"])]),
        *findings.placeholders(("rules",), rules),
        *_bands(levels, sum(total["maximum"] for total in rules["totals"])),
        *(problem for path, level in levels for problem in _minimums(path, level, rules)),
    ]


def describe(body: Body) -> str:
    """One sentence: how many levels, over how many points."""
    rules = body["rules"]
    sentence = _("{levels} niveles sobre {points} puntos.")
    return sentence.format(levels=len(rules["levels"]), points=sum(total["maximum"] for total in rules["totals"]))


def _bands(levels: list[Placed], most: int) -> Found:
    for path, level in levels:
        if level["high"] < level["low"]:
            message = _("El nivel termina antes de empezar.")
            yield Problem((*path, "high"), message, _("Escriba un «high» igual o mayor que «low»."), "band_empty")
    for (_path, before), (path, level) in pairwise(levels):
        if level["low"] != before["high"] + 1:
            message = _("El nivel anterior termina en {high} y este empieza en {low}.")
            message = message.format(high=before["high"], low=level["low"])
            fix = _("Escriba «low: {expected}».").format(expected=before["high"] + 1)
            yield Problem((*path, "low"), message, fix, "bands_apart")
    path, last = levels[-1]
    if last["high"] != most:
        message = _("El último nivel termina en {high} y los subtotales suman {most}.")
        message = message.format(high=last["high"], most=most)
        yield Problem((*path, "high"), message, _("Escriba «high: {most}».").format(most=most), "bands_short")


def _minimums(path: Path, level: Body, rules: Body) -> Found:
    most = {total["id"]: total["maximum"] for total in rules["totals"]}
    for name, minimum in level["minimums"].items():
        yield from findings.known((*path, "minimums", name), name, most, _("el subtotal"))
        yield from _reachable((*path, "minimums", name), minimum, most.get(name))
    yield from _reachable(
        (*path, "each_service_minimum"), level["each_service_minimum"] or 0, rules["services"]["maximum"]
    )


def _reachable(path: Path, minimum: int, most: int | None) -> Found:
    if most is not None and minimum > most:
        message = _("El mínimo es {minimum} y el máximo posible, {most}.").format(minimum=minimum, most=most)
        yield Problem(path, message, _("Escriba {most} o menos.").format(most=most), "minimum_over_maximum")


KIND = PackKind(
    kind="level_rules",
    schema_path="schema/level_rules.json",
    check=check,
    describe=describe,
    exclusive=True,
    adoptable=Adoptable(
        title=later("Reglas de niveles de acreditación"),
        lead=later(
            "Convierten los puntos de la acreditación en un nivel. Sin adoptar ninguna, se usa la vigente más nueva."
        ),
        done=later("Los niveles de los ciclos en acreditación se calculan con ellas."),
        order=40,
    ),
)
