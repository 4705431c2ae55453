"""The electronic file: everything in order, with hashes that a third person can check."""

import csv
import hashlib
import io
import json
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile

from cabildo.audit.models import Entry
from cabildo.documents import actions as documents
from cabildo.tickets.actions import handling
from cabildo.tickets.queries.expediente import pieces_of


@pytest.fixture
def ticket(receive, diego):
    ticket = receive()
    handling.acknowledge(ticket, by=diego)
    file = ContentFile(b"Informe de la cuadrilla", "informe.txt")
    documents.store_upload(file, owner=ticket, kind="evidence", visibility="internal", by=diego)
    return ticket


@pytest.fixture
def folder(as_user, ticket, diego) -> ZipFile:
    answer = as_user(diego).get(f"/m/puerto-claro/mesa/solicitudes/{ticket.folio}/expediente/descargar/")
    content = b"".join(answer.streaming_content)
    return ZipFile(io.BytesIO(content))


def test_acts_and_documents_stand_together_in_order(ticket, diego) -> None:
    pieces = pieces_of(ticket, diego)

    assert [piece.order for piece in pieces] == list(range(1, len(pieces) + 1))
    assert [piece.at for piece in pieces] == sorted(piece.at for piece in pieces)
    assert pieces[-1].name == "informe.txt"


def test_the_zip_holds_index_history_and_every_document(folder) -> None:
    names = folder.namelist()

    assert names[:4] == ["indice.pdf", "indice.json", "indice.csv", "actuaciones.jsonl"]
    assert (names[4].endswith("-informe.txt"), names[5]) == (True, "huellas-sha256.txt")


def test_every_file_of_the_zip_has_the_hash_that_is_listed(folder) -> None:
    listed = dict(line.split("  ")[::-1] for line in folder.read("huellas-sha256.txt").decode().splitlines())

    assert {name: hashlib.sha256(folder.read(name)).hexdigest() for name in listed} == listed


def test_each_act_of_the_index_has_the_hash_of_its_line(folder) -> None:
    index = json.loads(folder.read("indice.json"))["indice"]
    acts = [piece["sha256"] for piece in index if piece["clase"] == "actuación"]
    lines = folder.read("actuaciones.jsonl").splitlines()

    assert [hashlib.sha256(line).hexdigest() for line in lines] == acts


def test_the_index_is_the_same_in_csv_and_json(folder) -> None:
    rows = list(csv.DictReader(io.StringIO(folder.read("indice.csv").decode("utf-8-sig"))))
    index = json.loads(folder.read("indice.json"))["indice"]

    assert [row["sha256"] for row in rows] == [piece["sha256"] for piece in index]


def test_taking_the_file_away_is_put_on_record_with_whose_data_it_holds(folder, ticket) -> None:
    actions = set(Entry.objects.values_list("action", "subject_type"))

    assert ("ticket.file_downloaded", "tickets.ticket") in actions
    assert ("personal_data.read", "people.requester") in actions


def test_an_erased_document_keeps_its_line_and_leaves_the_zip(ticket, diego) -> None:
    document = pieces_of(ticket, diego)[-1].document
    documents.erase_document(document, by=diego, reason="retention")
    erased = pieces_of(ticket, diego)[-1]

    assert (erased.is_erased, erased.file_name, len(erased.sha256)) == (True, "", 64)


def test_another_department_finds_no_file(as_user, ticket, externo) -> None:
    assert as_user(externo).get(f"/m/puerto-claro/mesa/solicitudes/{ticket.folio}/expediente/").status_code == 404


def test_the_page_shows_the_index(as_user, ticket, diego) -> None:
    page = as_user(diego).get(f"/m/puerto-claro/mesa/solicitudes/{ticket.folio}/expediente/").content.decode()

    assert "informe.txt" in page
