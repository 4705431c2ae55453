"""The gallery draws every component; what it proves of the HTML holds for every page made of them."""

import re

import pytest
from lxml import html

from ui.drawing import FACES, draw

urlpatterns: list = []  # a site without any of the addresses that the shell links


@pytest.mark.parametrize("shell", FACES)
def test_no_page_carries_inline_script_or_style(shell) -> None:
    tree = html.fromstring(draw(shell))

    assert tree.xpath("//script[not(@src) and not(@type='application/json')]|//style|//@style") == []
    assert [name for element in tree.iter() for name in element.attrib if name.startswith("on")] == []


@pytest.mark.parametrize("shell", FACES)
def test_no_id_is_used_twice(shell) -> None:
    ids = html.fromstring(draw(shell)).xpath("//@id")

    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("shell", FACES)
def test_the_first_link_skips_to_the_content(shell) -> None:
    tree = html.fromstring(draw(shell))

    assert tree.xpath("//body//a/@href")[0] == "#contenido"
    assert tree.xpath("//main/@id") == ["contenido"]


@pytest.mark.parametrize("shell", FACES)
def test_nothing_is_fetched_from_elsewhere(shell) -> None:
    assert re.findall(r"""(?:src|href|action)=["'](?:https?:)?//[^"']+""", draw(shell)) == []


def test_the_active_module_is_said_to_readers() -> None:
    assert html.fromstring(draw(FACES[0])).xpath("//nav[@id='modules']//a[@aria-current='page']/text()") == ["Todas"]


def test_unread_alerts_are_said_in_words() -> None:
    assert "3 avisos sin leer" in draw(FACES[0])
    assert "1 aviso sin leer" in draw(FACES[0], unread_count=1)


def test_a_session_that_can_end_brings_its_warning() -> None:
    assert 'data-session-seconds="900"' in draw(FACES[0], session_seconds=900)
    assert "session-warning" not in draw(FACES[0])


def test_a_demonstration_says_so_on_both_faces() -> None:
    for shell in FACES:
        assert "Datos inventados" in draw(shell, demo_notice="Datos inventados")


def test_an_address_that_does_not_exist_leaves_its_link_out() -> None:
    with_addresses, without = draw(FACES[0]), draw(FACES[0], addresses="ui.test_gallery", inbox_url="")

    assert "desk-search" in with_addresses
    assert "desk-search" not in without
    assert "avisos sin leer" not in without
