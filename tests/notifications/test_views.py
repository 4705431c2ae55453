"""The inbox, the delivery log and the settings of mail, as people see them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cabildo.jobs.testing import run_waiting
from cabildo.notifications import queries
from cabildo.notifications.models import MailServer, Message
from cabildo.notifications.permissions import NotificationsPermission
from cabildo.site.roles import Administrator

DESK = "/m/puerto-claro/mesa/avisos/"
SERVER = {
    "from_address": "avisos@puertoclaro.cl",
    "host": "127.0.0.1",
    "port": "587",
    "security": "starttls",
    "incoming_port": "993",
    "incoming_security": "tls",
    "incoming_folder": "INBOX",
}


@pytest.fixture(autouse=True)
def _mounted(settings, monkeypatch) -> None:
    settings.MUNICIPALITY_URLCONF = "notifications.urlconf"
    monkeypatch.setattr(Administrator, "permissions", Administrator.permissions | set(NotificationsPermission))


@pytest.fixture
def browser(as_user, admin) -> Client:
    return as_user(admin)


def test_an_empty_inbox_says_what_will_come(as_user, diego) -> None:
    assert "No tiene avisos" in as_user(diego).get(DESK).text


def test_the_inbox_shows_the_notices_of_its_owner_only(as_user, diego, carmen, write) -> None:
    write(diego, what="la solicitud de Diego")
    write(carmen, key="receipt:2", what="la solicitud de Carmen")

    page = as_user(diego).get(DESK).text

    assert ("la solicitud de Diego" in page, "la solicitud de Carmen" in page) == (True, False)
    assert "1 sin leer" in page


@pytest.mark.parametrize("address", ["", "enviados/"])
def test_a_list_costs_the_same_queries_whatever_its_length(browser, admin, write, address: str) -> None:
    costs = []
    for key in ("1", "2", "3"):
        write(admin, key=key)
        with CaptureQueriesContext(connection) as made:
            browser.get(DESK + address)
        costs.append(len(made))

    assert costs[0] == costs[2] <= 10


def test_opening_a_notice_leads_to_its_page_and_leaves_it_read(as_user, diego, write) -> None:
    write(diego, url="/m/puerto-claro/mesa/1/")
    item = queries.inbox(diego).get()

    response = as_user(diego).get(f"{DESK}{item.pk}/")

    assert response.url == "/m/puerto-claro/mesa/1/"
    assert queries.unread_count(diego) == 0


def test_a_notice_never_leads_out_of_the_site(as_user, diego, write) -> None:
    write(diego, url="https://malo.example/")
    item = queries.inbox(diego).get()

    assert as_user(diego).get(f"{DESK}{item.pk}/").url == DESK


def test_the_notice_of_another_does_not_exist(as_user, diego, carmen, write) -> None:
    write(carmen, url="/x/")
    item = queries.inbox(carmen).get()

    assert as_user(diego).get(f"{DESK}{item.pk}/").status_code == 404
    assert queries.unread_count(carmen) == 1


def test_notices_are_marked_one_by_one_or_all(as_user, diego, write) -> None:
    browser = as_user(diego)
    for number in range(3):
        write(diego, key=str(number))

    browser.post(f"{DESK}leidos/", {"aviso": queries.inbox(diego).first().pk})
    assert queries.unread_count(diego) == 2
    browser.post(f"{DESK}leidos/")
    assert queries.unread_count(diego) == 0


def test_the_log_masks_addresses_and_explains_failures(browser, mail, post, write) -> None:
    post.rcpt = ["550 5.1.1 no such user"]
    write()
    run_waiting()

    page = browser.get(f"{DESK}enviados/").text

    assert ("r•••@ejemplo.cl" in page, "rosa@ejemplo.cl" in page) == (True, False)
    assert "El servidor de correo rechazó la dirección. Compruébela con la persona. (550)" in page
    assert "Recibo, a quien pide" in page


def test_the_log_is_filtered_by_state(browser, write) -> None:
    write()
    write("no-reply@banco.cl", key="receipt:2")

    page = browser.get(f"{DESK}enviados/", {"estado": "suppressed"})

    assert [row["message"].state for row in page.context["rows"]] == ["suppressed"]
    assert page.context["count_words"] == "1 mensaje"


def test_the_log_is_paged(browser, write) -> None:
    for number in range(21):
        write(key=str(number))

    first = browser.get(f"{DESK}enviados/").context["page"]
    second = browser.get(f"{DESK}enviados/", {"pagina": first.next_cursor}).context["page"]

    assert (len(first.items), len(second.items)) == (20, 1)
    assert browser.get(f"{DESK}enviados/", {"pagina": "alterada"}).status_code == 200


def test_a_failed_message_is_retried_from_the_log(browser, mail, post, write) -> None:
    post.rcpt = ["550 5.1.1 no such user"]
    message = write()
    run_waiting()

    assert "Reintentar" in browser.get(f"{DESK}enviados/").text
    browser.post(f"{DESK}enviados/{message.pk}/reintentar/")

    assert Message.objects.get().state == "queued"


def test_the_server_is_saved_and_its_password_never_shown(browser) -> None:
    response = browser.post(f"{DESK}correo/", SERVER | {"password": "abierto"})

    assert response.status_code == 302
    assert str(MailServer.objects.get().password) == "abierto"
    assert "abierto" not in browser.get(f"{DESK}correo/").text


def test_a_wrong_address_is_said_at_its_field(browser) -> None:
    page = browser.post(f"{DESK}correo/", SERVER | {"from_address": "avisos"})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["from_address"]


def test_the_test_button_answers_in_words(browser, mail, post) -> None:
    page = browser.post(f"{DESK}correo/probar-salida/", follow=True)

    assert "El correo de salida funciona: se envió un mensaje de prueba a ada.pino@ejemplo.cl." in page.text
    assert len(post.received) == 1


def test_the_incoming_button_answers_in_words(browser, mail) -> None:
    page = browser.post(f"{DESK}correo/probar-entrada/", follow=True)

    assert "Falta indicar el servidor" in page.text


@pytest.mark.parametrize("address", ["enviados/", "correo/"])
def test_who_may_not_see_the_log_or_the_settings_is_refused(as_user, diego, address: str) -> None:
    assert as_user(diego).get(DESK + address).status_code == 403


def test_a_message_of_another_municipality_is_not_retried(browser, write, otra_comuna) -> None:
    message = write()
    message.municipality = otra_comuna
    message.save()

    assert browser.post(f"{DESK}enviados/{message.pk}/reintentar/").status_code == 404
