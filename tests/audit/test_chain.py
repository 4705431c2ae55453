"""The record is whole, and says so when it is not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cabildo import audit
from cabildo.audit import actions, queries
from cabildo.audit.models import Entry, Seal
from cabildo.db.immutable import triggers_dropped


def findings(municipality, kept=None):
    return [f.code for f in queries.findings(municipality.pk, timezone.now(), kept)]


@pytest.fixture
def three_entries(puerto_claro, obras, diego):
    for action in ("department.seen", "department.updated", "department.closed"):
        audit.record(action, on=obras, by=diego, data={"fields": ["name"]})
    actions.seal_pending()
    return list(Entry.objects.filter(municipality_id=puerto_claro.pk).order_by("pk"))


def test_an_entry_names_actor_subject_and_municipality(puerto_claro, obras, diego) -> None:
    audit.record("department.updated", on=obras, by=diego, reason="typo")

    entry = Entry.objects.get()

    assert (entry.municipality_id, entry.actor_kind, entry.actor_id) == (puerto_claro.pk, "user", str(diego.pk))
    assert (entry.subject_type, entry.subject_id, entry.reason) == ("accounts.department", str(obras.pk), "typo")


@pytest.mark.parametrize("model", [Entry, Seal])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_the_record(three_entries, model, change) -> None:
    rows = model.objects.all()

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete() if change == "delete" else rows.update(municipality_id=999)


def test_a_whole_chain_has_no_findings(three_entries, puerto_claro) -> None:
    assert findings(puerto_claro) == []


def test_a_changed_entry_is_found(three_entries, puerto_claro) -> None:
    with triggers_dropped(connection):
        Entry.objects.filter(pk=three_entries[1].pk).update(action="department.invented")

    assert findings(puerto_claro) == ["changed"]


def test_a_removed_entry_is_found(three_entries, puerto_claro) -> None:
    with triggers_dropped(connection):
        Entry.objects.filter(pk=three_entries[1].pk).delete()

    assert findings(puerto_claro) == ["removed"]


def test_a_removed_link_is_found(three_entries, puerto_claro) -> None:
    with triggers_dropped(connection):
        Seal.objects.filter(entry_id=three_entries[1].pk).delete()

    assert "removed" in findings(puerto_claro)


def test_a_removed_tail_is_found_with_the_kept_checkpoint(three_entries, puerto_claro) -> None:
    kept = queries.checkpoint(puerto_claro.pk, timezone.now())
    with triggers_dropped(connection):
        Seal.objects.filter(entry_id=three_entries[2].pk).delete()
        Entry.objects.filter(pk=three_entries[2].pk).delete()

    assert findings(puerto_claro) == []
    assert findings(puerto_claro, kept) == ["tail_removed"]


def test_an_entry_unsealed_for_eleven_minutes_is_found(puerto_claro, obras) -> None:
    audit.record("department.seen", on=obras, by=audit.SYSTEM)
    later = timezone.now() + timedelta(minutes=11)

    assert [f.code for f in queries.findings(puerto_claro.pk, later)] == ["unsealed"]


def test_each_municipality_has_its_own_chain(puerto_claro, otra_comuna, obras) -> None:
    audit.record("department.seen", on=obras, by=audit.SYSTEM)
    audit.record("municipality.seen", by=audit.SYSTEM, municipality_id=otra_comuna.pk)
    actions.seal_pending()

    assert list(Seal.objects.order_by("municipality_id").values_list("municipality_id", "sequence")) == [
        (puerto_claro.pk, 1),
        (otra_comuna.pk, 1),
    ]


def test_sealing_twice_seals_nothing_new(three_entries) -> None:
    assert actions.seal_pending() == 0


def test_reads_are_recorded_once_per_person(puerto_claro, diego) -> None:
    seen = [("people.requester", "a"), ("people.requester", "a"), ("people.requester", "b")]

    audit.record_reads(seen, by=diego, municipality_id=puerto_claro.pk, purpose="detail")

    assert list(Entry.objects.values_list("action", "subject_id", "reason")) == [
        ("personal_data.read", "a", "detail"),
        ("personal_data.read", "b", "detail"),
    ]
