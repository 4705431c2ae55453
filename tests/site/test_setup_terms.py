"""The terms of the ordinance, and who must be there, before a municipality opens."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from cabildo import audit
from cabildo.accounts import links
from cabildo.accounts.models import Membership
from cabildo.audit.models import Entry
from cabildo.content import actions as packs
from cabildo.content.packs import load_directory
from cabildo.content.queries import pack_named, version_of
from cabildo.site.setup import stages
from cabildo.tickets.actions import catalogue
from cabildo.tickets.choices import Kind
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Category, TermRule
from cabildo.tickets.queries.terms import legal_rule

BASE = "/m/puerto-claro/mesa/puesta-en-marcha/"
PEOPLE = "/m/puerto-claro/mesa/personas/"
ORDINANCE = {"kind": "", "category": "", "days": "20", "unit": "corridos", "article": "Ordenanza, artículo 32"}
TITLE = "Plazos de la ordenanza"


@pytest.fixture
def desk(as_user, admin):
    return as_user(admin)


def adopt(municipality) -> None:
    load_directory(Path(settings.CONTENT_DIR) / "tickets")
    version = version_of(pack_named("tickets", "oirs-chile"))
    packs.adopt(municipality=municipality, version=version, follows_updates=True, by=audit.SYSTEM)


def stage_of(municipality, title: str = TITLE) -> stages.Stage:
    with links.addresses():
        return next(stage for stage in stages.stages(municipality) if stage.title == title)


def test_the_ordinance_fixed_before_adopting_is_the_term_of_every_kind(puerto_claro, desk) -> None:
    desk.post(BASE + "plazos/", ORDINANCE)
    adopt(puerto_claro)
    hole = Category.objects.get(code="bache")

    assert {(rule.days, rule.article) for rule in (legal_rule(hole, kind) for kind in Kind.values)} == {
        (20, "Ordenanza, artículo 32")
    }
    assert stage_of(puerto_claro).done


def test_the_ordinance_fixed_after_adopting_takes_the_place_of_what_was_proposed(puerto_claro, desk) -> None:
    adopt(puerto_claro)
    catalogue.set_term(kind="reclamo", days=15, unit="habiles", article="Ordenanza, artículo 33", by=audit.SYSTEM)
    desk.post(BASE + "plazos/", ORDINANCE)
    hole = Category.objects.get(code="bache")

    assert legal_rule(hole, "solicitud").days == 20
    assert legal_rule(hole, "reclamo").days == 15  # fixed by the municipality itself, and more particular
    assert Entry.objects.filter(action="term_rule.dropped").exists()


def test_terms_that_the_tree_proposes_are_pending_until_somebody_confirms_them(puerto_claro, desk) -> None:
    adopt(puerto_claro)
    before, page = stage_of(puerto_claro), desk.get(BASE + "plazos/").content.decode()
    desk.post(BASE + "plazos/", {"hacer": "confirmar"})

    assert (before.done, "propuesto, sin confirmar" in page) == (False, True)
    assert "Confirmar o cambiar los plazos propuestos (6)" in [str(item.label) for item in before.missing]
    assert stage_of(puerto_claro).done
    assert not TermRule.objects.filter(is_proposed=True).exists()
    assert Entry.objects.filter(action="term_rule.confirmed").count() == 6
    assert "propuesto, sin confirmar" not in desk.get(BASE + "plazos/").content.decode()


def test_changing_a_proposed_term_makes_it_the_municipality_s(puerto_claro) -> None:
    adopt(puerto_claro)
    catalogue.set_term(kind="reclamo", days=15, unit="habiles", article="Ordenanza, artículo 33", by=audit.SYSTEM)

    assert TermRule.objects.filter(is_proposed=True).count() == 5


@pytest.mark.parametrize(("days", "status"), [(30, 302), (31, 422), (180, 422)])
def test_a_term_above_the_law_s_cap_is_refused_with_its_article(puerto_claro, desk, days, status) -> None:
    told = desk.post(BASE + "plazos/", {**ORDINANCE, "days": days})
    refused = "no puede pasar de 30 días (Ley 18.695, artículo 98). Escriba 30 o menos." in told.content.decode()

    assert (told.status_code, refused) == (status, status == 422)
    assert TermRule.objects.exists() == (status == 302)


def test_the_action_holds_the_cap_too(puerto_claro) -> None:
    with pytest.raises(TicketsError, match="term_over_law"):
        catalogue.set_term(kind="", days=31, unit="corridos", article="Ordenanza", by=audit.SYSTEM)


def test_who_answers_rights_over_data_is_asked_for_before_opening(puerto_claro) -> None:
    from conftest import make_member

    title = "Funcionarias y funcionarios"
    asked = [str(item.label) for item in stage_of(puerto_claro, title).missing]
    member = make_member("Paz Leal", puerto_claro, "data_protection")
    named = [str(item.label) for item in stage_of(puerto_claro, title).missing]
    Membership.objects.filter(user=member).update(ends_on=timezone.localdate() - timedelta(days=1))

    assert [any("Protección de datos personales" in one for one in some) for some in (asked, named)] == [True, False]
    assert [str(item.label) for item in stage_of(puerto_claro, title).missing] == asked


def test_a_department_with_open_requests_and_nobody_is_named_where_roles_are_given(desk, receive, diego) -> None:
    receive()
    receive("rubbish")
    sentence = "Dirección de Aseo y Ornato: 1 solicitud abierta y nadie que la responda."
    page = desk.get(PEOPLE).content.decode()

    assert sentence in page
    assert "Dirección de Obras: " not in page
    assert sentence in desk.get(BASE).content.decode()


def test_a_municipality_where_everybody_is_there_reads_no_warning(desk, receive, diego) -> None:
    receive()

    assert "nadie tiene a cargo" not in desk.get(PEOPLE).content.decode()


def test_one_for_all_kinds_says_which_keep_theirs_and_these_can_be_dropped(puerto_claro, desk) -> None:
    catalogue.set_term(kind="reclamo", days=15, unit="habiles", article="Ordenanza, artículo 33", by=audit.SYSTEM)
    rule = TermRule.objects.get()

    said = desk.post(BASE + "plazos/", ORDINANCE, follow=True).content.decode()
    assert "Siguen con su propio plazo: Reclamo." in said

    desk.post(BASE + "plazos/", {"hacer": "quitar", "plazo": rule.pk})
    assert [(one.kind, one.days) for one in TermRule.objects.all()] == [("", 20)]
    assert Entry.objects.filter(action="term_rule.dropped").count() == 1
    assert "Siguen con" not in desk.post(BASE + "plazos/", ORDINANCE, follow=True).content.decode()


@pytest.mark.parametrize("pk", ["", "x", "999"])
def test_a_term_that_is_not_there_is_not_dropped(desk, pk) -> None:
    assert desk.post(BASE + "plazos/", {"hacer": "quitar", "plazo": pk}).status_code == 404
