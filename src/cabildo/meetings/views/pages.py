"""The shapes the pages of meetings share: a form that does one thing, a button that does one thing."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, saw
from cabildo.kit.errors import DomainError
from cabildo.meetings.models import Body, Meeting, Person
from cabildo.ui.parts import Crumb


def saw_people(request: StaffRequest, people: Iterable[Person]) -> None:
    """Those on record in `people` are noted in the log of reads."""
    saw(request, [person.requester for person in people if person.requester is not None])


def page_of(meeting: Meeting) -> str:
    return reverse("meetings:detail", args=[meeting.pk])


def crumbs_of(meeting: Meeting, *more: str) -> list[Crumb]:
    start = [Crumb(_("Reuniones"), reverse("meetings:list")), Crumb(meeting.folio, page_of(meeting) if more else "")]
    return [*start, *(Crumb(label) for label in more)]


def crumbs_of_body(body: Body, *more: str) -> list[Crumb]:
    address = reverse("meetings:body", args=[body.pk]) if more else ""
    start = [Crumb(_("Cuerpos"), reverse("meetings:bodies")), Crumb(body.name, address)]
    return [*start, *(Crumb(label) for label in more)]


def form_page(
    request: StaffRequest,
    form: forms.Form,
    *,
    act: Callable[[], Any],
    back: str | Callable[[Any], str],
    done: str,
    heading: str,
    crumbs: Sequence[Crumb],
    template: str = "ui/form_page.html",
    **context: Any,
) -> HttpResponse:
    """Take the step with what was typed and go `back`, which may need its result; or show the form with its errors."""
    if form.is_valid():
        try:
            result = act()
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, done)
            return redirect(back(result) if callable(back) else back)
    shown = {"heading": heading, "form": form, "crumbs": crumbs, **context}
    return render(request, template, shown, status=422 if form.is_bound else 200)


def step(request: StaffRequest, act: Callable[[], Any], *, done: str, back: str) -> HttpResponse:
    """Take a step that needs nothing typed, and say how it went."""
    try:
        act()
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect(back)
