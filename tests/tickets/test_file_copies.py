"""An electronic file that is too long to wait for is made in the background, for who asked alone, and not kept."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from tests.tickets.inner_world import DESK, HERE

from cabildo.audit.models import Entry
from cabildo.documents import actions as documents
from cabildo.documents.models import Document
from cabildo.documents.queries import kept_documents_of
from cabildo.jobs.choices import JobState
from cabildo.jobs.models import Job
from cabildo.notifications.models import InboxItem
from cabildo.tickets import expediente, tasks
from cabildo.tickets.actions import answering, exporting, file_copies, handling
from cabildo.tickets.actions.retention import anonymise_ticket
from cabildo.tickets.models import FileCopy, Ticket


@pytest.fixture
def ticket(receive, diego, monkeypatch):
    """A request with a paper, and files are long from the first paper on."""
    monkeypatch.setattr(expediente, "AT_ONCE_DOCUMENTS", 0)
    ticket = receive(wants_reserve=True)
    file = ContentFile(b"Informe de la cuadrilla", "informe.txt")
    documents.store_upload(file, owner=ticket, kind="evidence", visibility="internal", by=diego)
    return ticket


@pytest.fixture
def copy(ticket, diego) -> FileCopy:
    asked = file_copies.ask_for_copy(ticket, by=diego)
    file_copies.deliver(asked.pk)
    return FileCopy.objects.get()


def place(ticket, more: str = "") -> str:
    return f"{DESK}solicitudes/{ticket.folio}/expediente/{more}"


def zip_of(copy) -> str:
    return f"{HERE}documentos/{kept_documents_of(copy).get().public_id}/"


def test_a_long_file_is_asked_for_waited_for_and_found_in_the_inbox(as_user, ticket, diego, run_jobs) -> None:
    desk = as_user(diego)
    assert "expediente/preparar/" in desk.get(place(ticket)).content.decode()

    waiting = desk.post(place(ticket, "preparar/")).url
    before = desk.get(f"{waiting}avance/")
    run_jobs()
    after = desk.get(f"{waiting}avance/")

    assert [answer.get("HX-Refresh") for answer in (before, after)] == [None, "true"]
    link = f"{zip_of(FileCopy.objects.get())}"
    assert link in desk.get(waiting).content.decode()
    assert link in InboxItem.objects.get(user=diego).url


def test_it_holds_what_the_short_one_holds(as_user, copy, diego, ticket, monkeypatch) -> None:
    with ZipFile(BytesIO(as_user(diego).get(zip_of(copy)).getvalue())) as folder:
        made = folder.namelist()
    monkeypatch.setattr(expediente, "AT_ONCE_DOCUMENTS", 10)
    answer = as_user(diego).get(place(ticket, "descargar/"))
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as folder:
        assert made == folder.namelist()


@pytest.mark.parametrize("limits", [(0, 1_000), (10, 22)], ids=["many documents", "a large one"])
def test_nothing_long_is_put_together_while_somebody_waits(as_user, ticket, diego, monkeypatch, limits) -> None:
    monkeypatch.setattr(expediente, "AT_ONCE_DOCUMENTS", limits[0])
    monkeypatch.setattr(expediente, "AT_ONCE_BYTES", limits[1])

    answer = as_user(diego).get(place(ticket, "descargar/"))

    assert (answer.status_code, answer.url) == (302, place(ticket))


def test_two_clicks_ask_once_and_a_second_run_makes_nothing(as_user, ticket, diego, run_jobs) -> None:
    desk = as_user(diego)

    assert desk.post(place(ticket, "preparar/")).url == desk.post(place(ticket, "preparar/")).url
    run_jobs()
    file_copies.deliver(FileCopy.objects.get().pk)

    assert Document.objects.filter(owner_type="tickets.filecopy").count() == 1


def test_one_that_failed_says_so_and_is_asked_for_again(as_user, ticket, diego) -> None:
    asked = file_copies.ask_for_copy(ticket, by=diego)
    Job.objects.update(state=JobState.FAILED)
    page = as_user(diego).get(f"{DESK}solicitudes/expedientes/{asked.pk}/")

    again = file_copies.ask_for_copy(ticket, by=diego)

    assert "No se pudo preparar" in page.content.decode()
    assert (again.pk, again.job.state) == (asked.pk, JobState.WAITING)


def test_only_who_asked_sees_it_and_opens_it(as_user, copy, carmen, externo) -> None:
    for other in (carmen, externo):
        desk = as_user(other)
        codes = [desk.get(f"{DESK}solicitudes/expedientes/{copy.pk}/{more}").status_code for more in ("", "avance/")]
        assert (codes, desk.get(zip_of(copy)).status_code) in [([404, 404], 403), ([403, 403], 403)]


def test_who_lost_the_identity_of_a_reserved_request_no_longer_opens_it(as_user, copy, diego, aseo, ticket) -> None:
    handling.derive(ticket, to=aseo, reason="Les toca a ellos.", by=diego)

    assert as_user(diego).get(zip_of(copy)).status_code == 403


def test_nor_when_nobody_is_on_record_for_the_papers_may_say_it(as_user, ticket, diego, aseo) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(requester=None)
    file_copies.deliver(file_copies.ask_for_copy(ticket, by=diego).pk)
    made = FileCopy.objects.get()
    assert as_user(diego).get(zip_of(made)).getvalue()

    handling.derive(ticket, to=aseo, reason="Les toca a ellos.", by=diego)

    assert as_user(diego).get(zip_of(made)).status_code == 403


def test_who_may_no_longer_see_the_request_when_it_is_made_gets_nothing(ticket, diego) -> None:
    asked = file_copies.ask_for_copy(ticket, by=diego)
    diego.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))
    file_copies.deliver(asked.pk)

    assert FileCopy.objects.get().finished_at is not None
    assert not Document.objects.filter(owner_type="tickets.filecopy").exists()


def test_whose_data_leave_is_on_record(copy, ticket, diego) -> None:
    entries = set(Entry.objects.values_list("action", "subject_type", "actor_id"))

    assert ("ticket.file_downloaded", "tickets.ticket", str(diego.pk)) in entries
    assert ("personal_data.read", "people.requester", str(diego.pk)) in entries


def test_files_made_to_be_taken_are_erased_after_a_week(copy, carmen) -> None:
    exporting.deliver(exporting.ask_for_file(address="", file_format="csv", with_persons=True, by=carmen).pk)
    made = Document.objects.filter(owner_type__in=["tickets.filecopy", "tickets.listexport"])
    made.filter(owner_type="tickets.listexport").update(created_at=timezone.now() - timedelta(days=7, hours=1))
    tasks.erase_made_files.func()
    assert [document.owner_type for document in made.filter(erased_at=None)] == ["tickets.filecopy"]

    made.update(created_at=timezone.now() - timedelta(days=7, hours=1))
    tasks.erase_made_files.func()

    assert not made.filter(erased_at=None).exists()


def test_a_request_that_is_forgotten_leaves_no_copy(copy, ticket, diego, oficina) -> None:
    answering.answer(ticket, text="Listo.", outcome="resolved", by=diego)

    anonymise_ticket(ticket, by=oficina, reason="retention_expired")

    assert not kept_documents_of(copy).exists()
