"""Every page with a form works alike: shown, sent, refused at its field, or done and back to where it came from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cabildo.accounts.access import StaffRequest
from cabildo.documents.errors import DocumentsError
from cabildo.kit.errors import DomainError
from cabildo.ui.parts import Crumb

# where a refusal belongs, when one field is to blame and the refusal does not say
FIELDS = {
    "note_missing": "met_note",
    "act_missing": "act",
    "counterpart_named": "user",
    "ends_before_naming": "ended_on",
}


@dataclass(frozen=True)
class Page:
    """What a form's page says. `act` does it with the cleaned data; `done` is said on the page `back`."""

    heading: str
    submit: str
    act: Callable[[dict[str, Any]], Any]
    done: str
    back: str
    crumbs: Sequence[Crumb]
    lead: str = ""
    draft_key: str = ""
    fresh: Callable[[], Any] | None = None  # the row as another person left it


def answer(request: StaffRequest, form: Any, page: Page) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            page.act(form.cleaned_data)
        except DomainError as refusal:
            _place(form, refusal, page)
        else:
            messages.success(request, page.done, extra_tags=page.draft_key)
            return redirect(page.back)
    context = {
        "heading": page.heading,
        "lead": page.lead,
        "form": form,
        "submit_label": page.submit,
        "cancel_url": page.back,
        "draft_key": page.draft_key,
        "crumbs": [*page.crumbs, Crumb(page.heading)],
    }
    return render(request, "ui/form_page.html", context, status=422 if form.is_bound else 200)


def _place(form: Any, refusal: DomainError, page: Page) -> None:
    usual = "paper" if isinstance(refusal, DocumentsError) else FIELDS.get(refusal.code, "")
    name = refusal.facts.get("field", usual)
    form.add_error(name if name in form.fields else None, refusal.sentence)
    if refusal.code == "stale" and page.fresh is not None:
        form.show_conflict(refusal.facts["names"], page.fresh())


@dataclass(frozen=True)
class Question:
    """A step that needs nothing typed: what it does, said before it is taken."""

    heading: str
    consequence: str
    confirm: str
    act: Callable[[], Any]
    done: str
    back: str


def confirm(request: StaffRequest, asked: Question) -> HttpResponse:
    if request.method == "POST":
        try:
            asked.act()
        except DomainError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, asked.done)
        return redirect(asked.back)
    context = {
        "heading": asked.heading,
        "consequence": asked.consequence,
        "confirm_label": asked.confirm,
        "cancel_url": asked.back,
    }
    return render(request, "ui/confirm.html", context)


def sent(request: StaffRequest) -> Any:
    """What a form is given: what was sent, be it nothing at all, or None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
