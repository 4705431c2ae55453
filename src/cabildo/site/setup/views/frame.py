"""What every page of the set-up shares: the way back and the form page."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.ui.parts import Crumb


def crumbs(*labels: str) -> list[Crumb]:
    return [Crumb(_("Puesta en marcha"), reverse("setup:start")), *(Crumb(label) for label in labels)]


def form_page(
    request: HttpRequest, form: forms.BaseForm, heading: str, *, template: str = "ui/form_page.html", **more: Any
) -> HttpResponse:
    """A form on its own page; one that was refused answers 422."""
    context = {
        "heading": heading,
        "form": form,
        "cancel_url": reverse("setup:start"),
        "crumbs": crumbs(heading),
        **more,
    }
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)
