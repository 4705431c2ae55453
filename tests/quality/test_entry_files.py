"""Everything that stage 1 stores is in its PDF, in its Word and in its workbook."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cabildo.quality.actions import agreements, counterparts, supports
from cabildo.quality.models import Agreement, Clause, Counterpart, Cycle, Support, SupportMovement
from conftest import make_member
from quality.conftest import PDF, TODAY
from quality.test_report_files import fields_of, in_pdf, in_word, in_workbook, plain
from quality.test_validation_files import missing

pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/1/ingreso/"
READ = {"pdf": in_pdf, "docx": in_word, "xlsx": in_workbook}
STORED = (Agreement, Clause, Counterpart, Support, SupportMovement)
KEPT_OUT = {
    "clause.agreement": "there is one",
    "clause.position": "the order in which they are told",
    "supportmovement.support": "told by what it pays",
}
SHOWN = {
    "agreement.agency": "Subsecretaría de Prueba",
    "agreement.number": "CV-77",
    "agreement.municipality_signed_on": date(2026, 11, 3),
    "agreement.agency_signed_on": date(2026, 11, 5),
    "agreement.note": "Se firmó en dos ejemplares.",
    "clause.party": "organismo",
    "clause.nature": "derecho",
    "clause.text": "Pedir los antecedentes del plan.",
    "clause.due_on": date(2026, 12, 14),
    "clause.met_on": date(2026, 11, 9),
    "clause.met_note": "Oficio N° 451",
    "clause.met_by": "Olga Observadora",
    "counterpart.user": "Raúl Relevado",
    "counterpart.act": "Decreto exento 812",
    "counterpart.named_on": date(2026, 10, 6),
    "counterpart.ended_on": date(2026, 10, 27),
    "support.kind": "financiero",
    "support.amount_clp": "12.345.678",
    "support.pays": "Equipos de la oficina",
    "support.reason": "Gestión incipiente de la comuna.",
    "support.granted_on": date(2026, 10, 12),
    "supportmovement.kind": "rendición de cuentas",
    "supportmovement.on": date(2026, 11, 19),
    "supportmovement.amount_clp": "2.350.111",
    "supportmovement.paper": "Resolución 9981",
    "its balance": "3.749.889",
    "its file": "convenio.pdf",
}


@pytest.fixture
def planted(cycle, counterpart, puerto_claro) -> Cycle:
    """An entry with a value of its own in every field."""
    given, paper = {"today": TODAY, "by": counterpart}, SimpleUploadedFile("convenio.pdf", PDF)
    told = {name.split(".")[1]: value for name, value in SHOWN.items() if name.startswith("agreement.")}
    signed = {name: told.pop(name) for name in ("municipality_signed_on", "agency_signed_on")}
    agreement = agreements.save_agreement(cycle, revision=0, paper=paper, **told, **given)
    clause = {"party": "agency", "nature": "right", "text": SHOWN["clause.text"], "due_on": SHOWN["clause.due_on"]}
    kept = agreements.add_clause(agreement, by=counterpart, **clause)
    witness = make_member("Olga Observadora", puerto_claro, "quality_counterpart")
    met = {"met_on": SHOWN["clause.met_on"], "met_note": SHOWN["clause.met_note"]}
    agreements.meet_clause(kept, today=TODAY, by=witness, **met)
    Agreement.objects.update(**signed)
    _name(cycle, counterpart, puerto_claro)
    _support(cycle, given)
    return cycle


def _name(cycle: Cycle, by, municipality) -> None:
    someone = make_member("Raúl Relevado", municipality, "quality_committee")
    named = {"act": SHOWN["counterpart.act"], "named_on": SHOWN["counterpart.named_on"]}
    held = counterparts.name_counterpart(cycle, user=someone, today=TODAY, by=by, **named)
    counterparts.end_counterpart(held, ended_on=SHOWN["counterpart.ended_on"], today=TODAY, by=by)


def _support(cycle: Cycle, given) -> None:
    told = {name: SHOWN[f"support.{name}"] for name in ("pays", "reason", "granted_on")}
    money = supports.record_support(cycle, kind="financial", amount_clp=12_345_678, **told, **given)
    came = {"kind": "transfer", "on": TODAY, "amount_clp": 6_100_000, "paper": "Resolución 812"}
    supports.record_movement(money, **came, **given)
    told = {"on": SHOWN["supportmovement.on"], "paper": SHOWN["supportmovement.paper"], "amount_clp": 2_350_111}
    supports.record_movement(money, kind="account_rendered", **{**told, "on": TODAY}, **given)
    SupportMovement.objects.filter(kind="account_rendered").update(on=told["on"])


def test_every_stored_field_has_a_value_to_look_for() -> None:
    fields = {name for stored in STORED for name in fields_of(stored)} - set(KEPT_OUT)

    assert fields == {name for name in SHOWN if "." in name}


@pytest.mark.parametrize("kind", READ)
def test_every_stored_field_appears(planted, counterpart, as_user, kind) -> None:
    found = plain(READ[kind](as_user(counterpart).get(f"{HERE}?formato={kind}").content))

    assert missing(SHOWN, found) == []


@pytest.mark.parametrize("kind", READ)
def test_an_empty_entry_says_that_nothing_is_there(cycle, counterpart, as_user, kind) -> None:
    answer = as_user(counterpart).get(f"{HERE}?formato={kind}")

    assert "ingreso-ciclo-1-" in answer["Content-Disposition"]
    words = {"xlsx": "Cláusulas"}.get(kind, "Todavía no hay ningún apoyo registrado.")
    assert plain(words) in plain(READ[kind](answer.content))


def test_money_that_nobody_noted_is_unknown_and_not_zero(cycle, counterpart, as_user) -> None:
    told = {"kind": "training", "pays": "Curso", "reason": "Lo pidió", "granted_on": TODAY}
    supports.record_support(cycle, today=TODAY, by=counterpart, **told)
    found = in_workbook(as_user(counterpart).get(f"{HERE}?formato=xlsx").content)

    assert found.count("sin dato") == 4


def test_only_who_reads_the_page_gets_its_file(planted, puerto_claro, as_user) -> None:
    for role, status in (("control_unit", 200), ("counter_officer", 403)):
        someone = as_user(make_member(f"Alguien {role}", puerto_claro, role))
        assert someone.get(f"{HERE}?formato=xlsx").status_code == status


def test_the_file_asks_as_often_with_many_clauses_as_with_one(planted, counterpart, as_user) -> None:
    desk = as_user(counterpart)
    desk.get(f"{HERE}?formato=xlsx")
    with CaptureQueriesContext(connection) as once:
        desk.get(f"{HERE}?formato=xlsx")
    Agreement.objects.update(agency_signed_on=None)
    for _number in range(3):
        duty = {"party": "agency", "nature": "duty", "text": "Capacitar."}
        agreements.add_clause(Agreement.objects.get(), by=counterpart, **duty)
        told = {"kind": "training", "pays": "Curso", "reason": "Lo pidió", "granted_on": TODAY}
        supports.record_support(planted, today=TODAY, by=counterpart, **told)

    with CaptureQueriesContext(connection) as thrice:
        desk.get(f"{HERE}?formato=xlsx")
    assert len(thrice) == len(once)


@pytest.mark.parametrize("kind", READ)
def test_what_changed_after_the_signatures_is_in_every_file(planted, counterpart, as_user, kind) -> None:
    paper, held = SimpleUploadedFile("adenda.pdf", PDF), Agreement.objects.get()
    told = {"number": "CV-78", "reason": "Tenía otro número.", "revision": held.revision, "paper": paper}
    agreements.save_agreement(planted, today=TODAY, by=counterpart, **told)

    found = plain(READ[kind](as_user(counterpart).get(f"{HERE}?formato={kind}").content))

    shown = {"reason": "Tenía otro número.", "before": "CV-77", "file": "adenda.pdf", "by": str(counterpart)}
    assert missing(shown, found) == []
