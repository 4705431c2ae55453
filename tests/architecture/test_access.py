"""Every address says who may open it, or says aloud that it is public."""

import importlib

import pytest
from django.urls import URLPattern, URLResolver
from django.views.generic import RedirectView

URLCONFS = ["cabildo.site.urls", "cabildo.site.urls_municipality"]
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
