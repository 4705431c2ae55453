"""What the rules answer in codes, as Spanish sentences: what happened and what to do."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from cabildo.content import nearest
from cabildo.instruments.rules.answers import AnswerFault
from cabildo.instruments.rules.awards import Broken, PointsError
from cabildo.instruments.rules.scoring import Fault
from cabildo.kit.rounding import half_up
from cabildo.ui.spanish import SIGNS

# code -> what is wrong, how to mend it
MARKS: Mapping[str, tuple[Any, Any]] = {
    "unknown_element": (_("El modelo no tiene el elemento «{name}»."), _("Revise su id en el modelo.")),
    "out_of_scale": (
        _("El puntaje {score} de «{name}» está fuera de la escala."),
        _("Escriba un entero entre {minimum} y {maximum}."),
    ),
    "exclusion_not_allowed": (
        _("«{name}» no puede quedar como «no aplica»."),
        _("Puntúelo; sólo un elemento opcional puede no aplicar, y si el modelo lo admite."),
    ),
    "excluded_and_scored": (_("«{name}» no aplica y además tiene puntaje."), _("Deje una de las dos cosas.")),
    "two_scores": (_("«{name}» tiene un puntaje único y otros por atributo."), _("Deje una de las dos formas.")),
    "attributes_required": (
        _("«{name}» se puntúa por atributos."),
        _("Escriba un puntaje para cada uno: {attributes}."),
    ),
    "unknown_attribute": (_("El método de «{name}» no tiene el atributo «{attribute}»."), _("Use: {known}.")),
    "not_assessed": (_("«{name}» está sin evaluar y cuenta 0."), _("Evalúelo antes de cerrar.")),
    "left_blank": (
        _("«{name}» queda sin puntaje: se muestra «sin dato» y no suma puntos."),
        _("El modelo lo permite. Acuérdenlo si alguien sabe cómo está."),
    ),
    "without_evidence": (_("«{name}» tiene puntaje y ninguna evidencia."), _("Agregue al menos una evidencia.")),
    "short_trend": (
        _("El puntaje de «{name}» pide cifras de {needed} años y hay {years}."),
        _("Agregue los años que faltan o baje el puntaje."),
    ),
    "without_text": (_("«{name}» tiene puntaje y nadie escribió qué se hace."), _("Escríbalo en su ficha.")),
    "above_attested": (
        _("«{name}» tiene acordado el nivel {score} y su lista llega al {granted}."),
        _("Complete la lista o acuerden otro nivel."),
    ),
    "levels_stranded": (
        _("En «{name}» está marcado el nivel {level} y falta el {missing}: el {level} no suma."),
        _("Marque el {missing} si se cumple, o quite el {level}."),
    ),
    "evidence_expired": (
        _("«{name}» tiene evidencia que ya venció: {titles}."),
        _("Suba la vigente o corrija su fecha."),
    ),
    "without_summary": (_("«{name}» no tiene fortalezas ni brechas."), _("Escríbanlas.")),
}
ANSWERS: Mapping[str, tuple[Any, Any]] = {
    "unknown_question": (_("El cuestionario no tiene la pregunta «{name}»."), _("Revise su id en el cuestionario.")),
    "unknown_alternative": (_("«{name}» no tiene la alternativa «{alternative}»."), _("Use una de estas: {known}.")),
    "not_applicable_not_allowed": (_("Este cuestionario no admite «no aplica»."), _("Elija una alternativa.")),
}
POINTS: Mapping[str, tuple[Any, Any]] = {
    "total_missing": (_("Faltan los puntos de «{name}»."), _("Agréguelos; si no hay, escriba 0.")),
    "total_unknown": (_("Las reglas no tienen el subtotal «{name}»."), _("Use: {known}.")),
    "points_negative": (_("«{name}» tiene {points} puntos."), _("Escriba 0 o más.")),
    "points_outside": (_("«{name}» tiene {points} puntos y el máximo es {maximum}."), _("Corrija los puntos.")),
}
BROKEN: Mapping[str, Any] = {
    "total_low": _("Para el nivel {level} el total debe llegar a {minimum} puntos; llega a {points}."),
    "part_low": _("Para el nivel {level}, «{name}» debe llegar a {minimum} puntos; llega a {points}."),
    "few_services": _("Para el nivel {level} se deben presentar {minimum}; se presentaron {count}."),
    "service_low": _("Para el nivel {level}, cada servicio debe llegar a {minimum} puntos; «{name}» llega a {points}."),
}
MANY = 12  # more names than these help nobody


def of_mark(fault: Fault, label: str = "") -> tuple[str, str]:
    """What is wrong with a mark, and how to mend it; `label` is what people call the element."""
    return _both(MARKS[fault.code], label or fault.element, fault.facts)


def of_answer(fault: AnswerFault) -> tuple[str, str]:
    """What is wrong with an answer, and how to mend it."""
    return _both(ANSWERS[fault.code], fault.question, fault.facts)


def of_points(refusal: PointsError) -> tuple[str, str]:
    """What is wrong with the points given to the rules of levels, and how to mend it."""
    return _both(POINTS[refusal.code], refusal.facts["name"], refusal.facts)


def of_rule(broken: Broken) -> str:
    """The rule of a level that was not met, with its figures."""
    return str(BROKEN[broken.code]).format(level=broken.level, **_shown(broken.facts))


def of_hole(edges: tuple[int, int]) -> str:
    """The sum fell where the rules decide nothing."""
    sentence = say(
        "El total queda entre {high} y {low}, donde las reglas no dicen qué nivel corresponde; se deja el menor."
    )
    return sentence.format(high=edges[0], low=edges[1])


def number(value: Fraction) -> str:
    """A figure as Chile writes it, with the decimals it has, six at most: 99,95 is never shown as the 100 it missed."""
    exact = half_up(value, 6)
    whole = exact == exact.to_integral_value()
    return f"{half_up(value) if whole else exact.normalize():f}".translate(SIGNS)


def _both(words: tuple[Any, Any], name: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    filled = _shown({"name": name, **facts})
    known = facts.get("known", ())
    near = nearest(facts.get("attribute") or facts.get("alternative") or name, known)
    fix = say("¿Quiso decir «{name}»?").format(name=near) if near else str(words[1]).format(**filled)
    return str(words[0]).format(**filled), fix


def _shown(facts: Mapping[str, Any]) -> dict[str, str]:
    return {key: _word(value) for key, value in facts.items()}


def _word(value: Any) -> str:
    words: dict[type, Callable[[Any], str]] = {
        tuple: lambda names: ", ".join(names[:MANY]),
        Fraction: number,
    }
    return words.get(type(value), str)(value)
