"""Measurements seen and corrected, and the expected effect written on the page of its kind."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cabildo.indicators import actions as indicators
from cabildo.indicators.models import Measurement
from cabildo.plans import kinds
from cabildo.plans.actions import parts
from cabildo.plans.registers import GENERAL
from cabildo.ui.parts import Fact
from conftest import make_member
from plans.conftest import JUNE

DESK = "/m/puerto-claro/mesa/planes/"


@pytest.fixture
def link(nodes, planner):
    """An indicator of an activity of Obras, measured once: 45 of 90."""
    indicator = indicators.define_indicator(
        by=planner, label="Personas capacitadas", formula="Capacitadas sobre convocadas", unit="%", periodicity="yearly"
    )
    indicators.measure(
        indicator, indicators.Reading(Decimal(45), Decimal(90)), cut_off=JUNE, by=planner, today=date(2026, 7, 1)
    )
    return parts.link_indicator(nodes["1.1.1"], indicator=indicator, by=planner)


@pytest.fixture
def page(link):
    return f"{DESK}mediciones/{link.pk}/"


def test_a_correction_replaces_with_its_reason_and_the_old_one_stays(link, page, running, as_user, diego) -> None:
    wrong = Measurement.objects.get()
    given = {"numerator": "54", "denominator": "90", "note": "Se contó dos veces una lista"}

    answered = as_user(diego).post(f"{page}corregir/?medicion={wrong.pk}", given)

    assert answered.url == f"{page}todas/"
    new = Measurement.objects.get(corrects=wrong)
    assert (new.numerator, new.cut_off, new.state, new.by) == (54, JUNE, wrong.state, diego)
    shown = as_user(diego).get(f"{page}todas/").content.decode()
    for words in ("<del>50", "45 de 90", "60", "Se contó dos veces una lista", "Reemplazada el"):
        assert words in shown
    assert f"medicion={wrong.pk}" not in shown
    assert f"medicion={new.pk}" in shown


def test_a_correction_without_a_reason_is_refused_at_its_field(link, page, running, as_user, diego) -> None:
    answered = as_user(diego).post(f"{page}corregir/", {"numerator": "54", "denominator": "90", "note": ""})

    assert answered.status_code == 422
    assert "id_note" in answered.content.decode()
    assert Measurement.objects.count() == 1


def test_the_form_begins_with_what_was_written_and_asks_why(link, page, running, as_user, diego) -> None:
    shown = as_user(diego).get(f"{page}corregir/").content.decode()

    assert 'value="45' in shown
    assert "Se había escrito: 50,0 %." in shown
    assert "Por qué se corrige" in shown


def test_what_was_never_measured_is_not_corrected(link, page, running, as_user, diego) -> None:
    answered = as_user(diego).get(f"{page}corregir/?medicion=0")

    assert answered.url == f"{page}todas/"


@pytest.fixture
def other(puerto_claro, aseo):
    return make_member("Otro Aseo", puerto_claro, "department_officer", aseo)


def test_who_does_not_answer_for_the_node_sees_and_does_not_correct(page, running, as_user, other) -> None:
    shown = as_user(other).get(f"{page}todas/").content.decode()

    assert "50" in shown
    assert "corregir/" not in shown
    assert as_user(other).get(f"{page}corregir/").status_code == 403


@pytest.fixture
def _told(monkeypatch) -> None:
    """The general kind with an effect of its own and a page for it."""
    effect = {"effect": lambda node: [Fact("Meta", node.expected_effect.get("meta", "ninguna"))]}
    told = replace(GENERAL, **effect, effect_form=lambda node, user: "/meta/")
    monkeypatch.setitem(kinds._kinds, "general", told)


@pytest.mark.usefixtures("_told")
@pytest.mark.parametrize(("who", "is_offered"), [("planner", True), ("diego", False)])
def test_the_expected_effect_is_written_on_the_page_of_its_kind(nodes, as_user, request, who, is_offered) -> None:
    shown = as_user(request.getfixturevalue(who)).get(f"{DESK}elementos/{nodes['1.1'].pk}/").content.decode()

    assert "ninguna" in shown
    assert ('href="/meta/"' in shown) == is_offered


def test_a_kind_without_such_a_page_offers_none(nodes, as_user, planner) -> None:
    shown = as_user(planner).get(f"{DESK}elementos/{nodes['1.1'].pk}/").content.decode()

    assert "Efecto esperado" not in shown
