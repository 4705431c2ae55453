"""What officials and other systems do through the JSON interface."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cabildo import audit
from cabildo.accounts.scoping import in_municipality
from cabildo.audit.models import Entry
from cabildo.people.actions import Contact
from cabildo.tickets.actions.clients import create_client
from cabildo.tickets.actions.intake import Intake, receive
from cabildo.tickets.models import ApiClient, Ticket

BASE = "/m/puerto-claro/api/v1/"


@pytest.fixture
def make_ticket(categories):
    def make(category: str = "lamp", **more) -> Ticket:
        asked = {"kind": "reclamo", "text": "El foco no prende.", "channel": "web", "place": "Los Aromos 120"}
        contact = Contact(name="Rosa Pérez", email="rosa@ejemplo.cl")
        return receive(Intake(category=categories[category], contact=contact, **{**asked, **more}), by=None).ticket

    return make


@pytest.fixture
def key(puerto_claro) -> dict[str, str]:
    issued = create_client(by=audit.SYSTEM, name="Panel", contact="panel@ejemplo.cl", may_read=True)
    return {"X-Api-Key": issued.key}


def send(browser: Client, address: str, body: dict):
    return browser.post(BASE + address, body, content_type="application/json")


def folios(answer) -> list[str]:
    return [item["folio"] for item in answer.json()["items"]]


def test_an_officer_lists_what_they_may_see_and_no_more(as_user, diego, make_ticket) -> None:
    mine = make_ticket("lamp")
    make_ticket("rubbish")

    page = as_user(diego).get(f"{BASE}tickets").json()

    assert [item["folio"] for item in page["items"]] == [mine.folio]
    assert (page["items"][0]["department"]["code"], page["next"]) == ("obras", None)


def test_the_list_takes_the_filters_of_the_desk(as_user, oficina, make_ticket) -> None:
    lamp, rubbish = make_ticket("lamp"), make_ticket("rubbish", kind="solicitud")
    browser = as_user(oficina)

    assert folios(browser.get(f"{BASE}tickets?direccion=aseo")) == [rubbish.folio]
    assert folios(browser.get(f"{BASE}tickets?tipo=reclamo&tipo=consulta")) == [lamp.folio]
    assert folios(browser.get(f"{BASE}tickets?orden=antiguas")) == [lamp.folio, rubbish.folio]


def test_the_list_is_paged_by_cursor(as_user, oficina, make_ticket, monkeypatch) -> None:
    monkeypatch.setattr("cabildo.tickets.api.PAGE_SIZE", 1)
    first, second = make_ticket(), make_ticket()
    browser = as_user(oficina)

    page = browser.get(f"{BASE}tickets").json()
    following = browser.get(f"{BASE}tickets", {"pagina": page["next"]})

    assert ([page["items"][0]["folio"]], folios(following)) == ([second.folio], [first.folio])
    assert browser.get(f"{BASE}tickets?pagina=otra").json()["code"] == "invalid_cursor"


def test_the_list_costs_the_same_queries_for_one_and_for_three(as_user, oficina, make_ticket) -> None:
    browser, costs = as_user(oficina), []
    for _ in range(3):
        make_ticket()
        with CaptureQueriesContext(connection) as made:
            browser.get(f"{BASE}tickets")
        costs.append(len(made))

    assert costs[0] == costs[2] <= 12


def test_who_reads_a_requester_is_on_record(as_user, diego, make_ticket) -> None:
    ticket = make_ticket()

    detail = as_user(diego).get(f"{BASE}tickets/{ticket.folio}").json()

    read = Entry.objects.get(action="personal_data.read")
    assert detail["requester"]["name"] == "Rosa Pérez"
    assert (read.actor_id, read.subject_id) == (str(diego.pk), str(ticket.requester_id))


def test_a_reserved_identity_is_for_its_department_alone(as_user, diego, oficina, make_ticket) -> None:
    ticket = make_ticket(wants_reserve=True)

    seen = [as_user(one).get(f"{BASE}tickets/{ticket.folio}").json()["requester"] for one in (oficina, diego)]

    assert (seen[0], seen[1]["name"]) == (None, "Rosa Pérez")


@pytest.mark.parametrize("address", ["tickets/{folio}", "tickets/{folio}/timeline"])
def test_what_one_may_not_see_does_not_exist(as_user, diego, make_ticket, address: str) -> None:
    theirs = make_ticket("rubbish")

    answer = as_user(diego).get(BASE + address.format(folio=theirs.folio))

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_who_works_in_no_department_here_is_refused(as_user, externo) -> None:
    assert as_user(externo).get(f"{BASE}tickets").status_code == 403


def test_an_officer_acknowledges_notes_and_derives(as_user, diego, make_ticket, aseo) -> None:
    ticket = make_ticket()
    browser, here = as_user(diego), f"tickets/{ticket.folio}"

    acknowledged = send(browser, f"{here}/acknowledge", {"version": ticket.version})
    noted = send(browser, f"{here}/notes", {"text": "Va la cuadrilla mañana."})
    timeline = browser.get(f"{BASE}{here}/timeline").json()
    version = acknowledged.json()["version"]
    derived = send(browser, f"{here}/derive", {"department": "aseo", "reason": "Es basura", "version": version})

    assert (acknowledged.json()["state"], noted.status_code) == ("in_progress", 201)
    assert (timeline[-1]["kind"], timeline[-1]["is_public"]) == ("note", False)
    assert (derived.json()["state"], derived.json()["department"]["code"]) == ("derived", "aseo")


def test_a_refused_step_says_why_in_words(as_user, diego, make_ticket) -> None:
    ticket = make_ticket()

    answer = send(as_user(diego), f"tickets/{ticket.folio}/acknowledge", {"version": ticket.version + 1})

    assert (answer.status_code, answer.json()["code"]) == (400, "stale")


def test_what_is_missing_or_wrong_is_named(as_user, diego, make_ticket) -> None:
    answer = send(as_user(diego), f"tickets/{make_ticket().folio}/notes", {"text": ""})

    assert (answer.status_code, answer.json()["fields"]) == (422, ["body.sent.text"])


@pytest.mark.parametrize(
    "query",
    ["ingreso_hasta=9999-12-31", "ingreso_desde=0001-01-01", "q=%00", "estado=otro", f"direccion={'a' * 81}"],
)
def test_a_filter_out_of_bounds_is_named(as_user, oficina, query: str) -> None:
    answer = as_user(oficina).get(f"{BASE}tickets?{query}")

    assert (answer.status_code, query.partition("=")[0] in answer.json()["fields"][0]) == (422, True)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_out_of_bounds_is_refused(client, key, moment: str) -> None:
    assert client.get(f"{BASE}published?updated_after={moment}", headers=key).status_code == 422


def test_seeing_is_not_acting(as_user, alcaldesa, make_ticket) -> None:
    assert send(as_user(alcaldesa), f"tickets/{make_ticket().folio}/notes", {"text": "Hola"}).status_code == 403


def test_a_change_without_the_token_of_the_session_is_refused(diego, make_ticket) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(diego, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert send(browser, f"tickets/{make_ticket().folio}/notes", {"text": "Hola"}).status_code == 403


def test_a_client_reads_what_is_published_and_nothing_personal(client, key, make_ticket) -> None:
    shown, hidden = make_ticket(latitude=-33.041234, longitude=-71.629876), make_ticket()
    Ticket.objects.filter(pk=shown.pk).update(is_public=True, public_text="El foco no prende.")
    Ticket.objects.filter(pk=hidden.pk).update(is_public=False)

    listed = client.get(f"{BASE}published", headers=key)

    assert folios(listed) == [shown.folio]
    assert [word for word in ("Rosa", "Aromos", "041234") if word in listed.text] == []
    assert client.get(f"{BASE}published/{shown.folio}", headers=key).json()["text"] == "El foco no prende."
    assert client.get(f"{BASE}published/{hidden.folio}", headers=key).status_code == 404


def test_a_client_that_may_not_read_or_calls_too_much_is_refused(client, key) -> None:
    ApiClient.objects.update(per_minute=1)
    first, second = (client.get(f"{BASE}published", headers=key).status_code for _ in range(2))
    ApiClient.objects.update(may_read=False)

    assert (first, second, client.get(f"{BASE}published", headers=key).status_code) == (200, 429, 403)


def test_a_key_of_here_opens_nothing_elsewhere(client, key, otra_comuna) -> None:
    assert client.get("/m/otra-comuna/api/v1/published", headers=key).status_code == 401


def test_an_officer_of_here_reads_nothing_elsewhere(as_user, diego, otra_comuna, make_ticket) -> None:
    ticket = make_ticket()
    with in_municipality(otra_comuna):
        answer = as_user(diego).get(f"/m/otra-comuna/api/v1/tickets/{ticket.folio}")

    assert answer.status_code == 403


def test_who_owes_a_second_step_reads_nothing_before_taking_it(as_user, diego, make_ticket, puerto_claro) -> None:
    ticket = make_ticket()
    puerto_claro.requires_second_factor = True
    puerto_claro.save()

    assert as_user(diego).get(f"{BASE}tickets/{ticket.folio}").status_code == 403
