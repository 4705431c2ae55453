"""What stays in the file of a reserved request names nobody; nor does what others get of an answer."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from tests.tickets.inner_world import DESK, HERE
from tests.tickets.joining_world import PEDRO

from cabildo.documents.queries import kept_documents_of
from cabildo.people.actions import Contact
from cabildo.tickets import attachments, links
from cabildo.tickets.actions import adhering, answering, handling
from cabildo.tickets.actions.letters import write_letter
from cabildo.tickets.answer_templates import values_for
from cabildo.tickets.choices import Channel
from cabildo.tickets.letters import answer_pdf
from cabildo.tickets.models import Answer, Ticket
from cabildo.tickets.queries.visibility import may_see_identity

ROSA = Contact(name="Rosa Pérez", email="rosa@ejemplo.cl")


@pytest.mark.parametrize(("reserved", "addressee"), [(False, "Rosa Pérez"), (True, "A quien corresponda")])
def test_the_letter_of_a_reserved_request_names_nobody(receive, diego, monkeypatch, reserved, addressee) -> None:
    answering.answer(receive(contact=ROSA, wants_reserve=reserved), text="Listo.", outcome="resolved", by=diego)
    answer = Answer.objects.select_related("ticket", "decided_by").get()
    monkeypatch.setattr("cabildo.documents.papers.pdf", lambda paper: paper)

    assert answer_pdf(answer, "7KQM-2WXA-9TRB").addressee == addressee


def test_a_template_names_nobody_in_a_reserved_request_whoever_fills_it(receive, diego) -> None:
    ticket = receive(contact=ROSA, wants_reserve=True)

    assert may_see_identity(diego, ticket)
    assert values_for(ticket, by=diego)["nombre"] == "vecina o vecino"


def test_a_template_does_not_hand_out_the_person_s_own_link(receive, diego) -> None:
    ticket = receive(contact=ROSA)
    values = values_for(ticket, by=diego)

    assert links.tracking_token(ticket) not in values["enlace_seguimiento"]
    assert values["enlace_seguimiento"].endswith("/seguimiento/")


def test_who_adheres_reads_the_answer_without_the_other_s_name(receive, diego, run_jobs) -> None:
    ticket = receive(contact=ROSA)
    adhering.adhere(ticket, adhering.Joining(PEDRO, Channel.WEB), by=None)
    answering.answer(ticket, text="Estimada Rosa Pérez: cambiamos la luz.", outcome="resolved", by=diego)
    run_jobs()

    told = next(m for m in mail.outbox if m.to == ["pedro@ejemplo.cl"] and "Se cerró" in m.body)
    assert "cambiamos la luz" in told.body
    assert "Rosa" not in told.body
    assert "Pérez" not in told.body


def test_a_request_that_becomes_of_a_reserved_subject_becomes_reserved(receive, categories, oficina) -> None:
    categories["rubbish"].is_reserved = True
    categories["rubbish"].save()
    ticket = handling.reclassify(receive(contact=ROSA), category=categories["rubbish"], kind="reclamo", by=oficina)

    assert Ticket.objects.get(pk=ticket.pk).is_reserved
    assert not may_see_identity(oficina, ticket)


@pytest.fixture
def signed(receive, diego):
    """A reserved request with a scanned letter, whose very name tells who wrote it."""
    ticket = receive(contact=ROSA, wants_reserve=True)
    letter = ContentFile(b"Firmado: Rosa", "carta-rosa.txt")
    attachments.attach(ticket, letter, by=diego, visibility="internal")
    return ticket


@pytest.mark.parametrize(("who", "status"), [("diego", 200), ("oficina", 403), ("alcaldesa", 403)])
def test_the_papers_of_a_reserved_request_are_opened_by_its_department_alone(
    request, as_user, signed, who, status
) -> None:
    paper = kept_documents_of(signed).get()

    answer = as_user(request.getfixturevalue(who)).get(f"{HERE}documentos/{paper.public_id}/")

    answer.close()
    assert answer.status_code == status


def test_others_read_that_a_paper_exists_and_not_its_name(as_user, signed, oficina) -> None:
    desk = as_user(oficina)
    pages = [desk.get(f"{DESK}solicitudes/{signed.folio}/{place}").content.decode() for place in ("", "expediente/")]

    assert ["carta-rosa" in page for page in pages] == [False, False]
    assert ["1 documento reservado" in pages[0], "Documento reservado" in pages[1]] == [True, True]


def test_the_file_that_others_take_away_holds_the_line_and_not_the_paper(as_user, signed, oficina) -> None:
    answer = as_user(oficina).get(f"{DESK}solicitudes/{signed.folio}/expediente/descargar/")
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as folder:
        index = json.loads(folder.read("indice.json"))["indice"]
        kept = "\n".join([*folder.namelist(), *(folder.read(n).decode(errors="replace") for n in folder.namelist())])

    assert [line["nombre"] for line in index if line["sha256"] == kept_documents_of(signed).get().sha256] == [
        "Documento reservado"
    ]
    assert "rosa" not in kept.lower()


def test_the_letters_page_opens_no_letter_of_a_reserved_request_to_others(as_user, signed, diego, oficina) -> None:
    answering.answer(signed, text="Listo.", outcome="resolved", by=diego)
    write_letter(Answer.objects.get())
    address = f"{HERE}documentos/{kept_documents_of(signed).latest('pk').public_id}/"

    pages = [as_user(who).get(f"{DESK}solicitudes/{signed.folio}/cartas/").content.decode() for who in (diego, oficina)]

    assert [address in page for page in pages] == [True, False]
