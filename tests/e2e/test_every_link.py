"""Whoever is shown their desk, or a page of the quality programme, is let in at every link of ours that it offers."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from e2e.site_map import AGENCY, INSIDE, OUTSIDE
from e2e.test_every_page import AT_AGENCIES, HOME, credentials

PEOPLE = (
    ("alcaldia", "calidad"),
    ("comite", "control"),
    ("operaciones", "profesional"),
    ("valida1", "consultora"),
)
AT_DESKS = (("organismo", "conduccion"), ("profesional", "coordinacion"))
LINK = re.compile(r'<a [^>]*?href="([^"]+)"')
ADDRESS = re.compile(r"/(m|a)/[\w-]+(?=/)")
URLCONFS = {"m": INSIDE, "a": AGENCY}
MOST_ALIKE = 4  # followed of the addresses that differ only in their element, row or file
REFUSED = {403, 404}


def kind_of(address: str) -> tuple[Any, ...]:
    """Which page it is, whatever its element, row or file: the name of its route, and its cycle."""
    place = ADDRESS.match(address)
    path = address[place.end() :] if place else address
    try:
        found = resolve(path, URLCONFS[place[1]] if place else OUTSIDE)
    except Resolver404:
        return (address,)
    return found.view_name, found.kwargs.get("number")


class Walk:
    """Follows links as one person, from their desk: each address once, and reads on in the pages of the programme."""

    def __init__(self, client: Client, home: str) -> None:
        self.client, self.home = client, home
        self.seen = {home}
        self.alike: Counter[tuple[Any, ...]] = Counter()

    def refused(self) -> list[str]:
        """Each link that does not open, with the page that offers it."""
        waiting, wrong = [("", self.home)], []
        while waiting:
            page, address = waiting.pop()
            try:
                answer = self.client.get(address)
            except FileNotFoundError:
                continue  # let in: a copy of the demonstration that was put back has no files
            if answer.streaming:
                answer.getvalue()  # closes the file that it hands out
            if answer.status_code in REFUSED:
                wrong.append(f"{page} -> {address}: {answer.status_code}")
            waiting += [(address, link) for link in self.fresh(address, answer)]
        return wrong

    def fresh(self, address: str, answer: Any) -> Iterator[str]:
        """What a page of the programme, or the page that passes on to another, leads to and nobody followed yet."""
        if address != self.home and "/calidad/" not in address and answer.status_code != 302:
            return
        for link in links(address, answer):
            kind = kind_of(link)
            if link not in self.seen and self.alike[kind] < MOST_ALIKE:
                self.seen.add(link)
                self.alike[kind] += 1
                yield link


def links(address: str, answer: Any) -> list[str]:
    """Where a page leads within the site, or where it passes on to."""
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    found = LINK.findall(answer.content.decode()) if is_page else []
    if "Location" in answer.headers:
        found.append(answer["Location"])
    whole = (urlsplit(urljoin(address, unescape(one))) for one in found)
    return [one.path for one in whole if one.netloc in {"", "testserver"} and one.scheme in {"", "http"}]


def walk_of(name: str, site: str, desk: str) -> Walk:
    email, password = credentials(name)
    client = Client()
    client.post(f"{site}cuenta/login/", {"login": email, "password": password})
    return Walk(client, f"{site}{desk}")


@pytest.mark.slow  # some hundred pages each
@pytest.mark.parametrize("names", PEOPLE, ids=" ".join)
def test_every_link_of_the_programme_opens_for_who_sees_it_in_the_municipality(names, commune) -> None:
    assert [wrong for name in names for wrong in walk_of(name, HOME, "mesa/").refused()] == []


@pytest.mark.slow  # as above
@pytest.mark.parametrize("names", AT_DESKS, ids=" ".join)
def test_every_link_of_the_programme_opens_for_who_sees_it_at_the_desk_of_an_agency(names, commune) -> None:
    assert [wrong for name in names for wrong in walk_of(name, AT_AGENCIES[name][0], "").refused()] == []


def test_the_walk_finds_a_link_that_does_not_open(commune) -> None:
    walk = walk_of("operaciones", HOME, "mesa/calidad/")

    assert walk.refused() == [f" -> {walk.home}: 403"]
