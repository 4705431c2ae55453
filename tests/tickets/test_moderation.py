"""Nothing is published by accident: the category, the reserve and a person decide, and every change is kept."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cabildo.documents.queries import content_of, kept_documents_of
from cabildo.tickets.actions import handling, moderation
from cabildo.tickets.attachments import attach
from cabildo.tickets.engine_photos import Box
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import ModerationChange, Ticket, TicketEvent
from cabildo.tickets.queries import moderation as queries
from cabildo.tickets.queries.published import published_text, published_tickets, waiting_for_moderation

QUEUE = "/m/puerto-claro/mesa/moderacion/"
FLAGGED = "Poste apagado, mi fono es 987654321."


def again(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_related("category").get(pk=ticket.pk)


@pytest.fixture
def publishing(categories):
    """The lamps are published, words and photos."""
    category = categories["lamp"]
    category.publishes_text = category.publishes_photo = True
    category.save()
    return category


@pytest.fixture
def published(publishing, receive) -> Ticket:
    return receive(text="Poste apagado.")


def photo(colour: str = "white") -> SimpleUploadedFile:
    picture = Image.new("RGB", (100, 100), colour)
    picture.paste("black", (0, 0, 50, 100))
    out = BytesIO()
    picture.save(out, "PNG")
    return SimpleUploadedFile("foto.png", out.getvalue())


@pytest.fixture
def with_photo(published):
    attach(published, photo(), by=None, visibility="requester")
    return published, kept_documents_of(published).get()


def test_a_clean_text_of_a_publishing_subject_is_published_at_once(published) -> None:
    assert (published.is_public, published.public_text) == (True, "Poste apagado.")
    assert list(published_tickets()) == [published]


def test_a_text_with_personal_data_waits_for_a_person(publishing, receive) -> None:
    ticket = receive(text=FLAGGED)

    assert (ticket.is_public, ticket.public_text, ticket.moderation) == (False, "", "waiting")
    assert list(waiting_for_moderation()) == [ticket]


@pytest.mark.parametrize(
    "how",
    [
        {"wants_reserve": True},
        {"channel": "mail"},
        {"channel": "import"},
    ],
)
def test_what_is_reserved_or_came_another_way_is_private(publishing, receive, how) -> None:
    assert again(receive(text="Poste apagado.", **how)).moderation == ""
    assert not published_tickets().exists()


@pytest.mark.parametrize("channel", ["phone", "counter", "web"])
def test_what_an_official_puts_on_record_is_private(publishing, receive, oficina, channel) -> None:
    ticket = receive(text="Poste apagado.", channel=channel, by=oficina)

    assert (ticket.is_public, ticket.moderation) == (False, "")


def test_a_subject_that_does_not_publish_is_private(receive) -> None:
    assert (receive().is_public, receive(text=FLAGGED).moderation) == (False, "")


def test_a_moderator_publishes_the_redacted_text_and_its_history_stays(publishing, receive, oficina) -> None:
    ticket = receive(text=FLAGGED)

    moderation.publish(ticket, text="Poste apagado.", by=oficina)

    assert published_text(again(ticket)) == "Poste apagado."
    change = ModerationChange.objects.get()
    assert (change.act, change.before, change.after, change.by) == ("published", FLAGGED, "Poste apagado.", oficina)
    event = TicketEvent.objects.get(kind="moderated")
    assert event.is_public
    assert FLAGGED not in f"{event.words}{event.data}"


def test_redacting_keeps_both_texts_and_needs_a_reason(published, oficina) -> None:
    with pytest.raises(TicketsError):
        moderation.redact(published, text="Poste.", by=oficina, reason=" ")

    moderation.redact(published, text="Poste.", by=oficina, reason="Nombraba a un vecino.")

    change = ModerationChange.objects.get()
    assert (change.act, change.before, change.after) == ("redacted", "Poste apagado.", "Poste.")


def test_withdrawing_hides_text_and_photos(with_photo, oficina) -> None:
    ticket, picture = with_photo
    moderation.publish_photo(ticket, picture, by=oficina)

    moderation.unpublish(ticket, by=oficina, reason="Se ve una casa.")

    assert (again(ticket).is_public, again(ticket).moderation, published_text(again(ticket))) == (
        False,
        "withheld",
        "",
    )
    assert kept_documents_of(ticket).get().visibility == "requester"


def test_nobody_publishes_what_is_reserved(publishing, receive, oficina) -> None:
    with pytest.raises(TicketsError) as refusal:
        moderation.publish(receive(wants_reserve=True), text="Algo", by=oficina)

    assert refusal.value.code == "not_publishable"


def test_a_request_that_changes_to_a_private_subject_stops_being_public(published, categories, oficina) -> None:
    handling.reclassify(published, category=categories["rubbish"], kind="reclamo", by=oficina)

    assert (again(published).is_public, again(published).public_text) == (False, "")


def test_a_subject_that_stops_publishing_hides_all_of_its_own(published, publishing) -> None:
    publishing.publishes_text = False
    publishing.save()

    assert not published_tickets().exists()
    assert published_text(again(published)) == ""


def test_a_photo_waits_until_a_person_looks_at_it(with_photo, oficina, client) -> None:
    ticket, picture = with_photo
    address = f"/m/puerto-claro/documentos/{picture.public_id}/"
    assert queries.photos_waiting() == [(picture, ticket)]
    before = client.get(address).status_code

    moderation.publish_photo(ticket, picture, by=oficina)
    shown = client.get(address)
    shown.getvalue()

    assert (before, shown.status_code) == (302, 200)
    assert queries.photos_waiting() == []


def test_a_blurred_copy_is_published_and_the_original_stays_internal(with_photo, oficina) -> None:
    ticket, picture = with_photo
    original = content_of(picture)

    shown = moderation.blur_photo(ticket, picture, boxes=[Box(0, 0, 100, 100)], by=oficina)

    picture.refresh_from_db()
    assert (picture.visibility, shown.visibility) == ("requester", "public")
    assert content_of(picture) == original
    with Image.open(BytesIO(content_of(shown))) as blurred:
        assert len(set(blurred.convert("RGB").get_flattened_data())) <= 16


def blurring(picture, ticket, *parts: tuple[int, int, int, int]) -> tuple[str, dict]:
    """The address and what a browser sends for these rectangles, in percent."""
    sent = {"form-TOTAL_FORMS": 4, "form-INITIAL_FORMS": 0}
    for number, part in enumerate(parts):
        sent |= {f"form-{number}-{side}": n for side, n in zip(("left", "top", "width", "height"), part, strict=True)}
    return f"{QUEUE}{ticket.folio}/fotos/{picture.public_id}/borrosa/", sent


def test_several_parts_are_covered_at_once(as_user, with_photo, oficina) -> None:
    ticket, picture = with_photo
    address, sent = blurring(picture, ticket, (42, 0, 12, 10), (42, 90, 12, 10))

    assert as_user(oficina).post(address, sent).status_code == 302

    shown = kept_documents_of(ticket).get(visibility="public")
    with Image.open(BytesIO(content_of(shown))) as published:
        column = [published.convert("L").getpixel((49, y)) for y in (5, 50, 95)]
    assert [value > 20 for value in column] == [True, False, True]


def test_without_any_part_nothing_is_published_and_the_page_says_what_to_do(as_user, with_photo, oficina) -> None:
    ticket, picture = with_photo
    address, sent = blurring(picture, ticket)

    page = as_user(oficina).post(address, sent).content.decode()

    assert "Marque al menos una parte" in page
    assert not kept_documents_of(ticket).filter(visibility="public").exists()


def test_a_document_of_another_request_is_not_its_photo(with_photo, receive, oficina) -> None:
    _ticket, picture = with_photo

    with pytest.raises(TicketsError) as refusal:
        moderation.publish_photo(receive(), picture, by=oficina)

    assert refusal.value.code == "not_a_photo"


def test_the_queue_shows_what_waits_and_proposes_a_text(as_user, publishing, receive, oficina) -> None:
    ticket = receive(text=FLAGGED)
    desk = as_user(oficina)

    assert ticket.folio in desk.get(QUEUE).content.decode()
    page = desk.get(f"{QUEUE}{ticket.folio}/").content.decode()
    assert "[teléfono borrado]" in page
    desk.post(f"{QUEUE}{ticket.folio}/", {"text": "Poste apagado.", "act": "publish"})

    assert published_text(again(ticket)) == "Poste apagado."


@pytest.mark.parametrize("who", ["diego", "carmen", "alcaldesa", "admin"])
def test_only_moderators_read_the_queue_and_its_history(as_user, request, published, who) -> None:
    desk = as_user(request.getfixturevalue(who))

    assert desk.get(QUEUE).status_code == 403
    assert desk.get(f"{QUEUE}{published.folio}/").status_code in (403, 404)


def test_the_texts_that_wait_are_a_duty_of_moderators(as_user, publishing, receive, oficina, diego) -> None:
    receive(text=FLAGGED)

    shown = ["1 por revisar" in as_user(who).get("/m/puerto-claro/mesa/").content.decode() for who in (oficina, diego)]

    assert shown == [True, False]


def test_anyone_reads_how_many_were_decided_how(client, published, oficina) -> None:
    moderation.unpublish(published, by=oficina, reason="Prueba.")

    assert queries.counts().reviewed["withheld"] == 1
    assert "Retiradas o no publicadas" in client.get("/m/puerto-claro/publicacion/").content.decode()
