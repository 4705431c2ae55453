import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cabildo.audit.models import Entry
from cabildo.documents import actions, forms, queries
from cabildo.documents.choices import Kind, Visibility
from cabildo.documents.signing import SigningRequest

from . import samples
from .conftest import TOKEN

HERE = "/m/puerto-claro/documentos/"


@pytest.fixture
def store(obras, diego, doors):
    def act(visibility: str = Visibility.INTERNAL, content: bytes = b"Hola", name: str = "nota.txt") -> str:
        document = actions.store_upload(
            ContentFile(content, name), owner=obras, kind=Kind.EVIDENCE, visibility=visibility, by=diego
        )
        return f"{HERE}{document.public_id}/"

    return act


@pytest.fixture
def open_stored(store, as_user, diego):
    return lambda content: open_address(as_user(diego), store(content=content))


@pytest.fixture
def sealed(obras, carmen, doors):
    issued = actions.issue_code(title="Oficio N° 123/2026", issuer="Dirección de Obras", by=carmen)
    request = SigningRequest(pdf=samples.pdf(), name="oficio.pdf")
    return actions.seal(
        issued, request=request, method="verification_code", owner=obras, visibility=Visibility.REQUESTER, by=carmen
    )


def open_address(client: Client, address: str, **query: str):
    """The answer, with its file read whole and closed."""
    response = client.get(address, query)
    response.body = b"".join(response) if response.streaming else response.content  # read whole, it closes itself
    return response


def test_the_owner_lets_its_people_in(store, as_user, diego) -> None:
    response = open_address(as_user(diego), store())

    assert (response.status_code, response.body) == (200, b"Hola")


@pytest.mark.parametrize("visibility", list(Visibility))
def test_staff_whom_the_owner_does_not_name_are_refused(store, as_user, oficina, visibility: str) -> None:
    assert as_user(oficina).get(store(visibility)).status_code == 403


@pytest.mark.parametrize("visibility", list(Visibility))
def test_a_stranger_is_sent_to_the_entrance(store, visibility: str) -> None:
    response = Client().get(store(visibility))

    assert (response.status_code, "/cuenta/login/" in response.url) == (302, True)


@pytest.mark.parametrize(("visibility", "status"), [("internal", 302), ("requester", 200), ("public", 200)])
def test_the_token_of_the_request_opens_what_is_the_requesters(store, visibility: str, status: int) -> None:
    assert open_address(Client(), store(visibility), clave=TOKEN).status_code == status


def test_another_token_opens_nothing(store) -> None:
    assert Client().get(store("requester"), {"clave": "otra"}).status_code == 302


@pytest.mark.parametrize(("visibility", "status"), [("internal", 302), ("requester", 302), ("public", 200)])
def test_the_public_sees_what_is_public_once_the_owner_publishes(store, doors, visibility: str, status: int) -> None:
    doors.public = True

    assert open_address(Client(), store(visibility)).status_code == status


def test_a_type_whose_owner_is_not_registered_is_read_by_nobody(store, as_user, diego, monkeypatch) -> None:
    address = store("public")
    monkeypatch.setattr("cabildo.documents.owners._types", {})

    assert as_user(diego).get(address).status_code == 403


def test_reading_is_logged_with_the_persons_shown(store, as_user, diego) -> None:
    open_address(as_user(diego), store())
    entry = Entry.objects.get(action="personal_data.read")

    assert (entry.subject_type, entry.subject_id, entry.actor_id) == ("people.person", "7", str(diego.pk))
    assert entry.reason == "document_download"


def test_a_refused_reading_is_not_logged_as_one(store, as_user, oficina) -> None:
    as_user(oficina).get(store())

    assert not Entry.objects.filter(action="personal_data.read").exists()


def test_a_text_is_downloaded_and_never_sniffed(store, as_user, diego) -> None:
    response = open_address(as_user(diego), store(name="Señal.txt"))

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Se%C3%B1al.txt"
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("make", "disposition", "policy"),
    [
        (samples.image, "inline", "sandbox"),
        (samples.pdf, "inline", "sandbox allow-scripts"),
        (samples.pdf_with_script, "attachment", "sandbox allow-scripts"),
        (samples.docx, "attachment", "sandbox"),
    ],
)
def test_what_opens_in_the_browser_is_shut_in_a_sandbox(open_stored, make, disposition: str, policy: str) -> None:
    response = open_stored(make())

    assert response["Content-Disposition"].partition(";")[0] == disposition
    assert response["Content-Security-Policy"].rpartition("; ")[2] == policy


def test_an_unknown_or_erased_document_is_not_found(store, as_user, diego, obras) -> None:
    address = store()
    actions.erase_document(queries.documents_of(obras).get(), by=diego, reason="suppression")

    assert as_user(diego).get(address).status_code == 404
    assert as_user(diego).get(f"{HERE}{uuid.uuid4()}/").status_code == 404


def test_a_document_is_not_served_under_another_municipality(store, as_user, diego, otra_comuna) -> None:
    address = store("public").replace("puerto-claro", "otra-comuna")

    assert as_user(diego).get(address).status_code == 404


def test_the_verification_page_says_what_was_issued_and_its_hash(sealed) -> None:
    page = Client().get(f"{HERE}verificar/{sealed.code}/")

    assert page.status_code == 200
    for words in ("Oficio N° 123/2026", "Dirección de Obras", sealed.sha256, "Sin firma electrónica incorporada"):
        assert words in page.text


def test_a_code_copied_in_small_letters_is_found(sealed) -> None:
    assert Client().get(f"{HERE}verificar/{sealed.code.lower()}/").status_code == 200


def test_an_unknown_code_says_so_and_offers_to_try_again(puerto_claro) -> None:
    page = Client().get(f"{HERE}verificar/XXXX-XXXX-XXXX/")

    assert (page.status_code, "No hay un documento con ese código" in page.text) == (404, True)


def compare(sealed, content: bytes) -> str:
    file = SimpleUploadedFile("copia.pdf", content)
    return Client().post(f"{HERE}verificar/{sealed.code}/", {"file": file}).text


def test_an_identical_copy_is_recognised(sealed) -> None:
    assert "Su copia es idéntica a la emitida" in compare(sealed, queries.content_of(sealed.document))


def test_a_changed_copy_is_recognised(sealed) -> None:
    assert "Su copia es distinta de la emitida" in compare(sealed, queries.content_of(sealed.document) + b"\n")


def test_what_is_no_pdf_is_not_compared(sealed) -> None:
    assert "no es un PDF" in compare(sealed, b"hola")


def test_a_copy_of_enormous_size_is_not_compared(sealed, monkeypatch) -> None:
    monkeypatch.setattr(forms, "MAX_COMPARED", 4)

    assert "no es este documento" in compare(sealed, b"%PDF-")


def test_an_annulled_document_says_so_even_to_an_identical_copy(sealed, carmen) -> None:
    actions.annul(sealed, by=carmen, reason="mistake")

    page = compare(sealed, queries.content_of(sealed.document))
    assert ("Este documento fue anulado" in page, "idéntica" in page) == (True, False)


def test_the_typed_code_leads_to_its_page(sealed) -> None:
    response = Client().get(f"{HERE}verificar/", {"code": sealed.code.lower()})

    assert response["Location"] == f"{HERE}verificar/{sealed.code}/"


def test_a_mistyped_code_is_explained(puerto_claro) -> None:
    page = Client().get(f"{HERE}verificar/", {"code": "hola"})

    assert (page.status_code, "doce letras y números" in page.text) == (200, True)
