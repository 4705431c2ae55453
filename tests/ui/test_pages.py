"""The page templates that other apps extend, drawn with what their comment says they need."""

from types import SimpleNamespace

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, engines
from lxml import html

from cabildo.ui import gallery
from cabildo.ui.lists import ListSpec, SortOption
from cabildo.ui.parts import Column, Crumb

SPEC = ListSpec((), (Column("title", "Solicitud"),), (SortOption("nuevas", "Nuevas", ("-pk",)),))
EMPTY_PAGE = SimpleNamespace(items=[], next_cursor=None, previous_cursor=None)


class Reason(forms.Form):
    reason = forms.CharField(label="Motivo")


def draw(template: str, **context):
    drawn = engines["django"].engine.get_template(template).render(Context(context))
    return html.fromstring(drawn)


def words(tree, path: str) -> str:
    (found,) = tree.xpath(path)
    return " ".join(found.text_content().split())


def test_a_list_says_its_title_count_and_place() -> None:
    listing = SPEC.read(QueryDict(""))
    tree = draw(
        "ui/list.html",
        heading="Solicitudes",
        count_words="1.204 solicitudes",
        crumbs=[Crumb("Mi trabajo", "/")],
        listing=listing,
        page=EMPTY_PAGE,
    )

    assert words(tree, "//h1") == "Solicitudes"
    assert words(tree, "//*[@class='list-count']") == "1.204 solicitudes"
    assert tree.xpath("//form[contains(@class, 'list-filters')]//select/@name") == ["orden"]


def test_a_record_has_one_heading_and_its_history_apart() -> None:
    tree = draw("ui/record.html")

    assert len(tree.xpath("//h1")) == 1
    assert tree.xpath("//aside/@aria-label") == ["Historia"]


@pytest.mark.parametrize("shell", ["ui/desk.html", "ui/portal.html"])
def test_a_form_page_keeps_drafts_when_asked(shell) -> None:
    tree = draw(
        "ui/form_page.html", shell=shell, heading="Cerrar", form=Reason(), draft_key="close-1", cancel_url="/x/"
    )

    assert tree.xpath("//form[@data-autosave]/@data-autosave") == ["close-1"]
    assert words(tree, "//main//button[@type='submit']") == "Guardar"


def test_the_title_of_a_form_with_errors_says_so_first() -> None:
    assert words(draw("ui/form_page.html", heading="Cerrar", form=Reason({})), "//title").startswith("Error: Cerrar")


def test_a_confirmation_says_the_consequence_and_offers_the_way_back() -> None:
    tree = draw(
        "ui/confirm.html",
        heading="¿Eliminar la plantilla?",
        consequence="Las respuestas no cambian.",
        confirm_label="Eliminar",
        cancel_url="/plantillas/",
        danger=True,
    )

    assert words(tree, "//main//button") == "Eliminar"
    assert "btn-danger" in tree.xpath("//main//button/@class")[0]
    assert tree.xpath("//main//form//a/@href") == ["/plantillas/"]


def test_messages_are_announced_with_their_kind() -> None:
    messages = [SimpleNamespace(level_tag="success"), SimpleNamespace(level_tag="debug")]
    tree = draw("ui/gallery.html", **gallery.context(), messages=messages)

    kinds = tree.xpath("//div[@class='messages'][@role='status']/div/@class")
    assert kinds == ["alert is-on-time", "alert is-brand"]
