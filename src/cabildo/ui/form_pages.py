"""Every page with a form works alike: shown, sent, refused at its field, or done and back to where it came from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cabildo.kit.errors import DomainError
from cabildo.ui.parts import Crumb
from cabildo.ui.revised_forms import RevisedForm


@dataclass(frozen=True)
class Page:
    """What a form's page says. `act` does it with the cleaned data; `done` is said on the page `back`.

    `back` may be asked of what was made. `fresh` gives the row as another person left it, when the form had none.
    """

    heading: str
    submit: str
    act: Callable[[dict[str, Any]], Any]
    done: str
    back: str | Callable[[Any], str]
    crumbs: Sequence[Crumb]
    lead: str = ""
    draft_key: str = ""
    fresh: Callable[[], Any] | None = None
    cancel: str = ""


def answer(request: HttpRequest, form: Any, page: Page) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            made = page.act(form.cleaned_data)
        except DomainError as refusal:
            _place(form, refusal, page)
        else:
            messages.success(request, page.done, extra_tags=page.draft_key)
            return redirect(page.back if isinstance(page.back, str) else page.back(made))
    context = {
        "heading": page.heading,
        "lead": page.lead,
        "form": form,
        "submit_label": page.submit,
        "cancel_url": page.cancel or (page.back if isinstance(page.back, str) else ""),
        "draft_key": page.draft_key,
        "crumbs": [*page.crumbs, Crumb(page.heading)],
    }
    return render(request, "ui/form_page.html", context, status=422 if form.is_bound else 200)


def _place(form: Any, refusal: DomainError, page: Page) -> None:
    name = _file_field(form) if refusal.is_about_a_file else refusal.field
    form.add_error(name if name in form.fields else None, refusal.sentence)
    if refusal.code == "stale" and isinstance(form, RevisedForm):
        form.show_conflict(refusal.facts["names"], page.fresh() if page.fresh else _stored(form.instance))


def _stored(row: Model) -> Model:
    """The row of the form as it is kept now."""
    return type(row)._default_manager.get(pk=row.pk)


def _file_field(form: Any) -> str:
    return next((name for name, field in form.fields.items() if isinstance(field, forms.FileField)), "")


@dataclass(frozen=True)
class Question:
    """A step that needs nothing typed: what it does, said before it is taken."""

    heading: str
    consequence: str
    confirm: str
    act: Callable[[], Any]
    done: str
    back: str


def confirm(request: HttpRequest, asked: Question) -> HttpResponse:
    """Ask; once confirmed do it, or say why not, and go back."""
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


def sent(request: HttpRequest) -> Any:
    """What a form is given: what was sent, be it nothing at all, or None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
