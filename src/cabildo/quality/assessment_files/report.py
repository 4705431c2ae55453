"""The result of a file in lines for a person. Figures come already rounded; only their comma is put here."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cabildo.ui import spanish

type Json = Mapping[str, Any]


def lines(result: Json) -> Iterator[str]:
    """What is told on the terminal, notice first: nobody should read a figure without it."""
    yield from filter(None, [result["title"], _instrument(result["pack"]), result["notice"].strip()])
    for layer in result["layers"]:
        yield ""
        yield from _layer(layer)
    yield from _apart(result)
    if result["questionnaire"]:
        yield from _questionnaire(result["questionnaire"])
    if result["award"]:
        yield from _award(result["award"])


def _instrument(pack: Json | None) -> str:
    return _("Con {id}, versión {version}: {title}.").format(**pack) if pack else ""


def _layer(layer: Json) -> Iterator[str]:
    yield _row("", layer["label"].upper(), layer)
    for criterion in layer["criteria"]:
        yield _row("  ", criterion["label"], criterion)
        for part in criterion["subcriteria"]:
            yield _row("    ", part["label"], part)
    if layer["band"]:
        yield _("Tramo: {label}.").format(label=layer["band"]["label"])
    if layer["excluded"]:
        yield _("Elementos que no aplican: {count}; salen de los puntos y del máximo.").format(count=layer["excluded"])


def _apart(result: Json) -> Iterator[str]:
    """The layers side by side, and how they agree."""
    labels = {layer["id"]: layer["label"] for layer in result["layers"]}
    for agreed in result["agreements"]:
        sentence = _(
            "{first} y {second}, {pairs} pares: {exact} % iguales, {near} % a un punto, sesgo {bias}, kappa {kappa}."
        )
        yield ""
        yield sentence.format(
            first=labels[agreed["first"]],
            second=labels[agreed["second"]],
            pairs=agreed["pairs"],
            exact=_number(agreed["exact_percent"]),
            near=_number(agreed["within_one_percent"]),
            bias=_number(agreed["bias"]),
            kappa=_number(agreed["kappa"]),
        )


def _questionnaire(found: Json) -> Iterator[str]:
    yield ""
    yield _row("", _("TOTAL"), found)
    for area in found["areas"]:
        yield _row("  ", area["label"], area)
    missing = [name for area in found["areas"] for name in area["missing"]]
    if missing:
        sentence = _("Sin responder, y cuentan 0: {count} ({names}).")
        yield sentence.format(count=len(missing), names=_names(missing))
    if found["band"]:
        label = found["band"]["label"]
        yield (_("Tramo: {label}.") if found["is_complete"] else _("Tramo hasta ahora: {label}.")).format(label=label)


def _award(found: Json) -> Iterator[str]:
    yield ""
    sentence = _("{level}: {points} puntos de {maximum}.")
    yield sentence.format(
        level=found["level"]["label"], points=_number(found["points"]), maximum=_number(found["maximum"])
    )
    yield from found["unmet"]
    if found["note"]:
        yield found["note"]


def _row(margin: str, label: str, figure: Json) -> str:
    share = _("sin dato") if figure["percent"] is None else f"{_number(figure['percent'])} %"
    points = _("{points} de {maximum}").format(points=_number(figure["points"]), maximum=_number(figure["maximum"]))
    return f"{margin + label:<62.62} {share:>9}  {points}"


def _names(names: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else _("{shown} y {more} más").format(shown=shown, more=len(names) - most)


def _number(value: float | None) -> str:
    return _("sin dato") if value is None else str(value).translate(spanish.SIGNS)
