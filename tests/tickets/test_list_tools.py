"""Around the list: saved views, chosen columns, files with and without persons, the calendar of what one owes."""

import csv
import io

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.tickets.inner_world import DESK, HERE

from cabildo.accounts.queries import preference
from cabildo.audit.models import Entry
from cabildo.documents.models import Document
from cabildo.notifications.models import InboxItem
from cabildo.tickets import exports
from cabildo.tickets.actions import exporting
from cabildo.tickets.models import CalendarFeed, ListExport, Ticket

LIST = f"{DESK}solicitudes/"
EXPORT = f"{LIST}exportar/"


@pytest.fixture
def desk(as_user, carmen):
    return as_user(carmen)


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_filters_are_kept_under_a_name_and_reached_by_their_address(desk, receive, carmen) -> None:
    receive()

    desk.post(f"{LIST}vistas/guardar/", {"name": "Reclamos", "address": "tipo=reclamo&pagina=xyz"})

    assert preference(carmen, "tickets.list")["views"] == [{"name": "Reclamos", "address": "tipo=reclamo"}]
    assert "?tipo=reclamo" in desk.get(LIST).content.decode()


def test_the_same_name_replaces_and_a_view_can_be_dropped(desk, carmen) -> None:
    for kind in ("reclamo", "consulta"):
        desk.post(f"{LIST}vistas/guardar/", {"name": "Míos", "address": f"tipo={kind}"})
    assert [view["address"] for view in preference(carmen, "tickets.list")["views"]] == ["tipo=consulta"]

    desk.post(f"{LIST}vistas/quitar/", {"name": "Míos"})

    assert preference(carmen, "tickets.list")["views"] == []


def test_a_view_without_a_name_is_not_kept(desk, carmen) -> None:
    desk.post(f"{LIST}vistas/guardar/", {"name": " ", "address": "tipo=reclamo"})

    assert preference(carmen, "tickets.list") == {}


def test_chosen_columns_stay_until_the_address_says_others(desk, receive) -> None:
    receive()
    desk.post(f"{LIST}vistas/columnas/", {"address": "columnas=state"})

    assert 'data-label="Canal"' not in desk.get(LIST).content.decode()
    assert 'data-label="Canal"' in desk.get(f"{LIST}?columnas=channel").content.decode()


def test_the_file_holds_what_the_filters_show_and_no_person(desk, receive) -> None:
    mine = receive()
    receive(kind="solicitud")

    found = rows_of(desk.post(f"{EXPORT}?tipo=reclamo", {"file_format": "csv"}))

    assert [row[0] for row in found] == ["Folio", mine.folio]
    assert "Rosa" not in str(found)
    assert mine.text not in str(found)


def test_persons_come_only_when_asked_for_and_each_reading_is_logged(desk, receive, carmen) -> None:
    ticket = receive()

    found = rows_of(desk.post(EXPORT, {"file_format": "csv", "with_persons": "on"}))

    assert "Rosa Pérez" in found[1]
    read = Entry.objects.get(action="personal_data.read", subject_id=str(ticket.requester_id))
    assert read.actor_id == str(carmen.pk)


def test_who_is_reserved_stays_blank_for_the_office(as_user, receive, oficina) -> None:
    receive(wants_reserve=True)

    found = rows_of(as_user(oficina).post(EXPORT, {"file_format": "csv", "with_persons": "on"}))

    assert "Rosa Pérez" not in found[1]


def test_excel_opens_it(desk, receive) -> None:
    ticket = receive()

    answer = desk.post(EXPORT, {"file_format": "xlsx"})

    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet.cell(2, 1).value == ticket.folio


def test_an_officer_without_the_permission_exports_nothing(as_user, receive, diego) -> None:
    receive()

    assert as_user(diego).post(EXPORT, {"file_format": "csv"}).status_code == 403


def test_a_long_list_is_made_in_the_background_and_left_in_the_inbox(desk, receive, carmen, run_jobs, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    receive(), receive()

    desk.post(EXPORT, {"file_format": "csv"})
    run_jobs()

    asked = ListExport.objects.get()
    document = Document.objects.get(owner_type="tickets.listexport")
    assert (asked.rows, asked.asked_by) == (2, carmen)
    assert str(document.public_id) in InboxItem.objects.get(user=carmen).url


def test_only_who_asked_opens_that_file(as_user, desk, receive, oficina, carmen) -> None:
    receive()
    exporting.deliver(exporting.ask_for_file(address="", file_format="csv", with_persons=False, by=carmen).pk)
    place = f"{HERE}documentos/{Document.objects.get(owner_type='tickets.listexport').public_id}/"

    assert b"Folio" in desk.get(place).getvalue()
    assert as_user(oficina).get(place).status_code == 403


def test_who_may_no_longer_export_when_the_file_is_made_gets_none(receive, carmen) -> None:
    receive()
    asked = exporting.ask_for_file(address="", file_format="csv", with_persons=True, by=carmen)
    carmen.memberships.update(role="department_officer")

    exporting.deliver(asked.pk)

    assert not Document.objects.exists()
    assert not Entry.objects.filter(action="personal_data.read").exists()


def test_the_file_asks_the_same_number_of_questions_whatever_it_holds(desk, receive) -> None:
    receive()
    desk.post(EXPORT, {"file_format": "csv"})
    with CaptureQueriesContext(connection) as one:
        desk.post(EXPORT, {"file_format": "csv"})
    receive(), receive()
    with CaptureQueriesContext(connection) as three:
        desk.post(EXPORT, {"file_format": "csv"})

    assert len(one) == len(three)


def opened(desk) -> str:
    page = desk.post(f"{DESK}calendario/", {"action": "open"})
    return page.context["address"].partition("/m/")[2]


def test_the_feed_tells_what_one_owes_with_the_same_identity_every_time(desk, client, receive) -> None:
    ticket = receive()
    place = f"/m/{opened(desk)}"

    first, again = (icalendar.Calendar.from_ical(client.get(place).content) for _time in range(2))

    task, event = first.walk("VTODO")[0], first.walk("VEVENT")[0]
    assert task["due"].dt == event["dtstart"].dt == Ticket.objects.get().legal_due_on
    assert str(task["uid"]) == str(again.walk("VTODO")[0]["uid"]) == f"{ticket.folio}@puerto-claro.testserver"
    assert "Rosa" not in client.get(place).content.decode()


def test_a_revoked_or_changed_address_answers_nothing(desk, client) -> None:
    first = f"/m/{opened(desk)}"
    second = f"/m/{opened(desk)}"
    assert [client.get(first).status_code, client.get(second).status_code] == [404, 200]

    desk.post(f"{DESK}calendario/", {"action": "revoke"})

    assert client.get(second).status_code == 404


def test_the_secret_itself_is_not_stored(desk) -> None:
    token = opened(desk).rpartition("/")[2].removesuffix(".ics")

    assert CalendarFeed.objects.get().token_index != token


def test_a_feed_belongs_to_its_municipality(desk, client, otra_comuna) -> None:
    place = opened(desk).replace("puerto-claro", "otra-comuna")

    assert client.get(f"/m/{place}").status_code == 404


def test_an_administrator_sets_the_levels_and_nonsense_is_refused(as_user, admin) -> None:
    desk, place = as_user(admin), f"{DESK}avisos-de-plazo/"

    refused = desk.post(place, {"steps": "0, 3"})
    desk.post(place, {"steps": "5, 0, -2"})

    assert "steps" in refused.context["form"].errors
    assert 'value="5, 0, -2"' in desk.get(place).content.decode()
