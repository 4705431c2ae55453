"""A person exercises a right over their data: verified, in term, decided with reasons, and carried out."""

import json
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import mail
from django.utils import timezone
from tests.conftest import make_member

from cabildo.accounts.scoping import in_municipality
from cabildo.audit.models import Entry
from cabildo.people.actions import Contact
from cabildo.people.models import Requester
from cabildo.tickets import following
from cabildo.tickets.actions import answering, data_requests
from cabildo.tickets.choices import DataRight
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import DataSubjectRequest, Ticket
from cabildo.tickets.queries import data_requests as queries
from cabildo.tickets.queries import found
from cabildo.workflow.rules.errors import WorkflowError

ROSA = Contact(name="Rosa Pérez", run="12345678-5", email="rosa@ejemplo.cl")
PORTAL = "/m/puerto-claro/datos-personales/"
DESK = "/m/puerto-claro/mesa/datos-personales/"
WHY = "Vimos su cédula y corresponde."


@pytest.fixture
def protector(puerto_claro):
    return make_member("Paz Leal", puerto_claro, "data_protection")


@pytest.fixture
def rosas(receive, oficina) -> Ticket:
    """A request that Rosa made at the counter, with her card."""
    return receive(contact=ROSA, by=oficina, channel="counter", text="El poste 14 está apagado.")


@pytest.fixture
def ask(puerto_claro):
    def make(right: str = "access", today: date | None = None, **more) -> DataSubjectRequest:
        exercise = data_requests.Exercise(right, more.pop("contact", ROSA), "Quiero ver todo.", "web", **more)
        return data_requests.receive(exercise, by=None, today=today or timezone.localdate())

    return make


@pytest.fixture
def verified(ask, protector):
    def make(right: str = "access", **more) -> DataSubjectRequest:
        asked = ask(right, **more)
        chosen = queries.candidates(asked)
        return data_requests.verify_identity(asked, how="Cédula vista.", subjects=chosen, by=protector)

    return make


@pytest.fixture
def granted(verified, protector):
    def make(right: str = "access", **more) -> DataSubjectRequest:
        return data_requests.grant(verified(right), decision=WHY, by=protector, **more)

    return make


def archive_of(client, asked: DataSubjectRequest) -> ZipFile:
    answer = client.post(f"{PORTAL}{following.data_request_token(asked)}/copia/")
    assert answer.status_code == 200
    return ZipFile(BytesIO(answer.content))


@pytest.mark.parametrize("right", [right for right in DataRight if right != DataRight.BLOCKING])
def test_the_answer_is_owed_in_thirty_calendar_days(ask, right) -> None:
    asked = ask(right, today=date(2026, 12, 7))

    assert (asked.days, asked.unit, asked.due_on) == (30, "corridos", date(2027, 1, 6))
    assert "Ley 21.719" in asked.article


def test_a_block_is_owed_in_two_business_days(ask) -> None:
    asked = ask("blocking", today=date(2026, 12, 4))

    assert (asked.days, asked.unit, asked.due_on) == (2, "habiles", date(2026, 12, 9))


def test_it_has_its_own_folio_and_receipt(ask, run_jobs) -> None:
    first, second = ask(today=date(2026, 12, 7)), ask(today=date(2026, 12, 7))
    run_jobs()

    assert [one.folio[:13] for one in (first, second)] == ["D-2026-000001", "D-2026-000002"]
    assert {one.folio in mail.outbox[0].body for one in (first, second)} == {True, False}
    assert "No tiene costo" in mail.outbox[0].body


def test_the_same_form_sent_twice_asks_once(ask) -> None:
    assert ask(key="k1") == ask(key="k1")


def test_the_same_form_arriving_twice_at_once_asks_once(ask, monkeypatch) -> None:
    first = ask(key="k1")
    not_there_yet = iter([None])
    monkeypatch.setattr(data_requests, "_already", lambda _exercise: next(not_there_yet, first))

    assert ask(key="k1") == first
    assert DataSubjectRequest.objects.count() == 1


def test_a_form_resent_after_its_receipt_leads_to_the_first_request(client, puerto_claro) -> None:
    key = client.get(PORTAL).context["form"]["key"].value()
    sent = {"right": "access", "name": "Rosa Pérez", "email": "rosa@ejemplo.cl", "key": key}

    led_to = [client.post(PORTAL, sent).url.split("/")[-2] for _time in range(2)]

    assert {following.data_request_of(token) for token in led_to} == {DataSubjectRequest.objects.get()}


def test_the_next_person_in_the_same_browser_asks_apart(client, puerto_claro) -> None:
    keys = [client.get(PORTAL).context["form"]["key"].value() for _person in range(2)]

    assert keys[0] != keys[1]


def test_the_term_is_extended_once_by_thirty_days(ask, protector) -> None:
    asked = ask(today=date(2026, 12, 7))

    longer = data_requests.extend(asked, reason="Son muchos papeles.", by=protector, today=date(2026, 12, 20))

    assert (longer.due_on, longer.extended_due_on) == (date(2027, 1, 6), date(2027, 2, 5))
    with pytest.raises(WorkflowError):
        data_requests.extend(asked, reason="Más.", by=protector, today=date(2026, 12, 21))


def test_a_block_is_not_extended(ask, protector) -> None:
    with pytest.raises(WorkflowError):
        data_requests.extend(ask("blocking"), reason="Más.", by=protector, today=timezone.localdate())


def test_the_records_of_the_same_run_or_mail_are_proposed(ask, rosas, receive) -> None:
    receive(contact=Contact(name="Otro", email="otro@ejemplo.cl"))
    asked = ask()

    assert {one.name for one in queries.candidates(asked)} == {"Rosa Pérez"}
    assert rosas.requester in queries.candidates(asked)


def test_nothing_is_granted_before_identity_is_proved(ask, protector) -> None:
    with pytest.raises(WorkflowError):
        data_requests.grant(ask(), decision=WHY, by=protector)
    with pytest.raises(TicketsError):
        data_requests.verify_identity(ask(), how="Cédula", subjects=[], by=protector)


def test_access_gives_everything_held_as_json_and_pdf(client, rosas, granted, as_user, diego) -> None:
    as_user(diego).get(f"/m/puerto-claro/mesa/solicitudes/{rosas.folio}/")
    asked = granted()

    folder = archive_of(client, asked)

    held = json.loads(folder.read("datos.json"))
    assert {one["folio"] for one in held["requests"]} == {rosas.folio}
    assert held["person"][0]["run"] == "12345678-5"
    assert {read["quien"] for read in held["reads"]} == {"Funcionario de dirección, Dirección de Obras"}
    assert diego.full_name not in json.dumps(held)
    assert folder.read("datos.pdf").startswith(b"%PDF")
    assert "datos.json" in folder.read("indice.txt").decode()


def test_the_copy_is_for_a_granted_request_and_thirty_days(client, verified, protector) -> None:
    asked = verified()
    address = f"{PORTAL}{following.data_request_token(asked)}/copia/"
    early = client.post(address).status_code
    data_requests.grant(asked, decision=WHY, by=protector)
    DataSubjectRequest.objects.update(answered_at=timezone.now() - timedelta(days=31))

    assert (early, client.post(address).status_code) == (404, 404)


def test_the_copy_holds_nothing_of_other_people(client, rosas, receive, granted) -> None:
    receive(contact=Contact(name="Pedro", email="pedro@ejemplo.cl"), text="Asunto de Pedro solamente.")
    asked = granted()

    assert "Pedro" not in archive_of(client, asked).read("datos.json").decode()


def test_rectifying_writes_what_was_proved(rosas, granted) -> None:
    correction = Contact(name="Rosa Pérez Soto", run="12345678-5", email="rosa.soto@ejemplo.cl")

    granted("rectification", correction=correction)

    who = Requester.objects.get(pk=rosas.requester_id)
    assert (who.name, who.email, who.run) == ("Rosa Pérez Soto", "rosa.soto@ejemplo.cl", "12345678-5")


def test_rectifying_does_not_take_the_run_of_another(rosas, receive, granted, oficina) -> None:
    receive(contact=Contact(name="Eva", run="11111111-1"), by=oficina, channel="counter")
    correction = Contact(name="Rosa", run="11111111-1")

    with pytest.raises(TicketsError) as refusal:
        granted("rectification", correction=correction)

    assert refusal.value.code == "run_of_another"


def test_suppressing_forgets_person_and_words_and_still_answers(rosas, granted, diego, run_jobs) -> None:
    answering.answer(rosas, text="Listo.", outcome="resolved", by=diego)
    run_jobs()

    granted("suppression")
    run_jobs()

    assert not Requester.objects.filter(anonymised_at=None).exists()
    assert "poste 14" not in Ticket.objects.get(pk=rosas.pk).text
    assert WHY in mail.outbox[-1].body
    assert mail.outbox[-1].to == ["rosa@ejemplo.cl"]


def test_suppressing_waits_for_requests_under_way(rosas, granted) -> None:
    with pytest.raises(TicketsError) as refusal:
        granted("suppression")

    assert refusal.value.code == "open_requests"
    assert rosas.folio in refusal.value.sentence
    assert Requester.objects.get(pk=rosas.requester_id).name == "Rosa Pérez"


@pytest.mark.parametrize("right", ["opposition", "blocking"])
def test_a_blocked_person_is_not_written_to(rosas, granted, diego, run_jobs, right) -> None:
    granted(right)
    run_jobs()
    sent = len(mail.outbox)

    answering.answer(rosas, text="Listo.", outcome="resolved", by=diego)
    run_jobs()

    assert len(mail.outbox) == sent


def test_a_blocked_person_is_not_found_until_it_is_lifted(rosas, granted, protector, oficina) -> None:
    asked = granted("blocking")
    assert found.persons(oficina, "rosa") == []

    data_requests.lift(asked, by=protector)

    assert found.persons(oficina, "rosa") != []


def test_a_refusal_needs_no_identity_and_says_where_to_claim(ask, protector, run_jobs) -> None:
    asked = data_requests.refuse(ask(), decision="No se pudo comprobar que es usted.", by=protector)
    run_jobs()

    assert (asked.state, asked.granted) == ("answered", False)
    assert sum("Agencia de Protección de Datos" in message.body for message in mail.outbox) == 1


def test_an_answered_request_is_not_decided_again(ask, protector) -> None:
    asked = data_requests.refuse(ask(), decision="No.", by=protector)

    with pytest.raises(TicketsError) as refusal:
        data_requests.refuse(asked, decision="No.", by=protector)

    assert refusal.value.code == "data_request_answered"


def test_the_audit_of_a_right_holds_no_words(ask, protector) -> None:
    data_requests.refuse(ask(), decision="No se pudo comprobar.", by=protector)

    entries = Entry.objects.filter(action__startswith="data_request.")
    assert {entry.action for entry in entries} == {"data_request.received", "data_request.answered"}
    assert not any("Rosa" in str(entry.data) or "comprobar" in str(entry.data) for entry in entries)


def test_it_is_a_duty_of_who_protects_data(as_user, ask, protector, oficina) -> None:
    asked = ask()

    shown = [asked.folio in as_user(who).get("/m/puerto-claro/mesa/").content.decode() for who in (protector, oficina)]

    assert shown == [True, False]


def test_a_neighbour_asks_in_the_portal_and_follows_it(client, puerto_claro) -> None:
    sent = client.post(PORTAL, {"right": "access", "name": "Rosa Pérez", "email": "rosa@ejemplo.cl"})

    page = client.get(sent["Location"]).content.decode()

    assert DataSubjectRequest.objects.get().folio in page
    assert "Falta comprobar que es usted" in page


def test_a_correction_without_the_right_datum_is_sent_back(client, puerto_claro) -> None:
    page = client.post(PORTAL, {"right": "rectification", "name": "Rosa", "email": "rosa@ejemplo.cl"})

    assert set(page.context["form"].errors) == {"detail"}


def test_an_official_verifies_and_grants_in_the_browser(as_user, rosas, ask, protector) -> None:
    asked, desk = ask("blocking"), as_user(protector)
    base = f"{DESK}{asked.folio}/"
    assert asked.folio in desk.get(DESK).content.decode()
    ids = [str(one.pk) for one in queries.candidates(asked)]
    desk.post(base + "paso/comprobar/", {"how": "Cédula vista.", "subjects": ids})

    done = desk.post(base + "paso/acoger/", {"text": WHY})

    assert done.status_code == 302
    assert "Levantar el bloqueo" in desk.get(base).content.decode()
    assert Requester.objects.get(pk=rosas.requester_id).blocked_at is not None
    desk.post(base + "paso/levantar/")
    assert Requester.objects.get(pk=rosas.requester_id).blocked_at is None


def test_seeing_who_asks_is_logged(as_user, ask, protector) -> None:
    asked = ask()

    as_user(protector).get(f"{DESK}{asked.folio}/")

    read = Entry.objects.get(action="personal_data.read")
    assert (read.subject_id, read.actor_id) == (str(asked.requester_id), str(protector.pk))


@pytest.mark.parametrize("who", ["diego", "carmen", "alcaldesa", "oficina", "admin"])
def test_only_who_protects_data_handles_rights(as_user, request, ask, who) -> None:
    asked, desk = ask(), as_user(request.getfixturevalue(who))
    paths = ["", f"{asked.folio}/", f"{asked.folio}/paso/comprobar/"]

    assert [desk.get(DESK + path).status_code for path in paths] == [403, 403, 403]


def test_another_municipality_neither_opens_nor_counts_it(client, ask, otra_comuna) -> None:
    token = following.data_request_token(ask())

    elsewhere = client.get(f"/m/otra-comuna/datos-personales/{token}/").status_code

    with in_municipality(otra_comuna):
        assert (elsewhere, queries.open_requests().count()) == (404, 0)


@pytest.mark.parametrize("path", ["privacidad/", "publicacion/", "datos-personales/"])
def test_the_notices_are_open_to_anyone(client, puerto_claro, path) -> None:
    assert client.get(f"/m/puerto-claro/{path}").status_code == 200
