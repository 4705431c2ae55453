"""Dates that do not agree are refused at their field, in the words of the action."""

import pytest

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.quality.actions import self_assessment
from cabildo.quality.errors import QualityError
from factories.programme import agency, entered, lead, make_agency_member
from factories.sheets import elements, paper, wide_model

__all__ = ["agency", "lead", "wide_model"]
pytestmark = pytest.mark.django_db
DESK = "/a/subdere/calidad/"
STAGE = "/m/puerto-claro/mesa/calidad/1/autoevaluacion/"
TRAINING = {"title": "Taller", "trainers": "Ana", "place": "Sala", "revision": 0}


def errors(browser, address: str, told: dict) -> dict[str, list[str]]:
    answer = browser.post(address, told)
    assert (answer.status_code, "restricción" in answer.content.decode()) == (422, False)
    return dict(answer.context["form"].errors)


def test_a_training_that_ends_before_it_was_taken(agency) -> None:
    browser = entered(make_agency_member("Lidia Barra", agency, "validation_coordinator"))
    told = {"full_name": "Nora Mena", "email": "n@ejemplo.cl", "employer": "Universidad", "note": "", "revision": 0}
    found = errors(
        browser, f"{DESK}validadores/inscribir/", told | {"trained_on": "2025-03-01", "valid_until": "2024-03-01"}
    )
    assert found == {"valid_until": [QualityError("validator_dates").sentence]}


@pytest.mark.parametrize(
    ("kind", "ends_on", "code"),
    [
        ("levelling", "2026-11-20", "training_dates"),
        ("programme", "2026-11-20", "training_dates"),
        ("programme", "2026-11-24", "training_two_days"),
    ],
)
def test_each_fault_in_the_days_of_a_training_has_its_own_sentence(agency, lead, kind, ends_on, code) -> None:
    told = TRAINING | {"kind": kind, "starts_on": "2026-11-24", "ends_on": ends_on}
    found = errors(entered(lead), f"{DESK}capacitaciones/planificar/", told)
    assert found["ends_on"] == [QualityError(code).sentence]


def test_an_evidence_that_ends_before_it_was_issued(cycle, wide_model, counterpart, as_user, puerto_claro) -> None:
    packs.adopt(municipality=puerto_claro, version=wide_model, follows_updates=False, by=audit.SYSTEM)
    self_assessment.begin(cycle, by=counterpart)
    told = {"title": "Decreto 1", "kind": "decree", "uploads": paper(), "revision": 0}
    told |= {"issued_on": "2026-03-01", "valid_until": "2025-03-01"}
    found = errors(as_user(counterpart), f"{STAGE}elementos/{elements(0)[0]}/evidencias/agregar/", told)
    assert list(found) == ["valid_until"]


def test_beginning_without_a_model_leads_to_what_is_missing(cycle, counterpart, as_user) -> None:
    page = as_user(counterpart).get(f"{STAGE}comenzar/", follow=True)
    words = page.content.decode()
    assert page.redirect_chain == [(STAGE, 302)]
    assert ("Falta elegir un modelo" in words, "«Contenidos adoptados»" in words) == (True, True)
