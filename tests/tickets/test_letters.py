"""An answer becomes a letter: once, numbered, verifiable, and signed again by who wants to."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from cabildo.accounts.actions import substitute
from cabildo.accounts.models import Membership
from cabildo.audit.models import Entry
from cabildo.documents import engine_signatures
from cabildo.documents.models import Document
from cabildo.tickets import links, tasks
from cabildo.tickets.actions import answering, handling, letters
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.letters import answer_pdf
from cabildo.tickets.models import Answer
from cabildo.tickets.queries.letters import letter_of, unsealed_copy
from cabildo.tickets.queries.signing import Post, post_of
from conftest import make_member

BASE = "/m/puerto-claro/mesa/solicitudes/"


@pytest.fixture
def answer(receive, diego) -> Answer:
    ticket = receive()
    handling.acknowledge(ticket, by=diego)
    answering.answer(ticket, text="Cambiamos la luminaria.\n\nGracias por avisar.", outcome="resolved", by=diego)
    return Answer.objects.select_related("ticket", "decided_by").get()


@pytest.fixture
def signed(answer, diego):
    """The letter, and the copy that Diego signed at home."""
    letters.write_letter(answer)
    letters.prepare_copy(answer, by=diego)
    return engine_signatures.sign_pdf(letters.hand_out_copy(answer, by=diego), identity_of("Diego Soto"))


def identity_of(name: str) -> engine_signatures.Identity:
    return engine_signatures.self_made_identity(name)


def test_a_letter_has_the_number_of_its_department_and_year(answer) -> None:
    letter = letters.write_letter(answer)

    assert letter.number == f"OBRAS 1/{answer.number_year}"
    assert (letter.document.visibility, letter.document.media_type) == ("requester", "application/pdf")


def test_a_letter_is_written_once_however_often_the_job_runs(answer) -> None:
    first = letters.write_letter(answer)
    tasks.write_letter.func(answer.pk)

    assert Document.objects.count() == 1
    assert letter_of(answer) == first


def test_an_interrupted_job_uses_the_code_it_had_reserved(answer, diego) -> None:
    reserved = letters.prepare_copy(answer, by=diego)

    assert letters.write_letter(answer).code == reserved.code


def test_an_answer_that_left_gets_its_letter_by_itself(answer, run_jobs) -> None:
    tasks.write_missing_letters.func()
    run_jobs()
    tasks.write_missing_letters.func()

    assert (letter_of(answer) is not None, run_jobs()) == (True, 0)


def test_an_answer_still_to_be_approved_has_no_letter(receive, diego, categories) -> None:
    ticket = receive()
    draft = Answer.objects.create(
        municipality=ticket.municipality, ticket=ticket, outcome="resolved", text="Listo", drafted_by=diego
    )

    with pytest.raises(TicketsError, match="answer_not_sent"):
        letters.write_letter(draft)


def test_the_neighbour_opens_the_letter_with_the_tracking_link(client, answer) -> None:
    address = f"/m/puerto-claro/seguimiento/{links.tracking_token(answer.ticket)}/carta/{answer.pk}/"
    early = client.get(address)
    letters.write_letter(answer)
    opened = client.get(address, follow=True)
    opened.close()

    assert (early.status_code, opened["Content-Type"]) == (202, "application/pdf")


def test_the_signed_copy_takes_the_place_of_the_letter(answer, signed, diego) -> None:
    before = letter_of(answer)
    after = letters.take_signed_letter(answer, ContentFile(signed, "carta.pdf"), by=diego)
    before.refresh_from_db()
    before.document.refresh_from_db()

    assert (after.method, after.state, after.signer) == ("uploaded", "not_verifiable", "Diego Soto")
    assert letter_of(answer) == after
    assert (before.annulled_at is not None, before.document.visibility) == (True, "internal")


def test_another_document_signed_is_refused_and_the_letter_stays(as_user, answer, signed, diego) -> None:
    before = letter_of(answer)
    other = engine_signatures.sign_pdf(answer_pdf(answer, "2345-6789-ABCD"), identity_of("Diego Soto"))
    page = f"{BASE}{answer.ticket.folio}/cartas/{answer.pk}/firmar/"
    refused = as_user(diego).post(page, {"file": ContentFile(other, "carta.pdf")})

    assert refused.status_code == 422
    assert "no corresponde al documento entregado" in refused.content.decode()
    assert (letter_of(answer), unsealed_copy(answer) is not None) == (before, True)


def test_what_was_handed_out_counts_though_the_letter_would_read_otherwise_today(answer, signed, diego, obras) -> None:
    obras.name = "Dirección de Obras Municipales"
    obras.save()
    fresh = Answer.objects.get(pk=answer.pk)

    assert letters.take_signed_letter(fresh, ContentFile(signed, "carta.pdf"), by=diego).signer == "Diego Soto"


def test_handing_out_a_copy_is_put_on_record(as_user, answer, diego) -> None:
    letters.write_letter(answer)
    copy = letters.prepare_copy(answer, by=diego)
    as_user(diego).get(f"{BASE}{answer.ticket.folio}/cartas/{answer.pk}/copia/")

    entry = Entry.objects.get(action="signed_document.handed_out")
    assert (entry.subject_id, entry.actor_id) == (str(copy.pk), str(diego.pk))


def test_a_pdf_without_signature_is_refused_at_its_field(as_user, answer, diego) -> None:
    letters.write_letter(answer)
    letters.prepare_copy(answer, by=diego)
    page = f"{BASE}{answer.ticket.folio}/cartas/{answer.pk}/"
    copy = as_user(diego).get(page + "copia/")
    refused = as_user(diego).post(page + "firmar/", {"file": ContentFile(copy.content, "carta.pdf")})

    assert (refused.status_code, unsealed_copy(answer) is not None) == (422, True)
    assert "no tiene firma electrónica" in refused.content.decode()


def test_the_desk_walks_from_the_letter_to_the_signed_one(as_user, answer, signed, diego) -> None:
    page = f"{BASE}{answer.ticket.folio}/cartas/"
    desk = as_user(diego)
    done = desk.post(f"{page}{answer.pk}/firmar/", {"file": ContentFile(signed, "carta.pdf")}, follow=True)

    assert "firma no verificable aquí" in done.content.decode()


@pytest.mark.parametrize("step", ["preparar/", "firmar/"])
def test_only_who_may_close_signs(as_user, answer, alcaldesa, step: str) -> None:
    page = f"{BASE}{answer.ticket.folio}/cartas/{answer.pk}/{step}"

    assert as_user(alcaldesa).post(page).status_code == 403


def test_a_substitute_signs_with_the_post_of_who_is_absent(carmen, diego, aseo, obras, puerto_claro) -> None:
    ines = make_member("Inés Paz", puerto_claro, "department_head", aseo)
    for user, position in ((ines, "Directora de Aseo"), (carmen, "Directora de Obras")):
        Membership.objects.filter(user=user).update(position=position)
    today = timezone.localdate()
    substitute(absent=carmen, substitute=ines, reason="leave", starts_on=today, ends_on=today, by=diego)

    assert post_of(ines, obras) == Post("Directora de Obras (S)", carmen)
    assert post_of(ines, aseo) == Post("Directora de Aseo")
    assert post_of(carmen, aseo) == Post("Directora de Obras")
    assert post_of(diego, obras) == Post("")
