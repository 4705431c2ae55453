"""Requests that come from other systems: taken, refused in the specification's words, never twice."""

import pytest
from django.core.files.base import ContentFile

from cabildo.audit.models import Entry
from cabildo.documents.models import Document
from cabildo.people.models import Requester
from cabildo.tickets import redirects
from cabildo.tickets.actions.clients import revoke_client
from cabildo.tickets.models import ApiClient, Ticket, TicketEvent

from .conftest import HERE, photo


def descriptions(answer) -> str:
    return " ".join(error["description"] for error in answer.json())


def test_a_request_gets_its_folio_at_once(report, lamp) -> None:
    answer = report()

    ticket = Ticket.objects.get()
    assert answer.json() == [
        {
            "service_request_id": ticket.folio,
            "service_notice": "Debe responder: Dirección de Obras.",
            "account_id": None,
        }
    ]
    assert (ticket.channel, ticket.channel_detail, ticket.kind) == ("open311", "App Vecina", "reclamo")
    assert (ticket.latitude, ticket.answers[0]["shown"]) == (-33.0412, "Está apagado")
    assert Entry.objects.filter(action="ticket.received", actor_kind="client").count() == 1


def test_in_xml_the_folio_comes_in_its_element(report) -> None:
    answer = report("xml")

    assert f"<service_request_id>{Ticket.objects.get().folio}</service_request_id>" in answer.text


def test_who_asks_is_put_on_record_without_touching_the_known_person(report) -> None:
    report(first_name="Rosa", last_name="Pérez", email="rosa@ejemplo.cl", phone="+56987654321")

    requester = Requester.objects.get()
    assert (requester.name, requester.email, requester.run) == ("Rosa Pérez", "rosa@ejemplo.cl", None)


@pytest.mark.parametrize("key", [None, "", "no-es-una-clave", "x" * 500, "ñ\x00"])
def test_without_a_good_key_nothing_comes_in(report, key) -> None:
    assert report(api_key=key).status_code == 403
    assert not Ticket.objects.exists()


def test_a_revoked_key_opens_nothing(report, issued, admin) -> None:
    revoke_client(issued.client, by=admin)

    assert report().status_code == 403


def test_a_key_of_another_municipality_opens_nothing_here(report, issued, otra_comuna) -> None:
    ApiClient.objects.filter(pk=issued.client.pk).update(municipality=otra_comuna)

    assert report().status_code == 403


def test_a_key_that_may_only_read_brings_nothing_in(report, issued) -> None:
    ApiClient.objects.filter(pk=issued.client.pk).update(may_write=False)

    assert report().status_code == 403


def test_past_its_calls_per_minute_a_client_waits(report, issued) -> None:
    ApiClient.objects.filter(pk=issued.client.pk).update(per_minute=2)

    answers = [report() for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "60"


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"lat": None, "long": None}, 400, "Falta el lugar"),
        ({"long": None}, 400, "van siempre juntas"),
        ({"lat": "nan"}, 400, "entre -90 y 90"),
        ({"description": "Hola <script>alert(1)</script>"}, 400, "contiene HTML"),
        ({"first_name": "<b>Rosa</b>"}, 400, "contiene HTML"),
        ({"description": "a" * 4001}, 400, "más de 4000 caracteres"),
        ({"service_code": None}, 400, "Falta «service_code»"),
        ({"service_code": "nada"}, 404, "No existe el servicio"),
        ({"attribute[falla]": None}, 400, "¿Qué le pasa al foco?"),
        ({"attribute[falla]": "otra"}, 400, "claves de su lista"),
        ({"attribute[desde]": "ayer"}, 400, "debe ser una fecha"),
        ({"email": "rosa"}, 400, "dirección de correo"),
        ({"media_url": "file:///etc/passwd"}, 400, "http://"),
    ],
)
def test_a_wrong_request_is_refused_in_words(report, changes, status: int, said: str) -> None:
    answer = report(**changes)

    assert (answer.status_code, said in descriptions(answer)) == (status, True)
    assert not Ticket.objects.exists()


def test_everything_wrong_is_said_at_once(report) -> None:
    answer = report(lat=None, long=None, description="<p>", email="x", **{"attribute[falla]": None})

    assert (answer.status_code, len(answer.json())) == (400, 4)


def test_a_closed_category_is_refused_in_words(report, lamp) -> None:
    lamp.is_open = False
    lamp.save()

    assert descriptions(report()) == "«Luminaria apagada» no recibe solicitudes por ahora."


def test_a_notice_that_stops_is_the_error(report, lamp) -> None:
    stop = {
        "when": "answer",
        "answer": {"question": "falla", "equals": "debil"},
        "effect": "stop",
        "text": "Avise a la empresa eléctrica.",
    }
    lamp.definition["notices"] = [stop]
    lamp.save()

    assert descriptions(report(**{"attribute[falla]": "debil"})) == "Avise a la empresa eléctrica."


def test_an_address_is_a_place(report) -> None:
    report(lat=None, long=None, address_string="Los Aromos 120")

    assert Ticket.objects.get().place == "Los Aromos 120"


@pytest.mark.parametrize("how", ["parameter", "header"])
def test_sent_twice_under_the_same_id_it_is_one_request(client, report, how: str) -> None:
    external = {"external_id": "abc-1"} if how == "parameter" else {}
    if how == "header":
        client.defaults["HTTP_IDEMPOTENCY_KEY"] = "abc-1"

    first, second = report(**external), report(**external)

    assert first.json() == second.json()
    assert Ticket.objects.count() == 1


def test_an_image_address_is_kept_for_officials_and_never_opened(report) -> None:
    report(media_url="http://169.254.169.254/latest/meta-data")

    note = TicketEvent.objects.get(kind="note")
    assert (note.is_public, "http://169.254.169.254/latest/meta-data" in note.words) == (False, True)


def test_a_photo_that_comes_along_is_checked_and_kept(report) -> None:
    report(media=photo())

    assert Document.objects.get().owner_id == str(Ticket.objects.get().pk)


def test_a_file_that_is_no_photo_is_refused_with_its_request(report) -> None:
    answer = report(media=ContentFile(b"MZ\x90\x00 programa", name="foto.png"))

    assert answer.status_code == 400
    assert not Ticket.objects.exists()


def test_without_department_yet_a_token_is_given_that_becomes_the_folio(report, ask, lamp, obras) -> None:
    lamp.department = None
    lamp.save()
    token = report().json()[0]["token"]
    before = ask(f"tokens/{token}.json").json()

    ticket = Ticket.objects.get()
    Ticket.objects.filter(pk=ticket.pk).update(department=obras, state="derived")

    assert before == [{"token": token}]
    assert ask(f"tokens/{token}.json").json() == [{"token": token, "service_request_id": ticket.folio}]
    assert ask(f"tokens/{token}x.json").status_code == 404


def test_what_a_client_brought_in_it_follows_with_its_key_though_it_is_not_published(report, ask, issued, lamp) -> None:
    lamp.publishes_text = False
    lamp.save()
    folio = report(description="Foco sin luz frente a mi puerta").json()[0]["service_request_id"]

    with_key = ask(f"requests/{folio}.json", api_key=issued.key).json()

    assert ask(f"requests/{folio}.json").status_code == 404
    assert (with_key[0]["status"], with_key[0]["description"]) == ("open", None)


def test_a_form_that_cannot_be_read_is_a_plain_refusal(client, puerto_claro) -> None:
    answer = client.post(f"{HERE}requests.json", b"--x", content_type="multipart/form-data; boundary=")

    assert answer.status_code == 400


def test_rights_over_data_are_offered_to_no_system_and_sent_to_the_portal(report, ask, lamp, monkeypatch) -> None:
    regime = {"id": "datos_personales", "label": "Derechos sobre sus datos", "keywords": ("mis datos",)}
    monkeypatch.setattr(redirects.packs, "bodies_in_use", lambda *_asked: [{"redirects": [regime]}])
    lamp.definition["redirect"] = "datos_personales"
    lamp.save()

    refused = report()

    assert (refused.status_code, Ticket.objects.count()) == (400, 0)
    assert "/datos-personales/" in descriptions(refused)
    assert "luminaria" not in {service["service_code"] for service in ask("services.json").json()}
