"""Who writes what anybody will read is told so where they write it; what they give later is never published."""

import pytest
from django.utils import timezone
from tests.tickets.test_moderation import photo

from cabildo.documents.queries import kept_documents_of
from cabildo.tickets import attachments
from cabildo.tickets.actions import moderation
from cabildo.tickets.actions.satisfaction import CITIZEN
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Category, Ticket
from cabildo.tickets.queries import moderation as queries

FORM = "/m/puerto-claro/solicitudes/nueva/luminaria/"
READ = "Lo que escriba aquí lo podrá leer cualquier persona, sin su nombre."
SEEN = "la podrá ver cualquier persona, sin su nombre."
LINK = 'href="/m/puerto-claro/publicacion/"'


@pytest.fixture
def lamp(categories) -> Category:
    """Words and photos of it are published."""
    lamp = categories["lamp"]
    lamp.publishes_text = lamp.publishes_photo = True
    lamp.definition = {**lamp.definition, "photo": "optional", "location": "none"}
    lamp.save()
    return lamp


def with_later_photo(ticket: Ticket) -> Ticket:
    given = {"text": "Va la foto.", "papers": [photo("red")], "by": CITIZEN, "today": timezone.localdate()}
    attachments.add_information(ticket, **given)
    return ticket


def last_step(client) -> str:
    sent = client.post(FORM, {"kind": "reclamo", "text": "El poste no prende hace días"})
    return client.get(sent["Location"]).content.decode()


def test_under_the_words_it_says_that_anybody_will_read_them(client, lamp) -> None:
    page = client.get(FORM).content.decode()

    assert READ in page
    assert LINK in page


def test_at_the_photo_it_says_that_anybody_may_see_it(client, lamp) -> None:
    page = last_step(client)

    assert SEEN in page
    assert LINK in page
    assert "Usamos su nombre, su RUN, su correo y su teléfono sólo para responder esta solicitud" in page


@pytest.mark.parametrize("private", ["publishes_text", "is_reserved", "concerns_official"])
def test_where_nothing_is_published_neither_is_said(client, lamp, private) -> None:
    Category.objects.filter(pk=lamp.pk).update(**{private: private != "publishes_text"})

    assert READ not in client.get(FORM).content.decode()
    assert SEEN not in last_step(client)


def test_where_photos_are_not_published_only_the_words_are_said_to_be(client, lamp) -> None:
    Category.objects.filter(pk=lamp.pk).update(publishes_photo=False)

    assert READ in client.get(FORM).content.decode()
    assert SEEN not in last_step(client)


def test_a_photo_given_later_does_not_wait_to_be_published_and_the_first_one_does(lamp, receive) -> None:
    ticket = receive()
    attachments.attach(ticket, photo(), by=None, visibility="requester")
    first = kept_documents_of(ticket).get()
    with_later_photo(ticket)

    assert kept_documents_of(ticket).count() == 2
    assert queries.photos_waiting() == [(first, ticket)]
    assert list(queries.photos_of(ticket)) == [first]


def test_a_photo_given_later_is_not_published_even_by_its_address(as_user, lamp, receive, oficina) -> None:
    ticket = with_later_photo(receive())
    later = kept_documents_of(ticket).get()

    sent = as_user(oficina).post(
        f"/m/puerto-claro/mesa/moderacion/{ticket.folio}/fotos/{later.public_id}/", {"act": "publish"}
    )
    with pytest.raises(TicketsError) as refusal:
        moderation.publish_photo(ticket, later, by=oficina)

    assert (sent.status_code, refusal.value.code) == (404, "not_publishable")
    assert kept_documents_of(ticket).get().visibility == "requester"
