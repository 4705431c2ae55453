"""A joining is told on both requests: each update says the status of the one it stands on, not of the other."""

import re
from pathlib import Path

import pytest

from cabildo.tickets.actions import answering, handling, merging, splitting
from cabildo.tickets.models import Ticket, TicketEvent

from .conftest import HERE

GOLDEN = Path(__file__).parent / "golden"
REASON = "Es el mismo poste."


@pytest.fixture
def statuses(client, issued):
    """What the updates say of a request, oldest first."""

    def of(ticket: Ticket) -> list[str]:
        told = client.get(f"{HERE}servicerequestupdates.json", {"api_key": issued.key}).json()
        return [one["status"] for one in told if one["service_request_id"] == ticket.folio]

    return of


@pytest.fixture
def joined(make_ticket, diego) -> tuple[Ticket, Ticket]:
    """Diego works the main request and joins the other to it."""
    main = handling.acknowledge(make_ticket(1), by=diego)
    return merging.merge(make_ticket(2), into=main, by=diego, reason=REASON), main


def test_the_one_that_receives_goes_on_and_the_joined_one_closes(statuses, joined) -> None:
    other, main = joined

    assert statuses(main)[-1] == "in_progress"
    assert statuses(other) == ["duplicate"]


def test_undone_each_says_how_it_stands_and_the_past_stays_told(statuses, joined, diego) -> None:
    other, main = joined
    answering.answer(main, text="Listo.", outcome="resolved", by=diego)
    merging.unmerge(Ticket.objects.get(pk=other.pk), by=diego, reason=REASON)

    assert statuses(other) == ["duplicate", "open"]
    assert statuses(main) == ["in_progress", "in_progress", "fixed", "fixed"]


def test_what_was_joined_before_states_were_kept_follows_the_request_it_stands_on(statuses, joined) -> None:
    _other, main = joined
    event = TicketEvent.objects.get(ticket=main, kind="merged")
    TicketEvent.objects.filter(pk=event.pk).update(data={"merge": event.data["merge"], "from": event.data["from"]})

    assert statuses(main)[-1] == "in_progress"


def test_a_part_given_back_closes_and_its_whole_stays_open(statuses, make_ticket, lamp, diego) -> None:
    whole = make_ticket(9)
    (part,) = splitting.split(whole, splitting.Part(lamp, "reclamo", "El otro foco.", None), by=diego)
    Ticket.objects.update(is_public=True)
    merging.unsplit(Ticket.objects.get(pk=part.pk), by=diego, reason=REASON)

    assert statuses(part)[-1] == "duplicate"
    assert set(statuses(whole)) == {"open"}


@pytest.mark.parametrize("fmt", ["xml", "json"])
def test_both_updates_are_the_document_kept(client, issued, joined, fmt: str) -> None:
    answer = client.get(f"{HERE}servicerequestupdates.{fmt}", {"api_key": issued.key})

    told = re.sub(r"(update_id\W+)\d+", r"\g<1>1", answer.text)
    assert told == (GOLDEN / f"updates_joined.{fmt}").read_text(encoding="utf-8")
