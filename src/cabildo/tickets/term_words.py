"""What a neighbour reads of their term: until when they may complete their request, what stops it, what moved it.

The law orders to say, when asking, that the request is taken as withdrawn if it is not completed (Ley 19.880,
art. 31), and to notify an extension (art. 26).
"""

from datetime import date

from django.utils.translation import gettext as _

from cabildo.tickets.queries.stops import Stop
from cabildo.ui.spanish import long_date


def asked(words: str, stop: Stop) -> str:
    """What the official asks, then the last day, what waits meanwhile and what may follow."""
    return "\n\n".join([words, *of_stop(stop)])


def of_stop(stop: Stop) -> list[str]:
    """What a stop means to who waits for an answer: one sentence or two for each fact."""
    if stop.pause.allows_withdrawal:
        return [*_to_complete(stop), *_held(stop)]
    return _held(stop)


def of_new_stop(explanation: str, stop: Stop) -> str:
    """The pack's explanation of a stop, then what it does to the legal term, if only that it goes on."""
    legal = [] if stop.holds_term or stop.due_on is None else [_goes_on(stop.due_on)]
    return "\n\n".join([explanation, *of_stop(stop), *legal])


def _to_complete(stop: Stop) -> list[str]:
    """Until when, by which norm, and what may happen after it."""
    if stop.last_on is None:
        return []
    law = {"day": long_date(stop.last_on), "days": stop.pause.max_days, "norm": stop.pause.norm}
    if stop.is_over:
        words = _(
            "El plazo para completar su solicitud terminó el {day} ({norm}). Todavía puede hacerlo, mientras la "
            "municipalidad no la tenga por desistida."
        )
        return [words.format(**law)]
    return [
        _("Tiene hasta el {day} para completar su solicitud: son {days} días hábiles ({norm}).").format(**law),
        _("Si no la completa, la municipalidad puede tenerla por desistida y cerrarla sin responder."),
    ]


def _held(stop: Stop) -> list[str]:
    """That the legal term waits, and the date it falls due if the stop is used whole."""
    if not stop.holds_term or stop.due_on is None or stop.last_on is None:
        return []
    told = {"day": long_date(stop.last_on), "norm": stop.pause.norm, "due": long_date(stop.due_on)}
    if stop.pause.allows_withdrawal:
        words = _(
            "Mientras tanto, el plazo para responderle está detenido. Si usted responde el último día, deben "
            "responderle a más tardar el {due}."
        )
    else:
        words = _(
            "El plazo para responderle está detenido, a lo más hasta el {day} ({norm}). Si se detiene hasta ese día, "
            "deben responderle a más tardar el {due}."
        )
    return [words.format(**told)]


def _goes_on(due_on: date) -> str:
    return _("El plazo legal no se detiene: deben responderle a más tardar el {day}.").format(day=long_date(due_on))


def moved(reason: str, before: date | None, after: date | None, norm: str = "") -> str:
    """Why the date changed, the new one, the old one and the article that allows it."""
    if after is None:
        dates = _("Su solicitud ya no tiene una fecha contada aquí.")
    else:
        law = f" ({norm})" if norm else ""
        dates = _("La nueva fecha para responderle es a más tardar el {day}{law}.").format(
            day=long_date(after), law=law
        )
    old = [_("Antes era el {day}.").format(day=long_date(before))] if before else []
    return "\n\n".join(part for part in (reason.strip(), " ".join([dates, *old])) if part)


def opened_again(reason: str, due_on: date | None, today: date) -> str:
    """Why a closed request is open again, and the date that is in force again, passed or not."""
    if due_on is None:
        return reason.strip()
    words = _("Deben responderle a más tardar el {day}.") if due_on >= today else _("El plazo venció el {day}.")
    return "\n\n".join([reason.strip(), words.format(day=long_date(due_on))])
