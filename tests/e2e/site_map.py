"""Every address the program answers, and who is shown a page there."""

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from typing import Any

from django.test import Client
from django.urls import URLResolver

INSIDE = "cabildo.site.urls_municipality"
OUTSIDE = "cabildo.site.urls"
AGENCY = "cabildo.site.urls_agency"
PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
APART = {"step", "slug"}  # each value of these has a page of its own; of the others one value is enough

Values = dict[str, list[Any]]


def routes(urlconf: str) -> list[str]:
    """The addresses of a configuration, each place as its name alone: "mesa/solicitudes/{folio}/"."""
    return sorted(set(_routes(import_module(urlconf).urlpatterns)))


def _routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + PLACE.sub(lambda place: f"{{{place[1] or place[2]}}}", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield re.sub(r"[\^$\\]", "", route)


def pages(route: str, values: Values) -> Iterator[tuple[str, list[str]]]:
    """The name of each page of a route, and the addresses that might show it."""
    names = re.findall(r"\{(\w+)\}", route)
    apart = [name for name in names if name in APART]
    others = [name for name in names if name not in APART]
    for chosen in product(*(_values_of(name, route, values) for name in apart)):
        page = _fill(route, apart, chosen)
        yield page, [_fill(page, others, tried) for tried in product(*(_values_of(n, route, values) for n in others))]


def _fill(route: str, names: list[str], values: tuple[Any, ...]) -> str:
    for name, value in zip(names, values, strict=True):
        route = route.replace(f"{{{name}}}", str(value))
    return route


def _values_of(name: str, route: str, values: Values) -> list[Any]:
    """Those kept under the longest key that ends in the name and begins as the route does."""
    known = [
        key for key in values if re.fullmatch(rf"(.*[/-])?{name}", key) and route.startswith(key.removesuffix(name))
    ]
    return values[max(known, key=len)] if known else []


def answer_of(client: Client, address: str) -> str:
    """ "page" when it shows one; "file" and "sent" when it never would: it gives data, or only takes what is sent."""
    answer = client.get(address)
    if answer.streaming:
        answer.getvalue()  # closing it instead would close the connection of the test with it
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    if answer.status_code == 200 and is_html and b"<!doctype html>" in answer.content[:500]:
        return "page"
    return {200: "file", 204: "file", 405: "sent"}.get(answer.status_code, str(answer.status_code))
