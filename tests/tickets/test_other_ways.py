"""What another law treats is explained in the portal: subjects before anything is typed, words before going on."""

import pytest

from cabildo.tickets.models import Ticket, TicketEvent
from tickets.inner_world import adopt_national_tree

HERE = "/m/puerto-claro/"
NEW = f"{HERE}solicitudes/nueva/"
ASKED = "Solicito copia del contrato de la basura y las actas del concejo de 2025."
ROSA = {"name": "Rosa Pérez", "email": "rosa@ejemplo.cl"}
PORTAL_OF_TRANSPARENCY = 'href="https://www.portaltransparencia.cl"'


@pytest.fixture(autouse=True)
def _national_tree(puerto_claro, time_machine) -> None:
    time_machine.move_to("2026-11-22T15:00:00Z", tick=False)
    adopt_national_tree(puerto_claro)


def write(client, code: str = "otra", text: str = ASKED, kind: str = "solicitud", **answers):
    return client.post(f"{NEW}{code}/", {"kind": kind, "text": text, **answers})


def test_a_subject_of_another_law_explains_it_before_anything_is_typed(client) -> None:
    page = client.get(f"{NEW}acceso_informacion/").content.decode()

    explained = page[: page.index("<textarea")]
    assert PORTAL_OF_TRANSPARENCY in explained
    assert "Ir a esa vía" in explained
    assert "Deben responderle en 20 días hábiles" in explained
    assert "en 10 días hábiles más (Ley 20.285, artículo 14)" in explained
    assert "Responde: Secretaría Municipal" in explained


def test_one_without_a_term_of_its_own_promises_none(client) -> None:
    page = client.get(f"{NEW}audiencia_autoridad/").content.decode()

    assert ("https://www.leylobby.gob.cl" in page, "Deben responderle en" in page) == (True, False)


def test_the_only_kind_a_subject_admits_is_already_chosen(client) -> None:
    assert client.get(f"{NEW}acceso_informacion/").context["form"]["kind"].value() == "solicitud"


def test_an_ordinary_subject_explains_no_other_way(client) -> None:
    assert "Ir a esa vía" not in client.get(f"{NEW}otra/").content.decode()


def test_rights_over_data_lead_to_their_own_form(client) -> None:
    led = client.get(f"{NEW}datos_personales/")
    sent = client.post(f"{NEW}datos_personales/", {"kind": "solicitud", "text": "Bloqueen mi teléfono, por favor."})

    assert (led["Location"], sent["Location"]) == (f"{HERE}datos-personales/", f"{HERE}datos-personales/")
    assert not Ticket.objects.exists()


def test_searching_for_ones_data_leads_to_their_own_form(client) -> None:
    page = client.get(NEW, {"q": "borrar mis datos"}).content.decode()

    assert f'<a href="{HERE}datos-personales/">' in page


def test_words_of_another_law_stop_once_and_nothing_typed_is_lost(client) -> None:
    asked = write(client)
    page = client.get(asked["Location"])
    back = client.get(asked["Location"].replace("otra-via/", ""))

    assert "/otra-via/" in asked["Location"]
    assert PORTAL_OF_TRANSPARENCY in page.content.decode()
    assert ASKED in back.content.decode()
    on = client.post(asked["Location"])["Location"]
    assert client.get(on).status_code == 200
    again = client.post(
        back.request["PATH_INFO"], {"borrador": back.context["form_name"], "kind": "solicitud", "text": ASKED}
    )
    assert "/lugar/" in again["Location"]


def test_other_words_of_another_law_stop_again(client) -> None:
    asked = write(client)["Location"]
    client.post(asked)

    more = client.post(
        asked.replace("otra-via/", ""), {"kind": "solicitud", "text": f"{ASKED} Y una audiencia con el alcalde."}
    )

    assert "/otra-via/" in more["Location"]


@pytest.mark.parametrize("step", ["lugar", "parecidas", "enviar"])
def test_no_step_is_reached_past_the_explanation(client, step: str) -> None:
    asked = write(client)["Location"]

    assert client.get(asked.replace("otra-via", step))["Location"] == asked


def test_ordinary_words_go_straight_on(client) -> None:
    assert "/lugar/" in write(client, text="Hay un poste caído en la esquina de mi casa.")["Location"]


def test_the_words_of_its_own_law_are_not_explained_twice(client) -> None:
    assert "/enviar/" in write(client, "acceso_informacion")["Location"]


def test_who_goes_on_is_noted_for_the_office(client) -> None:
    asked = write(client)["Location"]
    client.post(client.post(asked)["Location"], {"place": ""})

    client.post(asked.replace("otra-via", "enviar"), ROSA)

    note = TicketEvent.objects.get(kind="note")
    assert ("Ley 20.285" in note.words, note.is_public, note.data) == (True, False, {"redirect": "acceso_informacion"})


def test_who_goes_to_the_form_of_rights_finds_there_what_they_had_typed(client) -> None:
    typed = "Quiero saber qué datos tienen de mí en la municipalidad."
    page = client.get(write(client, text=typed)["Location"]).context

    form = client.get(page["ways"][0][1])

    assert typed in form.content.decode()
