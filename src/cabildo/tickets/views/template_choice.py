"""Filling an answer from a template of the pack, never over what somebody typed without asking."""

from dataclasses import dataclass
from typing import Any

from cabildo.accounts.access import StaffRequest, saw
from cabildo.tickets.answer_templates import AnswerTemplate, filled, offered, person_named
from cabildo.tickets.models import Ticket

BUTTON, CHOICE = "use_template", "template"
FILL, REPLACE, APPEND = "fill", "replace", "append"


@dataclass(frozen=True)
class Choice:
    """What is offered, which one was chosen, and whether a person must say what to do with the text already typed."""

    templates: list[AnswerTemplate]
    chosen: str = ""
    must_ask: bool = False


def was_asked(request: StaffRequest) -> bool:
    """Was the form sent to fill its text, not to take the step?"""
    return request.method == "POST" and BUTTON in request.POST


def opening(ticket: Ticket) -> Choice:
    """What is offered before anything is chosen."""
    return Choice(offered(ticket))


def choose(request: StaffRequest, ticket: Ticket) -> tuple[Choice, dict[str, Any]]:
    """The choice as it stands, and what the form must show: all that was typed, with the text filled if it may be."""
    templates = offered(ticket)
    typed = request.POST.dict()
    template = next((known for known in templates if known.code == typed.get(CHOICE)), None)
    if template is None:
        return Choice(templates), typed
    text, how = typed.get("text", "").strip(), request.POST[BUTTON]
    if text and how not in (REPLACE, APPEND):
        return Choice(templates, template.code, must_ask=True), typed
    if named := person_named(template, ticket):
        saw(request, [named])
    new = filled(template, ticket, by=request.user)
    typed["text"] = f"{text}\n\n{new}" if text and how == APPEND else new
    typed["outcome"] = typed.get("outcome") or template.outcome
    return Choice(templates, template.code), typed
