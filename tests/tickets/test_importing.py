"""A file of another source becomes requests: counted, once each, going on after a fall."""

import io
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Department
from cabildo.indicators.rules import Period
from cabildo.tickets.actions import handling, import_batch, importing
from cabildo.tickets.actions.clocks import open_ticket_ids, recount_after_calendar_change
from cabildo.tickets.models import Category, ImportProblem, ImportRun, Ticket, TicketClock, TicketEvent
from cabildo.tickets.queries import figures
from cabildo.tickets.queries.concerned import kept_from
from cabildo.tickets.queries.figures import Scope
from cabildo.tickets.search import INDEX
from tickets.import_world import BODY, file_of, mapping, row

pytestmark = pytest.mark.django_db

CLOSED = {"Estado": "Cerrada", "Cierre": "04/14/2018 01:00:00 PM"}


def bring(stream: io.BytesIO, source=None) -> ImportRun:
    source = source or mapping()
    run = importing.begin_from_command(stream, file_name="viejo.csv", mapping=source, by=audit.SYSTEM)
    importing.import_file(stream, run, source, by=audit.SYSTEM, progress=lambda _done, _total: None)
    return run


def counts(run: ImportRun) -> tuple[int, ...]:
    return (run.read, run.created, run.updated, run.unchanged, run.refused)


def test_a_row_becomes_a_request_with_its_department_and_category(puerto_claro, obras) -> None:
    run = bring(file_of(row()))

    ticket = Ticket.objects.get()
    assert counts(run) == (1, 1, 0, 0, 0)
    assert (ticket.department, ticket.category.label, ticket.category.is_open) == (obras, "Bache", False)
    assert (ticket.source, ticket.external_id, ticket.secret_index) == ("sistema-viejo", "1", "")
    assert ticket.answers[0]["shown"] == "Abierta"


def test_a_closed_row_is_closed_with_outcome_and_answer(puerto_claro) -> None:
    bring(file_of(row(**CLOSED)))

    ticket = Ticket.objects.get()
    assert (ticket.state, ticket.outcome, ticket.closed_at) == ("closed", "resolved", ticket.answered_at)


def test_the_goal_of_the_source_is_shown_as_such_and_no_chilean_term_is_counted(puerto_claro) -> None:
    bring(file_of(row()))

    ticket, clock = Ticket.objects.get(), TicketClock.objects.get()
    assert (ticket.legal_due_on, ticket.goal_due_on) == (None, date(2018, 4, 13))
    assert (clock.clock, clock.is_given, clock.article) == ("internal", True, "meta de la fuente: Sistema anterior")


def test_a_change_of_calendar_moves_no_date_that_the_source_gave(puerto_claro) -> None:
    bring(file_of(row()))

    moved = [recount_after_calendar_change(Ticket.objects.get(pk=pk), by=audit.SYSTEM) for pk in open_ticket_ids()]

    assert moved == [False]
    assert Ticket.objects.get().goal_due_on == date(2018, 4, 13)


def test_the_chilean_term_is_counted_when_the_mapping_says_so(puerto_claro) -> None:
    bring(file_of(row()), mapping(due="chilean_term"))

    ticket, clock = Ticket.objects.get(), TicketClock.objects.get(clock="legal")
    assert (ticket.goal_due_on, clock.submitted_on, clock.is_given) == (None, date(2018, 4, 13), False)
    assert ticket.legal_due_on == clock.due_on


def test_the_same_file_twice_changes_nothing(puerto_claro) -> None:
    bring(file_of(row(), row(Id="2")))

    again = bring(file_of(row(), row(Id="2")))

    assert counts(again) == (2, 0, 0, 2, 0)
    assert (Ticket.objects.count(), TicketEvent.objects.count()) == (2, 2)


def test_a_row_that_changed_in_the_source_changes_its_request(puerto_claro) -> None:
    bring(file_of(row(), row(Id="2")))

    again = bring(file_of(row(**CLOSED), row(Id="2")))

    ticket = Ticket.objects.get(external_id="1")
    assert counts(again) == (2, 0, 1, 1, 0)
    assert (ticket.state, ticket.version) == ("closed", 2)
    assert counts(bring(file_of(row(**CLOSED), row(Id="2")))) == (2, 0, 0, 2, 0)


@pytest.mark.parametrize("word", ["Cerrada", "Repetida"])
def test_a_row_opened_again_in_the_source_goes_on_counting_by_how_it_first_ended(puerto_claro, word) -> None:
    bring(file_of(row(**{**CLOSED, "Estado": word})))
    whole = Scope(Period(date(2018, 1, 1), date(2018, 12, 31)))
    before = figures.tally(whole, date(2026, 11, 20))

    bring(file_of(row()))

    assert Ticket.objects.get().is_open
    assert figures.tally(whole, date(2026, 11, 21)) == before


def test_work_done_here_is_not_written_over(puerto_claro, obras, diego) -> None:
    bring(file_of(row(Estado="Nueva")))
    handling.acknowledge(Ticket.objects.get(), by=diego)

    again = bring(file_of(row(**CLOSED)))

    assert counts(again) == (1, 0, 0, 0, 1)
    assert ImportProblem.objects.get(run=again).code == "changed_here"
    assert Ticket.objects.get().state == "in_progress"


def test_every_row_that_cannot_come_in_is_explained_and_the_others_do(puerto_claro) -> None:
    stream = file_of(row(), row(), row(Id="3", Estado="?"), row(Id="4"))
    broken = io.BytesIO(stream.getvalue() + b'5,"sin cerrar\n')

    run = bring(broken)

    assert counts(run) == (5, 2, 0, 0, 3)
    told = [(p.row, p.column, p.code) for p in ImportProblem.objects.filter(run=run)]
    assert told == [(3, "Id", "repeated_id"), (4, "Estado", "unknown_value"), (6, "", "open_quote")]


def test_names_that_may_not_be_made_refuse_their_rows(puerto_claro, obras) -> None:
    source = mapping(
        categories={**BODY["categories"], "create": False}, departments={**BODY["departments"], "create": False}
    )

    run = bring(file_of(row(Unidad="Dideco"), row(Id="2")), source)

    assert [p.code for p in ImportProblem.objects.filter(run=run)] == ["unknown_department", "unknown_category"]
    assert Category.objects.count() == 0


def test_names_are_matched_by_code_or_name_whatever_their_accents(puerto_claro, obras) -> None:
    bring(file_of(row(Unidad="DIRECCION DE OBRAS"), row(Id="2", Unidad="obras")))

    assert Department.objects.count() == 1


def test_a_fall_half_way_is_gone_on_with_and_nothing_is_doubled(puerto_claro, monkeypatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    stream = file_of(*(row(Id=str(number)) for number in range(1, 6)), row(Id="6", Estado="?"))
    write = import_batch.Importer.write

    def killed_after_two(importer, run, rows, errors, *, position):
        if position > 3:
            raise KeyboardInterrupt
        return write(importer, run, rows, errors, position=position)

    monkeypatch.setattr(import_batch.Importer, "write", killed_after_two)
    with pytest.raises(KeyboardInterrupt):
        bring(stream)
    monkeypatch.setattr(import_batch.Importer, "write", write)

    run = bring(stream)

    assert ImportRun.objects.count() == 1
    assert (counts(run), Ticket.objects.count()) == ((6, 5, 0, 0, 1), 5)


def test_checking_writes_nothing_and_tells_the_same_counts(puerto_claro) -> None:
    stream = file_of(row(), row(Id="2", Estado="?"))

    tally = importing.check_file(stream, mapping(), by=audit.SYSTEM)

    assert (tally.read, tally.created, tally.refused, len(tally.errors)) == (2, 1, 1, 1)
    assert (Ticket.objects.count(), ImportRun.objects.count(), Category.objects.count()) == (0, 0, 0)


def test_imported_requests_are_found_by_their_words(puerto_claro) -> None:
    bring(file_of(row(Detalle="Chirimoya")))

    assert INDEX.matching_pks(puerto_claro.pk, "chirimoya") == [Ticket.objects.get().pk]


def test_folios_follow_each_other_and_leave_no_hole(puerto_claro) -> None:
    bring(file_of(*(row(Id=str(number)) for number in range(3))))

    numbers = [int(folio.split("-")[2]) for folio in Ticket.objects.order_by("pk").values_list("folio", flat=True)]
    assert numbers == [1, 2, 3]


def test_who_asked_is_one_person_however_many_rows_name_the_run(puerto_claro) -> None:
    bring(file_of(row(RUN="12.345.678-5", Correo="rosa@ejemplo.cl"), row(Id="2", RUN="12345678-5")))

    first, second = Ticket.objects.order_by("pk")
    assert first.requester == second.requester
    assert first.requester.email == "rosa@ejemplo.cl"


def test_coarse_and_far_points_are_kept_and_marked(puerto_claro) -> None:
    bring(file_of(row(Lat="39", Lon="-77")))

    ticket = Ticket.objects.get()
    assert (ticket.latitude, ticket.longitude, ticket.is_coarse, ticket.is_outside) == (39.0, -77.0, True, True)


def test_a_batch_takes_the_same_statements_whatever_its_rows(puerto_claro, django_assert_max_num_queries) -> None:
    stream = file_of(*(row(Id=str(number)) for number in range(60)))

    with django_assert_max_num_queries(70):
        bring(stream)


def test_each_request_remembers_its_row(puerto_claro) -> None:
    run = bring(file_of(row()))

    event = TicketEvent.objects.get()
    assert (event.kind, event.is_public, event.data["run"], event.data["row"]) == ("imported", True, run.pk, 2)
    assert event.words == "Sistema anterior, 1"


def test_an_imported_request_asks_nobody_and_writes_to_nobody(puerto_claro) -> None:
    from cabildo.notifications.models import Message

    bring(file_of(row(Correo="rosa@ejemplo.cl")))

    assert Message.objects.count() == 0
    assert Ticket.objects.get().received_at == datetime(2018, 4, 13, 3, 11, 26, tzinfo=UTC)
    assert Ticket.objects.get().created_at <= timezone.now()


def test_steps_on_the_legal_term_are_not_offered_where_there_is_none(puerto_claro, obras, carmen) -> None:
    from cabildo.tickets.views.steps import available

    bring(file_of(row(Unidad="Obras")))

    codes = {step.code for step in available(carmen, Ticket.objects.get())}
    assert "responder" in codes
    assert not {"ampliar", "urgencia"} & codes


def test_a_row_of_a_reserved_subject_comes_in_reserved(puerto_claro) -> None:
    bring(file_of(row()))
    Category.objects.update(is_reserved=True)
    bring(file_of(row(), row(Id="2")))

    assert Ticket.objects.get(external_id="2").is_reserved


def public(ticket: Ticket) -> tuple[bool, str, str]:
    return (ticket.is_public, ticket.public_text, ticket.moderation)


def test_nothing_of_another_source_is_public_unless_its_mapping_says_so(puerto_claro) -> None:
    bring(file_of(row()))

    assert public(Ticket.objects.get()) == (False, "", "")


def test_an_open_source_is_published_without_its_words(puerto_claro) -> None:
    bring(file_of(row()), mapping(published=True))

    assert public(Ticket.objects.get()) == (True, "", "published")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Un hoyo", (True, "SW-Bache\nUn hoyo", "published")), ("Mi fono es 987654321", (False, "", "waiting"))],
)
def test_its_words_are_published_where_the_category_does_and_hold_no_personal_data(puerto_claro, text, shown) -> None:
    Category.objects.create(municipality=puerto_claro, code="bache", label="Bache", publishes_text=True)

    bring(file_of(row(Detalle=text)), mapping(published=True, published_texts=True))

    assert public(Ticket.objects.get()) == shown


@pytest.mark.parametrize("private", ["is_reserved", "concerns_official"])
def test_what_the_category_keeps_private_stays_so(puerto_claro, private) -> None:
    Category.objects.create(municipality=puerto_claro, code="bache", label="Bache", **{private: True})

    bring(file_of(row()), mapping(published=True))

    assert public(Ticket.objects.get()) == (False, "", "")


def test_a_complaint_that_comes_with_a_file_is_kept_from_whom_its_words_may_name(puerto_claro, carmen, diego) -> None:
    subject = Category.objects.create(municipality=puerto_claro, code="bache", label="Bache", concerns_official=True)
    bring(file_of(row(Detalle="Me gritó Diego Soto"), row(Id="2", Detalle="Me gritaron")))

    first, second = Ticket.objects.order_by("external_id")
    assert [one.official_pending for one in (first, second)] == [True, True]
    assert [kept_from(one) for one in (first, second)] == [{diego.pk}, frozenset()]

    bring(file_of(row(Detalle="Me gritó Carmen Díaz"), row(Id="2", Detalle="Me gritaron")))
    assert kept_from(Ticket.objects.get(external_id="1")) == {carmen.pk}

    Category.objects.filter(pk=subject.pk).update(concerns_official=False)
    bring(file_of(row(Detalle="Me gritó otra vez Carmen Díaz")))
    first = Ticket.objects.get(external_id="1")
    assert (first.official_pending, kept_from(first)) == (False, frozenset())


def test_the_same_file_under_another_decision_is_published_or_taken_back(puerto_claro) -> None:
    bring(file_of(row()))
    assert counts(bring(file_of(row()), mapping(published=True))) == (1, 0, 1, 0, 0)
    assert Ticket.objects.get().is_public

    bring(file_of(row()))

    assert not Ticket.objects.get().is_public
