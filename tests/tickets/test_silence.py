"""Silence is declared by a person, past the term, with a certificate."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.documents.samples import words_in
from tests.tickets.inner_world import DESK

from cabildo.accounts.links import absolute
from cabildo.documents import qr
from cabildo.documents.models import SignedDocument
from cabildo.documents.queries import content_of, sealed_document
from cabildo.jobs.models import Job
from cabildo.kit.workdays import chile
from cabildo.tickets import links, tasks
from cabildo.tickets.actions import letters, silence
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import SilenceAct, Ticket
from cabildo.tickets.queries.letters import certificate_of
from cabildo.tickets.rules.silence import claim_fault, claim_has_matured, may_declare

CALENDAR = chile([2026])
TODAY = timezone.localdate


@pytest.fixture
def overdue(receive):
    ticket = receive()
    Ticket.objects.update(legal_due_on=TODAY() - timedelta(days=3))
    return Ticket.objects.get(pk=ticket.pk)


def declare(ticket, by, **more):
    return silence.declare(
        ticket, **{"effect": "rejected", "grounds": "No se alcanzó.", "by": by, "today": TODAY(), **more}
    )


@pytest.mark.parametrize(
    ("due_on", "is_stopped", "expected"),
    [
        (date(2026, 11, 20), False, True),
        (date(2026, 11, 23), False, False),
        (date(2026, 11, 20), True, False),
        (None, False, False),
    ],
)
def test_only_past_a_running_term(due_on, is_stopped, expected) -> None:
    assert may_declare(due_on=due_on, today=date(2026, 11, 23), is_stopped=is_stopped) is expected


@pytest.mark.parametrize(
    ("today", "matured"), [(date(2026, 11, 27), False), (date(2026, 11, 30), False), (date(2026, 12, 1), True)]
)
def test_a_claim_matures_after_five_business_days(today, matured) -> None:
    assert claim_has_matured(date(2026, 11, 23), today, CALENDAR) is matured


def test_it_closes_with_a_numbered_certificate_that_names_no_person(overdue, carmen) -> None:
    act = declare(overdue, carmen)

    ticket = Ticket.objects.get()
    assert (ticket.state, ticket.outcome, ticket.answered_at) == ("closed", "silence", None)
    assert (act.number, act.by) == (1, carmen)
    assert "artículo 65" in act.certificate
    assert overdue.folio in act.certificate
    assert "Rosa" not in act.certificate


def test_before_the_term_ends_it_is_refused(receive, carmen) -> None:
    with pytest.raises(TicketsError) as refusal:
        declare(receive(), carmen)

    assert refusal.value.code == "silence_too_early"
    assert not SilenceAct.objects.exists()


def test_to_be_deemed_accepted_the_person_must_have_claimed_in_time(overdue, carmen) -> None:
    Ticket.objects.update(legal_due_on=TODAY() - timedelta(days=40), received_at=timezone.now() - timedelta(days=90))
    with pytest.raises(TicketsError) as refusal:
        declare(overdue, carmen, effect="accepted", claimed_on=TODAY())
    act = declare(overdue, carmen, effect="accepted", claimed_on=TODAY() - timedelta(days=15))

    assert refusal.value.code == "silence_claim_recent"
    assert "artículo 64" in act.certificate


@pytest.mark.parametrize(
    ("claimed_on", "fault"),
    [
        (None, "silence_claim_missing"),
        (date(2026, 12, 2), "silence_claim_in_future"),
        (date(2020, 1, 2), "silence_claim_before_request"),
        (date(2026, 9, 30), "silence_claim_in_term"),
        (date(2026, 10, 30), "silence_claim_in_term"),
        (date(2026, 11, 30), "silence_claim_recent"),
        (date(2026, 11, 3), None),
    ],
)
def test_a_claim_is_made_once_the_term_ran_out(claimed_on, fault) -> None:
    known = {"received_on": date(2026, 9, 15), "due_on": date(2026, 10, 30), "today": date(2026, 12, 1)}

    assert claim_fault(claimed_on, **known, calendar=CALENDAR) == fault


@pytest.mark.parametrize("days_ago", [-1, 3, 4, 3000])
def test_an_impossible_claim_is_refused_at_its_field_and_nothing_is_certified(
    as_user, overdue, carmen, days_ago
) -> None:
    claimed_on = TODAY() - timedelta(days=days_ago)
    sent = {"version": overdue.version, "effect": "accepted", "text": "Prueba.", "claimed_on": claimed_on.isoformat()}
    page = as_user(carmen).post(f"{DESK}solicitudes/{overdue.folio}/paso/silencio/", sent)

    assert page.context["form"].has_error("claimed_on")
    assert not SilenceAct.objects.exists()


def test_nor_does_the_action_take_a_claim_from_before_the_request(overdue, carmen) -> None:
    with pytest.raises(TicketsError, match="silence_claim_before_request"):
        declare(overdue, carmen, effect="accepted", claimed_on=date(2020, 1, 2))


def test_the_step_appears_only_past_the_term(as_user, receive, overdue, carmen) -> None:
    other, desk = receive(), as_user(carmen)

    assert "paso/silencio/" in desk.get(f"{DESK}solicitudes/{overdue.folio}/").content.decode()
    assert "paso/silencio/" not in desk.get(f"{DESK}solicitudes/{other.folio}/").content.decode()


def test_a_person_declares_it_in_the_browser(as_user, overdue, carmen) -> None:
    step = f"{DESK}solicitudes/{overdue.folio}/paso/silencio/"

    done = as_user(carmen).post(step, {"version": overdue.version, "effect": "rejected", "text": "Sin personal."})

    assert done.status_code == 302, done.context["form"].errors
    assert SilenceAct.objects.get().grounds == "Sin personal."


def test_its_paper_has_folio_number_signature_and_verification_code(overdue, carmen, run_jobs) -> None:
    act = declare(overdue, carmen, grounds="No se alcanzó.\n\nFaltó personal.")
    run_jobs()
    paper = certificate_of(act)
    words = words_in(content_of(paper.document))

    for part in ("Certificado de silencio administrativo", overdue.folio, "SILENCIO 1/", "Carmen Díaz", paper.code):
        assert part in words
    assert ("Faltó personal." in words, "Rosa" in words) == (True, False)
    assert sealed_document(paper.code).title == "Certificado de silencio administrativo"


def test_its_qr_opens_the_verification_page(overdue, carmen, monkeypatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        qr, "svg", lambda text, **_more: asked.append(text) or "<svg xmlns='http://www.w3.org/2000/svg'/>"
    )
    paper = letters.write_certificate(declare(overdue, carmen))

    assert asked == [absolute("documents:verify", paper.code)]


def test_its_paper_is_made_once_and_also_for_silences_of_before(overdue, carmen, run_jobs) -> None:
    declare(overdue, carmen)
    Job.objects.all().delete()
    for _round in range(2):
        tasks.write_missing_letters.func()
        run_jobs()

    assert SignedDocument.objects.count() == 1


def test_the_neighbour_opens_the_certificate_from_the_tracking_page(client, overdue, carmen, run_jobs) -> None:
    act = declare(overdue, carmen)
    tracking = f"/m/puerto-claro/seguimiento/{links.tracking_token(overdue)}/"
    address = f"{tracking}certificado/{act.pk}/"
    early = client.get(address)
    run_jobs()
    page = client.get(tracking).content.decode()
    opened = client.get(address, follow=True)
    opened.close()

    assert (early.status_code, opened["Content-Type"]) == (202, "application/pdf")
    assert address in page


def test_a_certificate_opens_only_with_the_link_of_its_own_request(client, receive, overdue, carmen) -> None:
    act = declare(overdue, carmen)
    other = links.tracking_token(receive())

    assert client.get(f"/m/puerto-claro/seguimiento/{other}/certificado/{act.pk}/").status_code == 404
