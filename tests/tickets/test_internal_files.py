"""Documents of an internal request: sent when asking and when answering, read by whoever reads the request itself."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.tickets.inner_world import DESK, HERE, ask

from cabildo.accounts.models import Department
from cabildo.audit.models import Entry
from cabildo.documents.queries import documents_of, kept_documents_of
from cabildo.tickets.actions import answering, handling, internal, retention
from cabildo.tickets.models import InternalRequest, Ticket
from conftest import make_member

ASKED = {"kind": "informe", "asks": "¿Hay poda?", "days": "5"}


def paper(name: str = "plano.txt", words: str = "Plano de la plaza") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode())


@pytest.fixture
def pedro(puerto_claro, aseo):
    return make_member("Pedro Mena", puerto_claro, "department_head", aseo)


@pytest.fixture
def ticket(receive, diego):
    ticket = receive()
    handling.acknowledge(ticket, by=diego)
    return ticket


@pytest.fixture
def asked(ticket, aseo, diego) -> InternalRequest:
    return ask(aseo, diego, ticket=ticket, today=timezone.localdate(), papers=[paper()])


def opened(client, document) -> int:
    answer = client.get(f"{HERE}documentos/{document.public_id}/")
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return answer.status_code


def test_the_step_on_a_request_sends_several_documents(as_user, ticket, diego, aseo) -> None:
    step = f"{DESK}solicitudes/{ticket.folio}/paso/pedir-a-direccion/"
    sent = [paper(), paper("oficio.txt", "Oficio 12")]
    ticket.refresh_from_db()

    answer = as_user(diego).post(step, {"version": ticket.version, "to": aseo.pk, "papers": sent, **ASKED})

    assert answer.status_code == 302, answer.context["form"].errors
    kept = kept_documents_of(InternalRequest.objects.get())
    assert [(one.original_name, one.visibility) for one in kept] == [
        ("plano.txt", "internal"),
        ("oficio.txt", "internal"),
    ]


def test_a_free_standing_one_and_its_answer_carry_documents(as_user, diego, pedro, obras, aseo) -> None:
    given = {"from_department": obras.pk, "to": aseo.pk, "procedure": "Ordenanza", "papers": [paper()], **ASKED}
    as_user(diego).post(f"{DESK}internas/pedir/", given)
    asked = InternalRequest.objects.get()
    place = f"{DESK}internas/{asked.year}/{asked.number}/"

    as_user(pedro).post(f"{place}responder/", {"text": "No hay.", "papers": [paper("informe.txt")]})

    page = as_user(diego).get(place).content.decode()
    assert ("plano.txt" in page, "informe.txt" in page) == (True, True)


def test_a_file_that_cannot_be_kept_stops_the_answer_and_keeps_the_words(as_user, asked, pedro) -> None:
    broken = SimpleUploadedFile("foto.png", b"MZ\x90\x00virus", content_type="image/png")

    page = as_user(pedro).post(
        f"{DESK}internas/{asked.year}/{asked.number}/responder/", {"text": "Va la foto.", "papers": [broken]}
    )

    asked.refresh_from_db()
    assert (asked.is_open, documents_of(asked).count()) == (True, 1)
    assert "Va la foto." in page.content.decode()
    assert "papers" in page.context["answer_form"].errors


def test_no_more_than_five_files_go_at_once(as_user, asked, pedro) -> None:
    sent = {"text": "Van seis.", "papers": [paper(f"{n}.txt") for n in range(6)]}

    page = as_user(pedro).post(f"{DESK}internas/{asked.year}/{asked.number}/responder/", sent)

    assert "Elija a lo más 5 archivos." in page.content.decode()


def test_both_departments_open_it_and_the_read_is_logged(as_user, asked, ticket, diego, pedro) -> None:
    document = kept_documents_of(asked).get()

    statuses = [opened(as_user(who), document) for who in (diego, pedro)]

    assert statuses == [200, 200]
    read = Entry.objects.filter(action="personal_data.read", reason="document_download")
    assert {entry.subject_id for entry in read} == {str(ticket.requester_id)}


def test_who_reads_the_request_but_not_what_was_asked_inside_does_not_open_it(
    as_user, puerto_claro, asked, ticket, diego
) -> None:
    salud = Department.objects.create(municipality=puerto_claro, code="salud", name="Salud")
    other = as_user(make_member("Ana Ajena", puerto_claro, "department_officer", salud))
    ask(salud, diego, ticket=ticket, today=timezone.localdate())

    file = other.get(f"{DESK}solicitudes/{ticket.folio}/expediente/").content.decode()

    assert opened(other, kept_documents_of(asked).get()) == 403
    assert ("plano.txt" in file, "Documento reservado" in file) == (False, True)


def test_who_sees_all_requests_opens_it_until_the_request_is_reserved(as_user, asked, ticket, oficina) -> None:
    pages = [f"{DESK}internas/{asked.year}/{asked.number}/", f"{DESK}solicitudes/{ticket.folio}/expediente/"]
    office, found = as_user(oficina), []

    for is_reserved in (False, True):
        Ticket.objects.filter(pk=ticket.pk).update(is_reserved=is_reserved)
        shown = ["plano.txt" in office.get(page).content.decode() for page in pages]
        found.append((opened(office, kept_documents_of(asked).get()), *shown))

    assert found == [(200, True, True), (403, False, False)]


def test_both_departments_open_it_on_a_reserved_request_too(as_user, asked, ticket, diego, pedro) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(is_reserved=True)

    assert [opened(as_user(who), kept_documents_of(asked).get()) for who in (diego, pedro)] == [200, 200]


def test_the_electronic_file_holds_it(as_user, asked, ticket, diego) -> None:
    desk = as_user(diego)

    page = desk.get(f"{DESK}solicitudes/{ticket.folio}/expediente/").content.decode()
    packed = b"".join(desk.get(f"{DESK}solicitudes/{ticket.folio}/expediente/descargar/").streaming_content)

    assert "plano.txt" in page
    with ZipFile(BytesIO(packed)) as folder:
        name = next(name for name in folder.namelist() if name.endswith("plano.txt"))
        assert folder.read(name).decode() == "Plano de la plaza"


def test_it_is_erased_with_the_request_it_belongs_to(asked, ticket, diego, pedro, oficina) -> None:
    internal.answer(asked, text="No hay.", by=pedro, papers=[paper("informe.txt")])
    answering.answer(ticket, outcome="resolved", text="Se podará.", by=diego)
    ticket.refresh_from_db()

    retention.anonymise_ticket(ticket, by=oficina, reason="test")

    assert [one.erased_at is not None for one in documents_of(asked)] == [True, True]
