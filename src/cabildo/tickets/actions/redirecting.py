"""How does the office learn that a request belongs to another regime? A note on it, for whoever routes it."""

from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.tickets import redirects
from cabildo.tickets.actions.events import Step
from cabildo.tickets.choices import EventKind
from cabildo.tickets.models import Category, Ticket
from cabildo.tickets.redirects import Regime


def notes(ticket: Ticket) -> list[Step]:
    """A note for the regime of its subject, and for each one whose words appear in the text (Ley 20.285, lobby…).

    In every channel: in the portal the person was told before sending, and chose to go on.
    """
    own = of_subject(ticket.category)
    told = {step.data["redirect"] for step in own}
    words = _("Parece otra vía: {label} ({norm}). Revise si corresponde enviarla por ella.")
    return own + [_note(regime, words) for regime in redirects.recognised(ticket.text) if regime.id not in told]


def of_subject(category: Category) -> list[Step]:
    """The note of a request whose subject belongs to another regime; none for an ordinary subject."""
    regime = redirects.of_category(category)
    if regime is None:
        return []
    if regime.has_own_form:
        words = _(
            "Su materia es de otra vía: {label} ({norm}). Ingrésela en «Ingresar un derecho», con el plazo de lo que "
            "pide: un bloqueo se decide en 2 días hábiles."
        )
    else:
        words = _("Su materia es de otra vía: {label} ({norm}). Revise si corresponde enviarla por ella.")
    return [_note(regime, words)]


def _note(regime: Regime, words: str) -> Step:
    told = words.format(label=regime.label, norm=regime.norm)
    return Step(EventKind.NOTE, by=audit.SYSTEM, words=told, data={"redirect": regime.id})
