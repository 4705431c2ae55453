"""Whoever sends a number that no row has, however big, is told so by every form that takes a choice of rows."""

from collections.abc import Iterator
from copy import deepcopy
from importlib import import_module
from typing import Any

import pytest
from django import forms

pytestmark = pytest.mark.django_db
ADDRESSES = ("cabildo.site.urls", "cabildo.site.urls_municipality", "cabildo.site.urls_agency")
HUGE = ["9" * 20, "-" + "9" * 25, str(2**63)]


def forms_of_ours(parent: type = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for form in parent.__subclasses__():
        if form.__module__.startswith("cabildo."):
            yield form
        yield from forms_of_ours(form)


def choices_of_rows() -> list[tuple[str, Any]]:
    """Every field, of every form, that offers rows of a table."""
    for addresses in ADDRESSES:
        import_module(addresses)  # every page, and with it every form
    return [
        (f"{form.__module__}.{form.__name__}.{name}", field)
        for form in forms_of_ours()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.ModelChoiceField)
    ]


def accepts(field: Any, value: str) -> bool:
    several = isinstance(field, forms.ModelMultipleChoiceField)
    try:
        field.clean([value] if several else value)
    except forms.ValidationError:
        return False
    return True


@pytest.mark.parametrize("huge", HUGE)
def test_every_choice_of_rows_refuses_a_number_too_big_with_words(puerto_claro, huge) -> None:
    found = [(name, deepcopy(field)) for name, field in choices_of_rows()]
    for _name, field in found:
        field.queryset = field.queryset.model._default_manager.all()

    accepted = [name for name, field in found if accepts(field, huge)]

    assert len(found) > 40
    assert accepted == []
