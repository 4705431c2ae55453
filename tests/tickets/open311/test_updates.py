"""Updates in both directions, as mySociety's extension has them."""

import pytest

from cabildo.notifications.models import InboxItem
from cabildo.tickets.actions.handling import acknowledge
from cabildo.tickets.actions.intake import route
from cabildo.tickets.models import Ticket, TicketEvent

from .conftest import HERE

ADDRESS = f"{HERE}servicerequestupdates.json"


@pytest.fixture
def tell(client, issued, make_ticket):
    """POST a good update to a published request, with these changes."""

    def post(**changes):
        good = {
            "api_key": issued.key,
            "service_request_id": make_ticket(1).folio if not Ticket.objects.exists() else Ticket.objects.get().folio,
            "update_id": "u-1",
            "status": "FIXED",
            "updated_datetime": "2026-11-20T09:00:00-03:00",
            "description": "Ya prende de nuevo.",
        }
        sent = {name: value for name, value in {**good, **changes}.items() if value is not None}
        return client.post(ADDRESS, sent)

    return post


def test_an_update_is_told_to_officials_and_closes_nothing(tell) -> None:
    answer = tell(media_url="https://ejemplo.cl/foto.jpg")

    event = TicketEvent.objects.get(kind="citizen_message")
    assert answer.json() == [{"update_id": event.pk}]
    assert (event.is_public, event.ticket.state) == (False, "derived")
    assert event.words.startswith("Ya prende de nuevo.\n\nEstado según App Vecina: arreglada.")


def test_the_same_update_twice_is_refused(tell) -> None:
    tell()
    again = tell()

    assert (again.status_code, TicketEvent.objects.filter(kind="citizen_message").count()) == (400, 1)


def test_a_request_that_waits_for_its_requester_goes_on_waiting(tell, make_ticket) -> None:
    make_ticket(1, state="waiting", is_stopped=True)
    tell()

    assert Ticket.objects.get().state == "waiting"


def test_each_update_reaches_the_official_and_one_sent_again_does_not(tell, make_ticket, diego) -> None:
    ticket = make_ticket(1)
    Ticket.objects.filter(pk=ticket.pk).update(assignee=diego, department=ticket.category.department)
    for update_id in ("u-1", "u-2", "u-2"):
        tell(update_id=update_id, description=f"Sigue oscuro ({update_id}).")

    assert InboxItem.objects.filter(user=diego).count() == 2


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"status": "HECHO"}, 400),
        ({"updated_datetime": "20-11-2026"}, 400),
        ({"updated_datetime": "2026-11-20T09:00:00"}, 400),
        ({"updated_datetime": "2099-01-01"}, 400),
        ({"updated_datetime": "2026-11-20T12:06:00-03:00"}, 400),
        ({"description": "<b>Listo</b>"}, 400),
        ({"update_id": None}, 400),
        ({"service_request_id": "S-2026-999999-9"}, 404),
        ({"api_key": "otra"}, 403),
    ],
)
def test_a_wrong_update_is_refused(tell, changes, status: int) -> None:
    assert tell(**changes).status_code == status
    assert not TicketEvent.objects.filter(kind="citizen_message").exists()


def test_what_happened_is_told_without_words_or_names(client, issued, make_ticket, obras, diego) -> None:
    ticket = make_ticket(1, state="intake", department=None)
    route(ticket, obras, by=diego, reason="Corresponde a alumbrado, dice Rosa")
    acknowledge(ticket, by=diego)

    updates = client.get(ADDRESS, {"api_key": issued.key}).json()

    assert [(one["status"], one["description"]) for one in updates] == [
        ("open", "Se envió a la dirección responsable: Dirección de Obras"),
        ("in_progress", "La dirección la recibió: Dirección de Obras"),
    ]
    assert updates[0]["service_request_id"] == ticket.folio


def test_how_it_ended_is_the_status_of_its_answer(client, issued, make_ticket, puerto_claro) -> None:
    ticket = make_ticket(1, state="closed", outcome="not_competent", closed_at="2026-11-19T12:00:00Z")
    TicketEvent.objects.create(
        municipality=puerto_claro, ticket=ticket, at=ticket.received_at, kind="answered", is_public=True, words="Rosa"
    )

    answer = client.get(ADDRESS, {"api_key": issued.key})

    assert (answer.json()[0]["status"], "Rosa" in answer.text) == ("not_councils_responsibility", False)


@pytest.mark.parametrize(
    "dates",
    [
        {"start_date": "2026-11-01T00:00:00Z"},
        {"end_date": "2026-11-01T00:00:00Z"},
        {"start_date": "2026-11-20T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"},
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"},
    ],
)
def test_dates_come_both_in_order_and_within_90_days(client, issued, dates) -> None:
    assert client.get(ADDRESS, {"api_key": issued.key, **dates}).status_code == 400
