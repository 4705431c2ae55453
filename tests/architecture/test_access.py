"""Every address says who may open it, or says aloud that it is public."""

import importlib
import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver
from django.views.generic import RedirectView

SRC = Path(__file__).parents[2] / "src" / "cabildo"
AGENCY = "cabildo.site.urls_agency"
URLCONFS = ["cabildo.site.urls", "cabildo.site.urls_municipality", AGENCY]
# Views of libraries guard themselves; their addresses are named here with the reason.
GUARDED_ELSEWHERE = {
    "allauth": "accounts pages decide by session and re-authentication",
    "ninja": "every operation declares its auth; tests/site/test_api.py walks them",
}


def views(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def library_of(view) -> str:
    return getattr(view, "view_class", view).__module__.partition(".")[0]


def only_redirects(view) -> bool:
    return getattr(view, "view_class", None) is RedirectView


@pytest.mark.parametrize("urlconf", URLCONFS)
def test_every_view_requires_a_permission_or_is_public(urlconf: str) -> None:
    patterns = importlib.import_module(urlconf).urlpatterns
    open_doors = [
        address
        for address, view in views(patterns)
        if not hasattr(view, "access") and library_of(view) not in GUARDED_ELSEWHERE and not only_redirects(view)
    ]

    assert open_doors == []


@pytest.mark.parametrize("urlconf", URLCONFS)
def test_the_door_of_an_agency_stands_at_its_desk_and_nowhere_else(urlconf: str) -> None:
    doors = [
        (address, getattr(view, "in_agency", False))
        for address, view in views(importlib.import_module(urlconf).urlpatterns)
        if getattr(view, "access", "public") != "public"
    ]

    assert {is_of_agency for _address, is_of_agency in doors} <= {urlconf == AGENCY}


def test_only_the_desks_of_agencies_enter_several_municipalities() -> None:
    """The one helper, and the views that hand it the list of a programme, of which `comparison` reads those that
    agreed and `open_data` only groups; what each of its people must do; or, to a consultant, their contracts."""
    desks = ("agency", "validators", "trainings", "consultancies", "help_desk", "results", "comparison", "open_data")
    others = {"accounts/scoping.py", "quality/agency_duties.py", "quality/views/consultancy.py"}
    allowed = {*others, *(f"quality/views/{one}.py" for one in desks)}
    used = {
        str(path.relative_to(SRC))
        for path in SRC.rglob("*.py")
        if re.search(r"in_municipalities\(|scope\(municipality=", path.read_text(encoding="utf-8"))
    }

    assert used == allowed
