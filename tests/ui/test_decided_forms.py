"""No form says the name of a constraint of the database."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms
from django.db.models import CheckConstraint

import cabildo
from cabildo.ui.revised_forms import DecidedForm

APPS = ("plans", "indicators", "instruments", "quality")


def below(form: type) -> Iterator[type]:
    for child in form.__subclasses__():
        yield child
        yield from below(child)


def forms_over_checks() -> list[type[forms.ModelForm]]:
    """The forms of the apps that plan and assess, over tables in which columns must agree."""
    for app in APPS:
        for found in pkgutil.walk_packages([f"{cabildo.__path__[0]}/{app}"], f"cabildo.{app}."):
            if ".forms" in found.name:
                import_module(found.name)
    written = [one for one in below(forms.ModelForm) if one.__module__.startswith(tuple(f"cabildo.{a}." for a in APPS))]
    models = [(one, one._meta.model) for one in written if one._meta.model is not None]
    return [one for one, model in models if any(isinstance(c, CheckConstraint) for c in model._meta.constraints)]


@pytest.mark.parametrize("form", forms_over_checks(), ids=lambda form: form.__name__)
def test_what_must_agree_is_left_to_the_action(form) -> None:
    assert issubclass(form, DecidedForm)
    assert form.validate_constraints is DecidedForm.validate_constraints


def test_there_are_forms_to_look_at() -> None:
    assert len(forms_over_checks()) > 20
