"""The desk of validators is theirs alone; the municipality reads what went out, and the agency whom it sent."""

import pytest

from cabildo import audit
from cabildo.accounts.models import AgencyMembership, Membership
from cabildo.instruments.queries.items import items_of
from cabildo.quality.actions import validators
from cabildo.quality.models import DraftMark, Enrolment, Validation, Validator, ValidatorAssignment
from cabildo.quality.queries import validation as queries
from cabildo.quality.rules.validation import changed
from conftest import LONG_AGO, make_user
from factories.assessment_models import element_ids, model, publish_model
from factories.validation import (
    NO_CONFLICT,
    TODAY,
    agency,
    agreed,
    begun,
    bruno,
    declared,
    issued,
    mark_all,
    vera,
)

__all__ = ["agency", "agreed", "begun", "bruno", "declared", "issued", "model", "publish_model", "vera"]
pytestmark = pytest.mark.django_db
HOME = "/m/puerto-claro/mesa/calidad/1/"
AGENCY = "/a/validador/calidad/"


@pytest.fixture
def accepted(agency, counterpart):
    Enrolment.objects.update(accepted_on=TODAY, answered_by=counterpart)
    coordinator = make_user("Celia Mar")
    given = {"role": "validation_coordinator", "starts_on": LONG_AGO}
    AgencyMembership.objects.create(agency=agency, user=coordinator, **given)
    return coordinator


def page(client, path: str) -> str:
    response = client.get(HOME + path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def test_nobody_of_the_municipality_enters_the_desk_of_the_validators(begun, counterpart, alcaldesa, as_user) -> None:
    for user in (counterpart, alcaldesa):
        for path in ("validacion/", f"validacion/elementos/{element_ids()[0]}/", "validacion/acuerdo/"):
            assert as_user(user).get(HOME + path).status_code == 403


def test_a_draft_is_seen_by_its_validator_and_by_nobody_else(begun, vera, bruno, counterpart, as_user) -> None:
    mark_all(begun, vera.user)

    assert "El decreto no está." in page(as_user(vera.user), f"validacion/elementos/{element_ids()[0]}/")
    assert "El decreto no está." not in page(as_user(bruno.user), f"validacion/elementos/{element_ids()[0]}/")
    assert "El decreto no está." not in page(as_user(bruno.user), "validacion/")
    assert "El decreto no está." not in page(as_user(counterpart), "retroalimentacion/")


def test_a_validator_declares_and_then_begins(cycle, declared, vera, as_user) -> None:
    validators.assign(cycle, validator=vera, today=TODAY, by=audit.SYSTEM)
    client = as_user(vera.user)
    assert "Declare antes de leer" in page(client, "validacion/")
    client.post(f"{HOME}validacion/declarar/", {"has_conflict": "no", "declaration": NO_CONFLICT})
    client.post(f"{HOME}validacion/comenzar/")

    assert Validation.objects.get().cycle == cycle
    assert "Elementos puntuados" in page(client, "validacion/")


def test_a_mark_is_kept_as_it_is_typed_and_the_next_element_follows(begun, vera, as_user) -> None:
    client, first = as_user(vera.user), element_ids()[0]
    url = f"{HOME}validacion/elementos/{first}/"
    told = {"score": "2", "reason_code": "no_evidence", "reason": "Falta.", "revision": "0"}
    saved = client.post(url, told, headers={"HX-Request": "true"})
    assert 'value="1"' in saved.content.decode()

    answered = client.post(url, {**told, "reason": "Falta el acta.", "revision": "1", "next": "1"})
    assert answered.url.endswith(f"/validacion/elementos/{element_ids()[1]}/")
    assert DraftMark.objects.get().reason == "Falta el acta."


def test_the_second_of_two_windows_is_told_and_loses_nothing(begun, vera, as_user) -> None:
    client, url = as_user(vera.user), f"{HOME}validacion/elementos/{element_ids()[0]}/"
    client.post(url, {"score": "2", "reason_code": "", "reason": "", "revision": "0"})
    client.post(url, {"score": "1", "reason_code": "", "reason": "", "revision": "1"})

    again = client.post(url, {"score": "3", "reason_code": "", "reason": "", "revision": "1"})
    assert again.status_code == 422
    assert "Otra persona cambió" in again.content.decode()


def test_the_municipality_reads_the_report_and_observes_it(issued, counterpart, as_user) -> None:
    client = as_user(counterpart)
    told = page(client, "retroalimentacion/")
    for expected in ("Hay prácticas aprobadas.", "Logro declarado", "Logro validado", "Descargar el informe"):
        assert expected in told
    report = queries.reports_of(issued.cycle)[0]
    paper = client.get(f"/m/puerto-claro/documentos/{report.document.public_id}/")
    assert paper.getvalue().startswith(b"%PDF")
    assert client.get(f"{HOME}retroalimentacion/informe.xlsx").content[:2] == b"PK"

    client.post(f"{HOME}retroalimentacion/observar/", {"subcriterion": "", "text": "El decreto 12 sí está."})
    assert Validation.objects.get().state == "observed"
    assert "El decreto 12 sí está." in page(client, "retroalimentacion/")


def test_the_scores_that_changed_come_first_and_the_others_are_folded(issued, counterpart, as_user) -> None:
    told = page(as_user(counterpart), "retroalimentacion/")
    names = {item.id: item.label for item in items_of(issued.declared.assessment)}
    first, folded = told.split('id="elementos"')[1].split("<details")[:2]

    whole = queries.whole_of(issued)
    moved = set(changed(whole.declared.marks, whole.consensus.marks))
    assert 0 < len(moved) < len(names)
    assert all((label in first, label in folded) == (name in moved, name not in moved) for name, label in names.items())
    assert "Declarado · " in told
    assert "Validado · " in told


def test_every_page_of_the_validators_answers(issued, vera, as_user) -> None:
    part = items_of(issued.declared.assessment)[0].part["id"]
    paths = ["", "sellar/", "acuerdo/", "acuerdo/sellar/", f"acuerdo/{element_ids()[0]}/", "hallazgos/"]
    paths += [f"hallazgos/{part}/agregar/", "sintesis/", "emitir/", "firme/", "observaciones/enviar/", "entrevista/"]
    for path in paths:
        page(as_user(vera.user), f"validacion/{path}")
    page(as_user(vera.user), "validacion-plan/")
    page(as_user(vera.user), "validacion-plan/informe/")


def test_the_agency_sees_its_register_and_whom_it_sent_but_no_mark(begun, accepted, vera, as_user) -> None:
    mark_all(begun, vera.user)
    client = as_user(accepted)
    for path in ("validadores/", "validacion/", "municipalidades/puerto-claro/validadores/"):
        told = client.get(AGENCY + path)
        assert told.status_code == 200
        assert "El decreto no está." not in told.content.decode()
    assert "Vera Ruiz" in client.get(f"{AGENCY}validacion/").content.decode()


def test_the_agency_enters_a_validator_and_sends_them(cycle, accepted, as_user) -> None:
    client = as_user(accepted)
    told = {"full_name": "Nora Mena", "email": "nora@ejemplo.cl", "trained_on": "2025-03-01", "revision": "0"}
    client.post(
        f"{AGENCY}validadores/inscribir/", {**told, "valid_until": "2030-03-01", "employer": "Universidad", "note": ""}
    )
    validator = Validator.objects.get()
    client.post(f"{AGENCY}municipalidades/puerto-claro/validadores/asignar/", {"validator": validator.pk})

    assert ValidatorAssignment.objects.get().validator == validator
    assert Membership.objects.get(user=validator.user).role == "validator"


def test_the_desk_of_the_validating_body_is_only_for_who_coordinates(begun, agency, counterpart, vera, as_user) -> None:
    for user in (counterpart, vera.user):
        assert as_user(user).get(f"{AGENCY}validadores/").status_code == 403


@pytest.mark.parametrize("path", ["validacion/", "validacion/acuerdo/", "validacion/hallazgos/", "retroalimentacion/"])
def test_a_page_asks_as_often_whatever_was_found(issued, vera, as_user, path, django_assert_max_num_queries) -> None:
    client = as_user(vera.user)
    client.get(HOME + path)
    with django_assert_max_num_queries(45):
        client.get(HOME + path)
