"""What every step of the neighbour's form after the second asks first: is there a draft, and was its regime told?"""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.tickets import drafts
from cabildo.tickets.models import Category
from cabildo.tickets.queries import catalogue

Draft = dict[str, Any]
Step = Callable[[HttpRequest, Category, str, Draft], HttpResponse]


def category_of(code: str) -> Category:
    return get_object_or_404(catalogue.open_categories(), code=code)


def with_draft(step: Step) -> Callable[[HttpRequest, str], HttpResponse]:
    """Hands the step its subject, the name of its form and what is kept of it; without a draft, elsewhere."""

    @functools.wraps(step)
    def checked(request: HttpRequest, code: str) -> HttpResponse:
        category = category_of(code)
        name, draft = drafts.read(request, category)
        return step(request, category, name, draft) if draft else _elsewhere(request, category, name)

    return checked


def after_other_ways(step: Step) -> Callable[[HttpRequest, str], HttpResponse]:
    """As `with_draft`, once the person read which other way their words belong to and chose to go on."""

    @functools.wraps(step)
    def told(request: HttpRequest, category: Category, name: str, draft: Draft) -> HttpResponse:
        if owes_choice(draft):
            return redirect(drafts.address("tickets:other_way", category, name))
        return step(request, category, name, draft)

    return with_draft(told)


def owes_choice(draft: Draft) -> bool:
    """Whether its words gave away another regime that the person has not passed by yet."""
    return not set(draft.get("ways", [])) <= set(draft.get("went_on", []))


def after_details(category: Category, name: str, draft: Draft) -> str:
    """Where step two leads: the other way its words belong to, the place, or who asks."""
    if owes_choice(draft):
        return drafts.address("tickets:other_way", category, name)
    return drafts.address("tickets:place" if asks_place(category) else "tickets:contact", category, name)


def asks_place(category: Category) -> bool:
    """Where it happened is a step of its own, the third of four; else there are three."""
    return bool(category.definition.get("location", "none") != "none")


def steps_of(category: Category) -> int:
    return 4 if asks_place(category) else 3


def _elsewhere(request: HttpRequest, category: Category, name: str) -> HttpResponse:
    """What was sent has its receipt; what is not kept any more is written again, and the person is told."""
    done = drafts.sent(request, category)
    if done:
        return redirect(drafts.named(reverse("tickets:receipt"), done))
    if not name:
        return redirect("tickets:details", code=category.code)
    messages.info(request, _("Ya no teníamos lo que había escrito. Revise esta página y siga desde aquí."))
    return redirect(drafts.address("tickets:details", category, name))
