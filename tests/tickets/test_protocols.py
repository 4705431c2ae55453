"""Protocols: written, approved, unchangeable, renewed, known, shown where they apply, and their review owed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.tickets.inner_world import MONDAY, adopt_national_tree, protocol_in_force

from cabildo.accounts.links import addresses
from cabildo.tickets.actions import protocols
from cabildo.tickets.choices import ProtocolState
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Protocol, ProtocolAcknowledgement
from cabildo.tickets.queries.protocols import protocols_for, shown_to
from cabildo.workflow import duties


def test_an_approved_version_says_who_when_and_when_it_is_reviewed(obras, carmen) -> None:
    protocol = protocol_in_force(obras, carmen, review_months=6)

    assert (protocol.state, protocol.approved_by) == (ProtocolState.APPROVED, carmen)
    assert protocol.review_on == MONDAY + timedelta(days=180)


def test_an_approved_version_never_changes(obras, carmen) -> None:
    protocol = protocol_in_force(obras, carmen)

    with pytest.raises(TicketsError) as refusal:
        protocols.change(protocol, by=carmen, body="Otra cosa.")

    assert refusal.value.code == "protocol_fixed"
    assert Protocol.objects.get().body == "Empiece por lo que se hizo."


@pytest.mark.parametrize(
    "change",
    [{"body": "Otra cosa."}, {"review_on": MONDAY}, {"state": "draft"}, {"approved_by": None}],
    ids=["words", "review date", "back to draft", "who approved it"],
)
@pytest.mark.parametrize("state", ["approved", "retired"])
def test_the_database_refuses_to_change_what_was_approved(obras, carmen, change, state) -> None:
    protocol = protocol_in_force(obras, carmen)
    Protocol.objects.update(state=state)

    with pytest.raises(IntegrityError, match="ya quedó fija"), transaction.atomic():
        Protocol.objects.filter(pk=protocol.pk).update(**change)
    with pytest.raises(IntegrityError, match="ya quedó fija"), transaction.atomic():
        protocol.delete()


def test_the_database_lets_an_approved_version_be_retired_and_never_come_back(obras, carmen) -> None:
    protocols.retire(protocol_in_force(obras, carmen), by=carmen)

    with pytest.raises(IntegrityError, match="ya quedó fija"), transaction.atomic():
        Protocol.objects.update(state="approved")
    assert Protocol.objects.get().state == ProtocolState.RETIRED


def test_the_database_lets_drafts_change_and_go(obras, carmen) -> None:
    draft = protocol_draft(obras, carmen)

    assert Protocol.objects.update(body="Escuche.") == 1
    assert draft.delete()[0] == 1


def test_a_new_version_takes_over_only_when_it_is_approved(obras, carmen) -> None:
    first = protocol_in_force(obras, carmen)
    second = protocols.change(protocols.prepare_version(first, by=carmen), by=carmen, body="Diga primero qué se hizo.")
    first.refresh_from_db()
    assert (second.version, first.state) == (2, ProtocolState.APPROVED)

    protocols.approve(protocols.submit(second, by=carmen), by=carmen, today=MONDAY)

    states = dict(Protocol.objects.values_list("version", "state"))
    assert states == {1: ProtocolState.RETIRED, 2: ProtocolState.APPROVED}


def test_only_one_version_is_prepared_at_a_time(obras, carmen) -> None:
    protocol = protocol_in_force(obras, carmen)
    protocols.prepare_version(protocol, by=carmen)

    with pytest.raises(TicketsError) as refusal:
        protocols.prepare_version(protocol, by=carmen)

    assert refusal.value.code == "protocol_has_draft"


def test_a_draft_that_was_not_sent_is_not_approved(obras, carmen) -> None:
    draft = protocols.write(title="Nuevo", department=obras, step="intake", body="Salude.", by=carmen)

    with pytest.raises(TicketsError) as refusal:
        protocols.approve(draft, by=carmen, today=MONDAY)

    assert refusal.value.code == "protocol_not_in_approval"


def test_one_that_was_sent_and_is_corrected_goes_back_to_draft(obras, carmen) -> None:
    draft = protocols.write(title="Nuevo", department=obras, step="intake", body="Salude.", by=carmen)
    protocols.submit(draft, by=carmen)

    assert protocols.change(draft, by=carmen, body="Salude y escuche.").state == ProtocolState.DRAFT


@pytest.mark.parametrize(
    ("scope", "applies"),
    [
        ({}, True),
        ({"channels": ["web"]}, True),
        ({"channels": ["phone"]}, False),
        ({"groups": ["calle"]}, True),
        ({"categories": ["luminaria"]}, True),
        ({"categories": ["basura"]}, False),
        ({"kinds": ["denuncia"]}, False),
        ({"step": "closing"}, False),
    ],
)
def test_it_shows_at_its_step_channel_and_category_only(obras, carmen, categories, scope, applies) -> None:
    protocol = protocol_in_force(obras, carmen, **scope)

    found = protocols_for("answer", "web", categories["lamp"], "reclamo")

    assert (protocol in found) is applies


def test_a_draft_shows_nowhere(obras, carmen, categories) -> None:
    protocols.write(title="Nuevo", department=obras, step="answer", body="Salude.", by=carmen)

    assert protocols_for("answer", "web", categories["lamp"]) == []


def test_knowing_it_is_said_once_and_belongs_to_that_version(obras, carmen, diego) -> None:
    first = protocol_in_force(obras, carmen)
    protocols.acknowledge(first, by=diego)
    protocols.acknowledge(first, by=diego)
    second = protocols.prepare_version(first, by=carmen)

    assert ProtocolAcknowledgement.objects.count() == 1
    assert [shown.is_known for shown in shown_to(diego, [first, second])] == [True, False]


def test_a_draft_cannot_be_known(obras, carmen, diego) -> None:
    draft = protocols.write(title="Nuevo", department=obras, step="answer", body="Salude.", by=carmen)

    with pytest.raises(TicketsError) as refusal:
        protocols.acknowledge(draft, by=diego)

    assert refusal.value.code == "protocol_not_in_force"


def test_the_head_owes_what_waits_for_approval_and_what_must_be_reviewed(obras, carmen, diego) -> None:
    protocols.submit(protocol_draft(obras, carmen), by=carmen)
    old = protocol_in_force(obras, carmen, title="Viejo")

    with addresses():
        owed = {duty.what: duty.action for duty in duties.of(carmen, old.review_on)}
        of_another = [duty.action for duty in duties.of(diego, old.review_on)]

    assert owed == {"Nuevo": "Aprobar", "Viejo": "Revisar"}
    assert of_another == ["Leer"]


def protocol_draft(obras, carmen):
    return protocols.write(title="Nuevo", department=obras, step="answer", body="Salude.", by=carmen)


def test_adopting_the_national_tree_drafts_its_protocols_once(puerto_claro) -> None:
    adopt_national_tree(puerto_claro)
    adopt_national_tree(puerto_claro)

    drafts = Protocol.objects.filter(state=ProtocolState.DRAFT)
    assert drafts.count() == 7
    counter = drafts.get(code="recepcion_presencial")
    assert counter.channels == ["counter", "paper"]
    assert counter.body.startswith("Que cada persona salga con su folio")
    assert "1. Salude" in counter.body
