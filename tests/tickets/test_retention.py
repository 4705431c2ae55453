"""A closed request forgets its person when its rule says so, and keeps what the figures need."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone
from tests.conftest import make_member

from cabildo.accounts.scoping import in_municipality
from cabildo.audit.models import Entry
from cabildo.documents.queries import documents_of
from cabildo.notifications.models import Message
from cabildo.people.actions import Contact
from cabildo.people.models import Requester
from cabildo.tickets.actions import answering, data_requests, importing, retention
from cabildo.tickets.attachments import attach
from cabildo.tickets.models import (
    Answer,
    DataSubjectRequest,
    ImportProblem,
    ImportRun,
    ReceivedMail,
    RetentionRule,
    Ticket,
    TicketEvent,
)
from cabildo.tickets.queries.retention import due
from cabildo.tickets.rules.retention import kept_answers, months_before
from cabildo.tickets.search import INDEX
from tickets.import_world import file_of, row

TODAY = timezone.localdate
PAGE = "/m/puerto-claro/mesa/conservacion/"
SECRET = "Vivo en Los Aromos 120, soy Rosa."


@pytest.fixture
def close(receive, diego):
    """A request answered so many days ago."""

    def make(days: int, code: str = "lamp", **more) -> Ticket:
        ticket = receive(code, **more)
        answering.answer(ticket, text="Listo, señora Rosa.", outcome="resolved", by=diego)
        Ticket.objects.filter(pk=ticket.pk).update(closed_at=timezone.now() - timedelta(days=days))
        return Ticket.objects.get(pk=ticket.pk)

    return make


@pytest.fixture
def protector(puerto_claro):
    return make_member("Paz Leal", puerto_claro, "data_protection")


def rule(protector, months: int, *, category=None, kind: str = "") -> RetentionRule:
    return retention.set_rule(category=category, kind=kind, months=months, basis="Decreto 1", by=protector)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 21), 12, date(2025, 11, 21)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_are_counted_back_by_the_calendar(day, months, before) -> None:
    assert months_before(day, months) == before


def test_only_answers_chosen_from_a_list_are_kept() -> None:
    questions = [{"id": "tipo", "type": "single"}, {"id": "detalle", "type": "text"}, {"id": "fecha", "type": "date"}]
    answers = [{"id": "tipo", "shown": "LED"}, {"id": "detalle", "shown": "soy Rosa"}, {"id": "gone", "shown": "x"}]

    assert kept_answers(answers, questions) == [{"id": "tipo", "shown": "LED"}]


def test_without_rules_nothing_is_forgotten(close) -> None:
    close(4000)

    assert retention.anonymise_expired(TODAY()) == 0


def test_what_is_old_enough_is_forgotten_and_the_rest_is_not(close, protector) -> None:
    rule(protector, 12)
    old, recent = close(400), close(300)

    assert retention.anonymise_expired(TODAY()) == 1
    assert [Ticket.objects.get(pk=one.pk).anonymised_at is None for one in (old, recent)] == [False, True]


def test_an_open_request_is_never_forgotten(receive, protector) -> None:
    rule(protector, 1)
    Ticket.objects.filter(pk=receive().pk).update(received_at=timezone.now() - timedelta(days=4000))

    assert retention.anonymise_expired(TODAY()) == 0


def test_the_most_particular_rule_decides(close, protector, categories) -> None:
    rule(protector, 1)
    rule(protector, 120, category=categories["lamp"])
    lamp, rubbish = close(60), close(60, "rubbish")

    reached = {ticket for one in due(TODAY()) for ticket in one.records}

    assert reached == {rubbish}
    assert lamp not in reached


def test_words_papers_and_person_go_and_the_figures_stay(close, protector) -> None:
    rule(protector, 12)
    ticket = close(400, text=SECRET, place="Los Aromos 120", latitude=-33.04581, longitude=-71.61971)
    attach(ticket, SimpleUploadedFile("nota.txt", b"Soy Rosa"), by=None, visibility="requester")

    retention.anonymise_expired(TODAY())

    kept = Ticket.objects.get(pk=ticket.pk)
    assert (kept.requester, kept.place, kept.secret_index, kept.latitude) == (None, "", "", -33.05)
    assert (kept.folio, kept.category, kept.outcome, kept.closed_at) == (
        ticket.folio,
        ticket.category,
        "resolved",
        ticket.closed_at,
    )
    assert SECRET not in kept.text
    assert set(TicketEvent.objects.filter(ticket=ticket).values_list("words", flat=True)) == {""}
    assert Answer.objects.get(ticket=ticket).text == ""
    assert documents_of(ticket).get().erased_at is not None
    assert INDEX.matching_pks(ticket.municipality_id, "aromos") == []


def test_the_person_and_their_mails_are_forgotten_when_nothing_else_needs_them(close, protector) -> None:
    rule(protector, 12)
    ticket = close(400)

    retention.anonymise_expired(TODAY())

    who = Requester.objects.get(pk=ticket.requester_id)
    assert (who.name, who.email, who.anonymised_at is None) == ("", None, False)
    assert not Message.objects.filter(body__isnull=False, on_id=str(ticket.pk)).exists()


def test_a_person_with_a_request_under_way_is_only_untied(close, receive, protector, oficina) -> None:
    rule(protector, 12)
    known = Contact(name="Rosa Pérez", run="12345678-5", email="rosa@ejemplo.cl")
    old = close(400, contact=known, by=oficina, channel="counter")
    current = receive(contact=known, by=oficina, channel="counter")
    assert old.requester == current.requester

    retention.anonymise_expired(TODAY())

    assert Requester.objects.get(pk=current.requester_id).name == "Rosa Pérez"
    assert Ticket.objects.get(pk=old.pk).requester is None


def test_the_audit_keeps_ids_and_codes_only(close, protector) -> None:
    rule(protector, 12)
    ticket = close(400, text=SECRET)

    retention.anonymise_expired(TODAY())

    entry = Entry.objects.get(action="ticket.anonymised")
    assert (entry.subject_id, entry.reason, entry.data) == (str(ticket.pk), "retention_expired", {})


def test_running_twice_forgets_once(close, protector) -> None:
    rule(protector, 12)
    close(400)

    assert (retention.anonymise_expired(TODAY()), retention.anonymise_expired(TODAY())) == (1, 0)


def test_the_job_runs_in_every_municipality_and_touches_no_other(close, protector, otra_comuna, run_jobs) -> None:
    from cabildo.jobs import enqueue

    rule(protector, 12)
    ticket = close(400)
    with in_municipality(otra_comuna):
        assert retention.anonymise_expired(TODAY()) == 0
    enqueue("tickets.begin_forgetting")
    run_jobs()

    assert Ticket.objects.get(pk=ticket.pk).anonymised_at is not None


def test_every_free_text_around_a_request_is_erased() -> None:
    """A new table with words about requests must say what happens to them."""
    erased = {(model, field) for model, _path, fields in retention.WORDS for field in fields}
    codes = {"clock", "status", "update_id", "reason_code", "label", "norm", "token_index", "addressee", "delivered_by"}
    codes |= {"key", "message_index", "article"}
    about = [model for model in apps.get_app_config("tickets").get_models() if _points_to_ticket(model)]

    forgotten = {
        f"{model.__name__}.{field.name}"
        for model in about
        for field in model._meta.local_concrete_fields
        if isinstance(field, (models.CharField, models.TextField)) and not field.choices and field.name not in codes
        if (model, field.name) not in erased and model not in (Ticket, ReceivedMail)
    }

    assert forgotten == set()


def _points_to_ticket(model) -> bool:
    return any(field.related_model is Ticket for field in model._meta.local_concrete_fields if field.related_model)


def test_the_page_shows_what_would_be_forgotten_without_names(as_user, close, protector) -> None:
    rule(protector, 12)
    ticket = close(400)

    page = as_user(protector).get(PAGE).content.decode()

    assert ticket.folio in page
    assert "Rosa" not in page


def test_a_rule_is_set_replaced_and_taken_away(as_user, protector) -> None:
    desk = as_user(protector)
    for months in ("24", "36"):
        desk.post(PAGE, {"scope": "tickets", "category": "", "kind": "", "months": months, "basis": "Decreto 1"})
    [only] = RetentionRule.objects.all()
    assert only.months == 36

    desk.post(f"{PAGE}{only.pk}/quitar/")

    assert not RetentionRule.objects.exists()


@pytest.mark.parametrize("who", ["diego", "carmen", "alcaldesa", "oficina"])
def test_only_who_protects_data_sets_rules(as_user, request, who) -> None:
    assert as_user(request.getfixturevalue(who)).get(PAGE).status_code == 403


@pytest.fixture
def answered(puerto_claro, protector):
    """A right over data that was answered so many days ago."""

    def make(days: int, right: str = "access") -> DataSubjectRequest:
        who = Contact(name="Rosa Pérez", run="12345678-5", email="rosa@ejemplo.cl")
        exercise = data_requests.Exercise(right, who, SECRET, "counter")
        asked = data_requests.receive(exercise, by=protector, today=TODAY())
        asked = data_requests.verify_identity(asked, how="Cédula.", subjects=[asked.requester], by=protector)
        data_requests.grant(asked, decision=SECRET, by=protector)
        DataSubjectRequest.objects.filter(pk=asked.pk).update(answered_at=timezone.now() - timedelta(days=days))
        return DataSubjectRequest.objects.get(pk=asked.pk)

    return make


def other_rule(protector, scope: str) -> RetentionRule:
    return retention.set_rule(category=None, kind="", months=12, basis="Decreto 1", by=protector, scope=scope)


def test_a_right_over_data_is_forgotten_with_its_person_and_its_outcome_stays(answered, protector) -> None:
    other_rule(protector, "data_requests")
    old = answered(400)

    assert retention.anonymise_expired(TODAY()) == 1
    assert retention.anonymise_expired(TODAY()) == 0
    old.refresh_from_db()
    assert (old.requester, old.detail, old.decision, old.verified_how) == (None, None, None, "")
    assert (old.right, old.granted, old.subjects.count()) == ("access", True, 0)
    assert Requester.objects.get().anonymised_at is not None
    assert Message.objects.filter(recipient__isnull=False).count() == 0


def test_a_rule_of_requests_does_not_reach_rights_nor_the_other_way(answered, close, protector) -> None:
    rule(protector, 12)
    answered(400)
    assert retention.anonymise_expired(TODAY()) == 0

    RetentionRule.objects.all().delete()
    other_rule(protector, "data_requests")
    close(400)
    assert [str(one.rule.scope) for one in due(TODAY()) if one.records.exists()] == ["data_requests"]


def test_a_block_is_kept_while_it_holds(answered, protector) -> None:
    other_rule(protector, "data_requests")
    blocked = answered(400, "blocking")
    assert retention.anonymise_expired(TODAY()) == 0

    data_requests.lift(blocked, by=protector)

    assert retention.anonymise_expired(TODAY()) == 1


def test_a_person_whose_block_holds_is_not_forgotten_with_an_older_right(answered, protector) -> None:
    other_rule(protector, "data_requests")
    old, blocked = answered(400), answered(100, "blocking")
    DataSubjectRequest.objects.filter(pk=old.pk).update(requester=blocked.requester)

    assert retention.anonymise_expired(TODAY()) == 1

    assert Requester.objects.get(pk=blocked.requester_id).name == "Rosa Pérez"


def test_a_person_with_a_request_is_not_forgotten_with_their_right(answered, protector, receive) -> None:
    other_rule(protector, "data_requests")
    asked = answered(400)
    Ticket.objects.filter(pk=receive().pk).update(requester=asked.requester)

    retention.anonymise_expired(TODAY())

    assert Requester.objects.get(pk=asked.requester_id).name == "Rosa Pérez"
    assert DataSubjectRequest.objects.get().requester is None


def test_an_imported_file_is_erased_with_the_values_of_its_refused_rows(protector, oficina) -> None:
    other_rule(protector, "imports")
    run = importing.keep_upload(SimpleUploadedFile("v.csv", file_of(row()).getvalue()), by=oficina)
    ImportProblem.objects.create(municipality=run.municipality, run=run, row=2, value=SECRET, code="empty")
    assert retention.anonymise_expired(TODAY()) == 0

    ImportRun.objects.update(asked_at=timezone.now() - timedelta(days=400))

    assert retention.anonymise_expired(TODAY()) == 1
    assert retention.anonymise_expired(TODAY()) == 0
    assert ImportRun.objects.get().document.erased_at is not None
    assert ImportProblem.objects.get().value == ""


def test_the_page_sets_a_rule_of_rights_and_says_what_it_reaches(as_user, answered, protector) -> None:
    old, browser = answered(400), as_user(protector)
    sent = {"scope": "data_requests", "months": "12", "basis": "Decreto 1", "category": "", "kind": ""}
    browser.post(PAGE, sent)

    page = browser.get(PAGE).text

    assert ("Derechos sobre los datos" in page, old.folio in page) == (True, True)
    assert browser.post(PAGE, {**sent, "kind": "reclamo"}).context["form"].errors["category"]
