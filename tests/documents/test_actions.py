import hashlib
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from cabildo.accounts.scoping import in_municipality
from cabildo.audit.models import Entry
from cabildo.documents import actions, queries, storage
from cabildo.documents.choices import Kind, Visibility
from cabildo.documents.errors import DocumentsError
from cabildo.documents.models import Document

from . import samples

pytestmark = pytest.mark.usefixtures("doors")


@pytest.fixture
def send(obras, diego):
    """What diego uploads to the works department."""

    def upload(content: bytes = b"La calle est\xc3\xa1 cortada.", name: str = "nota.txt", **more) -> Document:
        chosen = {"owner": obras, "kind": Kind.EVIDENCE, "visibility": Visibility.INTERNAL, "by": diego} | more
        return actions.store_upload(ContentFile(content, name), **chosen)

    return upload


def test_an_upload_is_kept_with_its_true_type_size_and_hash(send, diego, obras) -> None:
    document = send(samples.image(), "foto.exe")
    kept = queries.content_of(document)

    assert document.original_name == "foto.jpg"
    assert (document.media_type, document.size) == ("image/jpeg", len(kept))
    assert document.sha256 == hashlib.sha256(kept).hexdigest()
    assert (document.owner_type, document.owner_id) == ("accounts.department", str(obras.pk))
    assert document.created_by == diego


def test_a_file_lies_under_its_municipality_and_month_in_a_name_nothing_executes(send, puerto_claro) -> None:
    document = send()
    path = storage.root() / document.path
    municipality, year, month, name = document.path.split("/")

    assert (municipality, year) == (str(puerto_claro.pk), f"{timezone.localdate():%Y}")
    assert (month, "." in name) == (f"{timezone.localdate():%m}", False)
    assert path.stat().st_mode & 0o777 == 0o640


def test_nothing_unfinished_stays_beside_it(send) -> None:
    document = send()

    assert [path.name for path in (storage.root() / document.path).parent.iterdir()] == [document.path[-36:]]


def test_storing_is_on_record_without_the_name_of_the_file(send, diego) -> None:
    document = send(name="Rosa Muñoz.txt")
    entry = Entry.objects.get(action="document.stored")

    assert (entry.subject_id, entry.actor_id) == (str(document.pk), str(diego.pk))
    assert "Rosa" not in str(entry.data)


def test_a_file_over_the_limit_is_refused(send, settings) -> None:
    settings.DOCUMENTS_MAX_BYTES = {"evidence": 1024 * 1024}

    with pytest.raises(DocumentsError) as caught:
        send(b"a" * (1024 * 1024 + 1))
    assert (caught.value.code, "1 MB" in caught.value.sentence) == ("too_large", True)


def test_each_kind_has_its_own_limit_and_ten_megabytes_otherwise(settings) -> None:
    settings.DOCUMENTS_MAX_BYTES = {"photo": 5}

    assert (actions.size_limit("photo"), actions.size_limit("other")) == (5, 10 * 1024 * 1024)


def test_an_object_without_register_owns_nothing(send, diego) -> None:
    with pytest.raises(DocumentsError) as caught:
        send(owner=diego)
    assert caught.value.code == "owner_unknown"


def test_a_refused_file_leaves_nothing_behind(send) -> None:
    with pytest.raises(DocumentsError):
        send(b"<html></html>")
    assert (Document.objects.count(), storage.root().exists()) == (0, False)


def test_a_row_that_cannot_be_written_takes_its_file_with_it(send, monkeypatch) -> None:
    def fail(*_, **__) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr(actions.audit, "record", fail, raising=False)
    with pytest.raises(RuntimeError, match="no record"):
        send()

    assert (Document.objects.count(), [path for path in storage.root().rglob("*") if path.is_file()]) == (0, [])


def test_another_municipality_does_not_see_it(send, otra_comuna) -> None:
    document = send()

    with in_municipality(otra_comuna):
        assert queries.kept_document(document.public_id) is None


def test_visibility_changes_on_record(send, carmen) -> None:
    document = actions.change_visibility(send(), visibility=Visibility.PUBLIC, by=carmen)
    document.refresh_from_db()

    assert document.visibility == "public"
    assert Entry.objects.filter(action="document.visibility_changed", data={"to": "public"}).count() == 1


def test_erasing_destroys_bytes_and_name_and_keeps_the_line(
    send, obras, carmen, django_capture_on_commit_callbacks
) -> None:
    document = send(name="carta de Rosa.txt")
    path = document.path
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_document(document, by=carmen, reason="suppression")
        actions.erase_document(document, by=carmen, reason="suppression")

    line = queries.index_of(obras)[0]
    assert (storage.root() / path).exists() is False
    assert (line.name, line.sha256, line.erased) == ("documento borrado", document.sha256, True)
    assert Entry.objects.filter(action="document.erased").count() == 1
    with pytest.raises(FileNotFoundError):
        queries.content_of(document)


def test_files_that_no_document_names_are_removed_and_others_stay(send, puerto_claro) -> None:
    document = send()
    orphan = storage.write(b"huerfano", municipality_id=puerto_claro.pk, day=timezone.localdate())
    removed = actions.remove_orphans(written_before=timezone.now() + timedelta(minutes=1))

    assert removed == 1
    assert [(storage.root() / path).exists() for path in (orphan, document.path)] == [False, True]


def test_a_recent_file_may_belong_to_an_upload_under_way(puerto_claro) -> None:
    storage.write(b"en curso", municipality_id=puerto_claro.pk, day=timezone.localdate())

    assert actions.remove_orphans(written_before=timezone.now() - timedelta(days=1)) == 0


def test_an_interrupted_write_leaves_nothing(monkeypatch, puerto_claro) -> None:
    def fail(*_) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(storage.os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        storage.write(b"a", municipality_id=puerto_claro.pk, day=timezone.localdate())

    assert [path for path in storage.root().rglob("*") if path.is_file()] == []


def test_the_index_numbers_documents_in_the_order_they_came(send, obras) -> None:
    for name in ("a.txt", "b.txt"):
        send(name=name)

    assert [(line.order, line.name, line.author, line.erased) for line in queries.index_of(obras)] == [
        (1, "a.txt", "Diego Soto", False),
        (2, "b.txt", "Diego Soto", False),
    ]


def test_the_index_takes_one_query_however_long_it_is(send, obras, django_assert_num_queries) -> None:
    for _ in range(3):
        send()

    with django_assert_num_queries(1):
        queries.index_of(obras)


@pytest.mark.django_db(transaction=True)
def test_the_nightly_task_cleans_every_municipality(send, otra_comuna, monkeypatch) -> None:
    from cabildo.documents import tasks

    monkeypatch.setattr(tasks, "UPLOADS_LAST", timedelta(minutes=-1))
    orphan = storage.write(b"huerfano", municipality_id=otra_comuna.pk, day=timezone.localdate())
    tasks.remove_orphans.func()

    assert (storage.root() / orphan).exists() is False
