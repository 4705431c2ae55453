"""The pages of stage 1: what each shows, who may write, what is said at which field."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo.quality.actions import agreements, counterparts, supports
from cabildo.quality.models import Agreement, Clause, Counterpart, Cycle, Support, SupportMovement
from conftest import make_member

pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/1/ingreso/"
TODAY = date(2026, 11, 20)
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"
AGREEMENT = {"agency": "SUBDERE", "number": "12", "municipality_signed_on": "2026-11-18", "revision": 0}


@pytest.fixture
def desk(cycle, counterpart, as_user):
    return as_user(counterpart)


@pytest.fixture
def filled(cycle, counterpart, alcaldesa) -> Cycle:
    """One of each: a clause, a counterpart, a support with a movement."""
    given = {"today": TODAY, "by": counterpart}
    agreement = agreements.save_agreement(cycle, revision=0, agency="SUBDERE", **given)
    duty = {"party": "municipality", "nature": "duty", "text": "Rendir cuentas."}
    agreements.add_clause(agreement, due_on=TODAY - timedelta(days=3), by=counterpart, **duty)
    counterparts.name_counterpart(cycle, user=alcaldesa, act="Oficio N° 45", named_on=TODAY, **given)
    told = {"kind": "financial", "pays": "Equipos", "reason": "Gestión incipiente", "amount_clp": 12_000_000}
    money = supports.record_support(cycle, granted_on=TODAY, **told, **given)
    moved = {"kind": "transfer", "amount_clp": 6_000_000, "paper": "Resolución 812"}
    supports.record_movement(money, on=TODAY, **moved, **given)
    return cycle


def text(answer) -> str:
    return answer.content.decode()


def test_an_empty_stage_says_what_is_missing_with_a_link_to_each(desk) -> None:
    page = text(desk.get(HERE))

    assert "Para seguir falta:" in page
    for place in ("convenio/", "contrapartes/designar/", "apoyos/agregar/"):
        assert f'<li><a href="{HERE}{place}">' in page


def test_the_diagnosis_and_the_list_of_cycles_lead_here(desk) -> None:
    for page in ("/m/puerto-claro/mesa/calidad/", "/m/puerto-claro/mesa/calidad/1/diagnostico/"):
        assert f'href="{HERE}"' in text(desk.get(page))


def test_from_the_agreement_to_its_first_clause_met(desk, counterpart) -> None:
    paper = SimpleUploadedFile("convenio.pdf", PDF)
    saved = desk.post(f"{HERE}convenio/", {**AGREEMENT, "paper": paper}, follow=True)
    assert "Convenio guardado." in text(saved)
    assert "convenio.pdf" in text(saved)

    clause = {"party": "agency", "nature": "right", "text": "Pedir antecedentes.", "revision": 0}
    desk.post(f"{HERE}clausulas/agregar/", clause)
    kept = Clause.objects.get()
    met = {"met_on": "2026-11-19", "met_note": "Oficio N° 45"}
    page = text(desk.post(f"{HERE}clausulas/{kept.pk}/cumplir/", met, follow=True))

    assert "Pedir antecedentes." in page
    assert "1 de 1 cumplidas" in page
    assert f"Oficio N° 45 · {counterpart}" in page
    assert "19 nov 2026" in page


def test_a_clause_comes_with_what_the_gate_asked_for(desk, filled) -> None:
    page = text(desk.get(f"{HERE}clausulas/agregar/?parte=agency&tipo=right"))

    assert 'value="agency"' in page.split("checked")[0].rsplit("<input", 1)[1]
    assert 'value="right"' in page.rsplit("checked", 1)[0].rsplit("<input", 1)[1]
    assert page.count("checked") == 2
    assert text(desk.get(f"{HERE}clausulas/agregar/?parte=nadie&tipo=nada")).count("checked") == 0


def test_a_clause_is_changed_cleared_and_taken_out(desk, filled) -> None:
    place, kept = f"{HERE}clausulas/{Clause.objects.get().pk}/", Clause.objects
    changed = {"party": "municipality", "nature": "duty", "text": "Rendir cada mes.", "revision": 1}
    desk.post(place, changed)
    assert kept.get().text == "Rendir cada mes."

    desk.post(f"{place}cumplir/", {"met_on": "2026-11-19", "met_note": "Acta 1"})
    desk.post(f"{place}pendiente/")
    assert kept.get().met_on is None
    desk.post(f"{place}quitar/")
    assert not kept.exists()


def test_an_error_is_at_its_field_and_what_was_typed_stays(desk) -> None:
    refused = desk.post(f"{HERE}convenio/", {**AGREEMENT, "agency_signed_on": f"{timezone.localdate().year + 1}-12-31"})

    assert refused.status_code == 422
    assert [*refused.context["form"].errors] == ["agency_signed_on"]
    assert "La fecha no puede ser posterior a hoy." in text(refused)
    assert 'value="SUBDERE"' in text(refused)
    assert not Agreement.objects.exists()


def test_a_file_that_is_no_paper_is_refused_at_its_field(desk) -> None:
    refused = desk.post(f"{HERE}convenio/", {**AGREEMENT, "paper": SimpleUploadedFile("a.pdf", b"MZ\x90\x00nada")})

    assert [*refused.context["form"].errors] == ["paper"]
    assert not Agreement.objects.exists()


def test_who_is_late_sees_what_the_other_wrote_and_may_save_over_it(desk) -> None:
    desk.post(f"{HERE}convenio/", AGREEMENT)
    desk.post(f"{HERE}convenio/", {**AGREEMENT, "number": "13", "revision": 1})

    refused = desk.post(f"{HERE}convenio/", {**AGREEMENT, "number": "14", "revision": 1})
    assert "Otra persona escribió: «13»." in text(refused)
    assert refused.context["form"]["revision"].value() == 2
    desk.post(f"{HERE}convenio/", {**AGREEMENT, "number": "14", "revision": 2})
    assert Agreement.objects.get().number == "14"


def test_a_counterpart_is_named_and_replaced(desk, counterpart, alcaldesa) -> None:
    named = {"user": counterpart.pk, "act": "Oficio N° 45", "named_on": "2026-11-18"}
    desk.post(f"{HERE}contrapartes/designar/", named)
    again = desk.post(f"{HERE}contrapartes/designar/", named)
    assert [*again.context["form"].errors] == ["user"]

    desk.post(f"{HERE}contrapartes/{Counterpart.objects.get().pk}/terminar/", {"ended_on": "2026-11-19"})
    page = text(desk.post(f"{HERE}contrapartes/designar/", {**named, "user": alcaldesa.pk}, follow=True))

    assert "en funciones" in page
    assert "19 nov 2026" in page
    assert "Designar a la segunda contraparte técnica" in page


def test_a_support_shows_both_sums_and_its_balance_and_unknown_is_not_zero(desk) -> None:
    told = {"kind": "financial", "pays": "Equipos", "reason": "Gestión incipiente", "granted_on": "2026-11-18"}
    page = text(desk.post(f"{HERE}apoyos/agregar/", {**told, "revision": 0}, follow=True))
    assert page.count("sin dato") == 4

    place = f"{HERE}apoyos/{Support.objects.get().pk}/"
    desk.post(place, {**told, "amount_clp": 12_000_000, "revision": 1})
    for kind, amount in (("transfer", 6_000_000), ("account_rendered", 2_350_000)):
        moved = {"kind": kind, "amount_clp": amount, "on": "2026-11-19", "paper": "Papel 1"}
        page = text(desk.post(f"{place}movimientos/agregar/", moved, follow=True))

    for words in ("$12.000.000", "$6.000.000", "$2.350.000", "$3.650.000", "Papel 1"):
        assert words in page
    assert "sin dato" not in page


def test_money_that_does_not_add_up_is_refused_at_the_amount(desk, filled) -> None:
    place = f"{HERE}apoyos/{Support.objects.get().pk}/movimientos/agregar/"
    moved = {"kind": "transfer", "amount_clp": 6_000_001, "on": "2026-11-20", "paper": "Papel 2"}

    refused = desk.post(place, moved)

    assert [*refused.context["form"].errors] == ["amount_clp"]
    assert "Se habrían transferido $12.000.001 y el apoyo es de $12.000.000" in text(refused)


def test_a_movement_and_then_its_support_are_taken_out(desk, filled) -> None:
    support = f"{HERE}apoyos/{Support.objects.get().pk}/quitar/"
    assert "Este apoyo tiene movimientos." in text(desk.post(support, follow=True))

    desk.post(f"{HERE}movimientos/{SupportMovement.objects.get().pk}/quitar/")
    desk.post(support)
    assert not Support.objects.exists()


@pytest.mark.parametrize(
    ("role", "reads_writes"),
    [
        ("quality_counterpart", (200, 200)),
        ("mayor", (200, 200)),
        ("quality_committee", (200, 403)),
        ("control_unit", (200, 403)),
        ("counter_officer", (403, 403)),
    ],
)
def test_each_role_reads_or_writes_as_it_may(filled, puerto_claro, as_user, role, reads_writes) -> None:
    someone = as_user(make_member("Alguien Más", puerto_claro, role))
    support, clause = Support.objects.get().pk, Clause.objects.get().pk
    forms = ("convenio/", "clausulas/agregar/", f"clausulas/{clause}/", f"clausulas/{clause}/cumplir/")
    money = ("contrapartes/designar/", "apoyos/agregar/", f"apoyos/{support}/", f"apoyos/{support}/quitar/")

    overview = someone.get(HERE)
    writing = {someone.get(HERE + place).status_code for place in (*forms, *money)}

    assert (overview.status_code, *writing) == reads_writes
    assert ("Cambiar" in text(overview)) == (reads_writes[1] == 200)


def test_another_municipality_finds_nothing_of_it(filled, otra_comuna, as_user) -> None:
    stranger = as_user(make_member("Otra Persona", otra_comuna, "quality_counterpart"))
    support = f"apoyos/{Support.objects.get().pk}/"

    for place in ("", "convenio/", support):
        assert stranger.get(HERE + place).status_code in (403, 404)
        assert stranger.get(f"/m/otra-comuna/mesa/calidad/1/ingreso/{place}").status_code == 404


def test_a_clause_of_another_cycle_is_not_found_under_this_one(desk, filled) -> None:
    other = HERE.replace("/1/", "/2/")

    assert desk.get(f"{other}clausulas/{Clause.objects.get().pk}/").status_code == 404


def test_a_closed_cycle_is_read_and_offers_nothing(desk, filled) -> None:
    Cycle.objects.update(closed_on=TODAY)

    assert "Anotar un movimiento" not in text(desk.get(HERE))


def test_the_page_asks_as_often_with_three_of_everything_as_with_one(desk, filled, counterpart, oficina) -> None:
    desk.get(HERE)
    with CaptureQueriesContext(connection) as once:
        desk.get(HERE)
    given = {"today": TODAY, "by": counterpart}
    for _number in range(2):
        duty = {"party": "agency", "nature": "duty", "text": "Capacitar."}
        clause = agreements.add_clause(Agreement.objects.get(), by=counterpart, **duty)
        agreements.meet_clause(clause, met_on=TODAY, met_note="Acta", **given)
        told = {"kind": "training", "pays": "Curso", "reason": "Lo pidió", "granted_on": TODAY}
        money = supports.record_support(filled, **told, **given)
        supports.record_movement(money, kind="transfer", on=TODAY, amount_clp=1, paper="R", **given)
    counterparts.name_counterpart(filled, user=oficina, act="Oficio", named_on=TODAY, **given)

    with CaptureQueriesContext(connection) as thrice:
        page = text(desk.get(HERE))

    assert page.count("Capacitar.") > 1
    assert len(thrice) == len(once)


def test_the_signed_agreement_is_amended_on_its_page_which_tells_its_history(desk) -> None:
    signed = {**AGREEMENT, "agency_signed_on": "2026-11-19"}
    desk.post(f"{HERE}convenio/", signed)
    refused = desk.post(f"{HERE}convenio/", {**signed, "number": "13", "revision": 1})
    assert {*refused.context["form"].errors} == {"reason", "paper"}
    adenda = {"reason": "Tenía otro número.", "paper": SimpleUploadedFile("adenda.pdf", PDF)}

    page = text(desk.post(f"{HERE}convenio/", {**signed, "number": "13", "revision": 1, **adenda}, follow=True))

    assert "Convenio N° 13" in page
    assert "Tenía otro número." in page
    assert "Antes decía: número del convenio: 12" in page
    assert page.count("adenda.pdf") == 2
