"""Two workers, or a worker and an official, on the same thing at the same moment: it happens once."""

from datetime import timedelta
from functools import partial
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from tests.tickets.inner_world import protocol_in_force

from cabildo.documents.actions import store_upload
from cabildo.documents.models import Document, SignedDocument
from cabildo.notifications.models import InboxItem
from cabildo.tickets import exports
from cabildo.tickets.actions import (
    answering,
    escalation,
    exporting,
    handling,
    letters,
    moderation,
    official,
    pausing,
    protocols,
)
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Answer, Category, Ticket, TicketEvent, TicketPause
from cabildo.tickets.queries.reasons import PauseReason

TODAY = timezone.localdate
LATER = timedelta(days=20)


@pytest.fixture
def meanwhile(monkeypatch):
    """Something else happens, once, just before this function of a module runs."""

    def happens(module, name: str, act) -> None:
        real = getattr(module, name)

        def late(*arguments, **more):
            monkeypatch.setattr(module, name, real)
            act()
            return real(*arguments, **more)

        monkeypatch.setattr(module, name, late)

    return happens


@pytest.fixture
def stopped(receive, diego, monkeypatch) -> Ticket:
    reason = PauseReason("by_norm", "Espera de un informe", "Ordenanza 7, artículo 4", 3, "habiles", "Esperamos.")
    monkeypatch.setattr(pausing, "pause_reasons", lambda: [reason])
    ticket = receive()
    pausing.stop(ticket, reason_code="by_norm", note="", by=diego, today=TODAY())
    return Ticket.objects.get(pk=ticket.pk)


def picture() -> ContentFile:
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "PNG")
    return ContentFile(drawn.getvalue(), "foto.png")


def lines(kind: str) -> int:
    return TicketEvent.objects.filter(kind=kind).count()


def test_a_stop_that_an_official_ends_meanwhile_is_ended_once(stopped, diego, meanwhile) -> None:
    meanwhile(pausing, "locked", lambda: pausing.run_again(stopped, by=diego, today=TODAY()))

    assert pausing.release_exhausted(TODAY() + LATER) == 0
    assert (TicketPause.objects.get().ended_on, lines("resumed")) == (TODAY(), 1)


def test_a_request_stopped_anew_meanwhile_stays_stopped(stopped, diego, meanwhile) -> None:
    def ends_and_stops_again() -> None:
        pausing.run_again(stopped, by=diego, today=TODAY())
        pausing.stop(stopped, reason_code="by_norm", note="", by=diego, today=TODAY() + LATER)

    meanwhile(pausing, "locked", ends_and_stops_again)
    pausing.release_exhausted(TODAY() + LATER)

    assert Ticket.objects.get().is_stopped


def test_two_workers_note_a_level_with_one_line(receive, meanwhile) -> None:
    Ticket.objects.filter(pk=receive().pk).update(legal_due_on=TODAY())

    meanwhile(escalation, "_note", lambda: escalation.escalate(TODAY(), by=None))

    assert escalation.escalate(TODAY(), by=None) == 0
    assert lines("escalated") == 1


@pytest.mark.parametrize("happens", ["answered", "extended"])
def test_a_term_that_is_over_or_moved_meanwhile_warns_nobody(receive, diego, meanwhile, happens) -> None:
    ticket = receive()
    Ticket.objects.filter(pk=ticket.pk).update(legal_due_on=TODAY())

    def act() -> None:
        if happens == "answered":
            handling.acknowledge(ticket, by=diego)
            answering.answer(ticket, text="Listo.", outcome="resolved", by=diego)
        else:
            Ticket.objects.filter(pk=ticket.pk).update(legal_due_on=TODAY() + timedelta(days=60))

    meanwhile(escalation, "_note", act)
    escalation.escalate(TODAY(), by=None)

    assert lines("escalated") == 0


def test_two_workers_hand_over_one_file(receive, carmen, meanwhile) -> None:
    receive()
    asked = exporting.ask_for_file(address="", file_format="csv", with_persons=True, by=carmen)

    meanwhile(exports, "as_file", lambda: exporting.deliver(asked.pk))
    exporting.deliver(asked.pk)

    assert Document.objects.filter(owner_type="tickets.listexport").count() == 1
    assert InboxItem.objects.filter(user=carmen).count() == 1


def test_two_versions_of_a_protocol_are_not_prepared_at_once(obras, carmen, meanwhile) -> None:
    first = protocol_in_force(obras, carmen)
    meanwhile(protocols, "_locked", lambda: protocols.prepare_version(first, by=carmen))

    with pytest.raises(TicketsError) as refusal:
        protocols.prepare_version(first, by=carmen)

    assert refusal.value.code == "protocol_has_draft"


def test_two_clicks_reserve_one_copy_to_be_signed(receive, diego, meanwhile) -> None:
    answering.answer(receive(), text="Listo.", outcome="resolved", by=diego)
    answer = Answer.objects.get()
    first = []
    meanwhile(letters, "lock_rows", lambda: first.append(letters.prepare_copy(answer, by=diego)))

    assert [letters.prepare_copy(answer, by=diego)] == first
    assert SignedDocument.objects.count() == 1


def test_who_acknowledges_what_was_derived_meanwhile_is_told(as_user, receive, diego, aseo, meanwhile) -> None:
    ticket = receive()
    passes_on = partial(handling.derive, ticket, to=aseo, reason="Les toca.", by=diego)
    meanwhile(handling, "acknowledge", passes_on)

    as_user(diego).post(f"/m/puerto-claro/mesa/solicitudes/{ticket.folio}/paso/acusar/")

    ticket.refresh_from_db()
    assert (ticket.state, ticket.department, ticket.assignee) == ("derived", aseo, None)


def test_a_photo_is_not_published_of_what_stopped_being_publishable_meanwhile(
    receive, categories, oficina, diego, meanwhile
) -> None:
    Category.objects.update(publishes_text=True, publishes_photo=True)
    ticket = Ticket.objects.get(pk=receive().pk)
    photo = store_upload(picture(), owner=ticket, kind="photo", visibility="requester", by=None)
    meanwhile(moderation, "locked", lambda: official.name_official(ticket, official=diego, by=oficina))

    with pytest.raises(TicketsError) as refusal:
        moderation.publish_photo(ticket, photo, by=oficina)

    assert (refusal.value.code, Document.objects.get().visibility) == ("not_publishable", "requester")
