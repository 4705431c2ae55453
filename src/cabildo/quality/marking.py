"""Marks and figures of agreement in words, for page and paper."""

from fractions import Fraction

from django.utils.translation import gettext as _

from cabildo.instruments.queries.items import Item
from cabildo.instruments.rules.agreement import Agreement
from cabildo.instruments.rules.layers import Reason
from cabildo.instruments.rules.scoring import Mark
from cabildo.kit.rounding import half_up
from cabildo.quality.choices import ChangeReason
from cabildo.quality.shown.self_assessment import mark_words as as_words
from cabildo.ui import spanish


def mark_words(item: Item, mark: Mark | None) -> str:
    """As the self-assessment says it; a mark that nobody gave is «sin dato», not zero."""
    return spanish.NO_DATA if mark is None else as_words(item, mark)


def reason_words(reason: Reason | None) -> str:
    """The code as people read it, and the explanation."""
    if reason is None:
        return ""
    return f"{ChangeReason(reason.code).label}: {reason.text}"


def agreement_facts(found: Agreement | None) -> list[tuple[str, str]]:
    """Every figure with the elements it is of; «sin dato» when nothing was scored in both layers."""
    if found is None:
        return [(_("Puntajes comparados"), spanish.NO_DATA)]
    return [
        (_("Puntajes comparados"), spanish.number(found.pairs)),
        (_("Iguales"), spanish.share(int(found.exact.points), found.pairs)),
        (_near(found.step), spanish.share(int(found.within_one.points), found.pairs)),
        (_("Cambio medio (validado menos declarado)"), spanish.number(half_up(found.bias, 2))),
        (_("Cambio mayor"), spanish.number(half_up(found.largest, 2))),
        (_("Kappa ponderado (1 es acuerdo total, 0 es el del azar)"), _kappa(found)),
    ]


def _near(step: Fraction) -> str:
    """A level apart or, on a panel, a fifth of its scale."""
    return _("A un punto o menos") if step == 1 else _("A %s puntos o menos") % spanish.number(half_up(step, 0))


def _kappa(found: Agreement) -> str:
    if found.kappa is None:
        return _("sin dato: los puntajes no varían")
    return _("%(kappa)s, de %(pairs)s puntajes") % {
        "kappa": spanish.number(half_up(found.kappa, 3)),
        "pairs": found.pairs,
    }
