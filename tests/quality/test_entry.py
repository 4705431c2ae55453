"""Stage 1: the agreement and its clauses, the two counterparts, the support and its money."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from cabildo.audit.models import Entry
from cabildo.db.revised import StaleError
from cabildo.documents.queries import kept_documents_of
from cabildo.quality.actions import agreements, counterparts, supports
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Agreement, AgreementAmendment, Clause, Counterpart, Cycle, Support, SupportMovement
from cabildo.quality.rules.support import Balance, Line, balance, overdrawn_on
from cabildo.workflow.processes.choices import StageState
from cabildo.workflow.processes.models import StageRun
from conftest import make_member

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
SIGNED = {"municipality_signed_on": TODAY, "agency_signed_on": TODAY}
CLAUSE = {"party": "municipality", "nature": "duty", "text": "Designar a dos contrapartes.", "due_on": None}


def refusal(action, *args, **kwargs) -> str:
    with pytest.raises((QualityError, StaleError)) as refused:
        action(*args, **kwargs)
    assert refused.value.sentence
    return refused.value.code


@pytest.fixture
def save(cycle, counterpart):
    def write(revision=0, **wanted) -> Agreement:
        kept = {"agency": "SUBDERE", **wanted}
        return agreements.save_agreement(cycle, revision=revision, today=TODAY, by=counterpart, **kept)

    return write


@pytest.fixture
def clause(save, counterpart) -> Clause:
    return agreements.add_clause(save(), by=counterpart, **CLAUSE)


@pytest.fixture
def name(cycle, counterpart):
    def write(user, on=TODAY, act="Oficio N° 45") -> Counterpart:
        return counterparts.name_counterpart(cycle, user=user, act=act, named_on=on, today=TODAY, by=counterpart)

    return write


@pytest.fixture
def support(cycle, counterpart) -> Support:
    told = {"kind": "financial", "pays": "Equipos", "reason": "Gestión incipiente", "amount_clp": 10_000_000}
    return supports.record_support(cycle, granted_on=TODAY, today=TODAY, by=counterpart, **told)


@pytest.fixture
def move(support, counterpart):
    def write(kind: str, amount: int, on=TODAY) -> SupportMovement:
        what = {"kind": kind, "amount_clp": amount, "paper": "Resolución 1"}
        return supports.record_movement(support, on=on, today=TODAY, by=counterpart, **what)

    return write


def test_the_signed_file_is_kept_with_the_agreement_and_who_did_it_is_known(save, counterpart) -> None:
    paper = SimpleUploadedFile("convenio.pdf", b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF")
    agreement = save(**SIGNED, paper=paper)

    assert agreement.is_signed
    assert [one.original_name for one in kept_documents_of(agreement)] == ["convenio.pdf"]
    entry = Entry.objects.get(action="agreement.saved")
    assert (entry.actor_id, entry.data["fields"]) == (
        str(counterpart.pk),
        ["agency", "agency_signed_on", "municipality_signed_on"],
    )


def test_a_signature_of_tomorrow_is_refused_and_says_which(save) -> None:
    with pytest.raises(QualityError, match="in_future") as refused:
        save(municipality_signed_on=TODAY, agency_signed_on=TOMORROW)

    assert refused.value.facts["field"] == "agency_signed_on"
    assert not Agreement.objects.exists()


def test_who_saves_over_what_another_changed_is_told_and_other_fields_go_together(save) -> None:
    first = save(number="1")
    save(revision=first.revision, number="2")

    assert refusal(save, revision=first.revision, number="3") == "stale"
    save(revision=first.revision, number="2", note="Otra cosa")
    assert (Agreement.objects.get().number, Agreement.objects.get().note) == ("2", "Otra cosa")


def test_two_people_who_both_write_the_first_agreement_do_not_undo_each_other(save) -> None:
    save(number="1")

    assert refusal(save, revision=0, number="2") == "stale"
    assert Agreement.objects.get().number == "1"


def test_clauses_follow_one_another_and_end_changing_when_both_signed(save, clause, counterpart) -> None:
    second = agreements.add_clause(clause.agreement, by=counterpart, **CLAUSE)
    agreements.remove_clause(clause, by=counterpart)
    agreements.change_clause(second, revision=1, by=counterpart, **{**CLAUSE, "text": "Otra."})
    assert [(one.position, one.text) for one in Clause.objects.all()] == [(2, "Otra.")]

    save(revision=1, **SIGNED)
    assert refusal(agreements.add_clause, clause.agreement, by=counterpart, **CLAUSE) == "clauses_fixed"
    assert refusal(agreements.remove_clause, second, by=counterpart) == "clauses_fixed"
    assert refusal(agreements.change_clause, second, revision=2, by=counterpart, text="X") == "clauses_fixed"


def test_a_clause_is_met_on_a_day_by_somebody_with_a_note_and_may_be_pending_again(save, clause, counterpart) -> None:
    save(revision=1, **SIGNED)
    met = {"met_on": TODAY, "met_note": "Oficio N° 45", "today": TODAY, "by": counterpart}

    assert refusal(agreements.meet_clause, clause, **{**met, "met_note": " "}) == "note_missing"
    assert refusal(agreements.meet_clause, clause, **{**met, "met_on": TOMORROW}) == "in_future"
    kept = agreements.meet_clause(clause, **met)
    assert (kept.met_on, kept.met_note, kept.met_by) == (TODAY, "Oficio N° 45", counterpart)
    assert refusal(agreements.meet_clause, clause, **met) == "clause_met"

    cleared = agreements.clear_clause(clause, by=counterpart)
    assert (cleared.met_on, cleared.met_note, cleared.met_by) == (None, "", None)


def test_there_are_two_counterparts_in_force_and_never_a_third(name, counterpart, alcaldesa, oficina) -> None:
    first = name(counterpart)
    assert refusal(name, counterpart) == "counterpart_named"
    name(alcaldesa)
    assert refusal(name, oficina) == "counterparts_full"

    counterparts.end_counterpart(first, ended_on=TODAY, today=TODAY, by=counterpart)
    assert str(name(oficina)) == "Olga Vera"
    assert Counterpart.objects.filter(ended_on=None).count() == 2


def test_a_naming_has_an_act_and_ends_between_its_day_and_today(name, counterpart) -> None:
    assert refusal(name, counterpart, act=" ") == "act_missing"
    assert refusal(name, counterpart, on=TOMORROW) == "in_future"
    named, end = name(counterpart), counterparts.end_counterpart

    given = {"today": TODAY, "by": counterpart}
    assert refusal(end, named, ended_on=TODAY - timedelta(days=1), **given) == "ends_before_naming"
    assert refusal(end, named, ended_on=TOMORROW, **given) == "in_future"
    end(named, ended_on=TODAY, **given)
    assert refusal(end, named, ended_on=TODAY, **given) == "counterpart_ended"


def test_the_balance_is_what_came_less_what_was_rendered_and_nothing_is_not_zero() -> None:
    assert (balance([]), balance([]).left) == (Balance(None, None), None)
    assert balance([Line(TODAY, 6, is_transfer=True)]) == Balance(6, 0)
    book = [Line(TODAY, 6, is_transfer=True), Line(TODAY, 2, is_transfer=False), Line(TODAY, 1, is_transfer=False)]
    assert (balance(book), balance(book).left) == (Balance(6, 3), 3)


def test_accounts_of_a_day_may_use_the_transfer_of_that_day_but_not_of_the_next() -> None:
    rendered = Line(TODAY, 2, is_transfer=False)

    assert overdrawn_on([rendered, Line(TODAY, 2, is_transfer=True)]) is None
    assert overdrawn_on([rendered, Line(TOMORROW, 2, is_transfer=True)]) == TODAY


def test_no_more_comes_than_was_granted_nor_is_rendered_than_came(move, support, counterpart) -> None:
    assert refusal(move, "account_rendered", 1) == "overdrawn"
    assert refusal(move, "transfer", 10_000_001) == "above_amount"
    assert refusal(move, "transfer", 1, on=TOMORROW) == "in_future"
    came = move("transfer", 6_000_000)
    move("account_rendered", 6_000_000)

    assert refusal(supports.remove_movement, came, by=counterpart) == "overdrawn"
    less = {"amount_clp": 5_000_000, "revision": 1, "today": TODAY, "by": counterpart}
    assert refusal(supports.change_support, support, **less) == "above_amount"
    assert refusal(supports.remove_support, support, by=counterpart) == "support_has_movements"
    assert (SupportMovement.objects.count(), Support.objects.get().amount_clp) == (2, 10_000_000)


def test_what_was_recorded_by_mistake_can_be_taken_out(move, support, counterpart) -> None:
    supports.remove_movement(move("transfer", 1), by=counterpart)
    supports.remove_support(support, by=counterpart)

    assert not Support.objects.exists()
    assert Entry.objects.filter(action__in=("movement.removed", "support.removed")).count() == 2


def test_a_support_without_amount_takes_any_transfer_and_two_editors_do_not_undo_each_other(
    support, move, counterpart
) -> None:
    change = {"today": TODAY, "by": counterpart}
    supports.change_support(support, amount_clp=None, revision=1, **change)
    move("transfer", 99_000_000)

    assert refusal(supports.change_support, support, amount_clp=5, revision=1, **change) == "stale"
    assert Support.objects.get().amount_clp is None


def test_nothing_of_the_agreement_of_a_closed_cycle_changes(save, clause, counterpart) -> None:
    Cycle.objects.update(closed_on=TODAY)

    met = {"met_on": TODAY, "met_note": "x", "today": TODAY, "by": counterpart}
    assert refusal(save, revision=1, number="9") == "cycle_closed"
    assert refusal(agreements.meet_clause, clause, **met) == "cycle_closed"
    assert refusal(agreements.add_clause, clause.agreement, by=counterpart, **CLAUSE) == "cycle_closed"


def test_nobody_is_named_and_no_money_moves_in_a_closed_cycle(name, support, move, counterpart) -> None:
    Cycle.objects.update(closed_on=TODAY)

    assert refusal(name, counterpart) == "cycle_closed"
    assert refusal(move, "transfer", 1) == "cycle_closed"
    assert refusal(supports.remove_support, support, by=counterpart) == "cycle_closed"


def test_the_papers_of_an_agreement_are_for_who_sees_the_cycles(save, puerto_claro, as_user) -> None:
    paper = SimpleUploadedFile("convenio.pdf", b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF")
    address = f"/m/puerto-claro/documentos/{kept_documents_of(save(paper=paper)).get().public_id}/"

    shown = as_user(make_member("Quien Ve", puerto_claro, "control_unit")).get(address)
    assert shown.getvalue().startswith(b"%PDF")
    assert as_user(make_member("Quien No", puerto_claro, "counter_officer")).get(address).status_code == 403


def paper_of(name: str = "adenda.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF")


def test_what_both_signed_changes_only_with_a_reason_and_a_file(save) -> None:
    save(number="12", **SIGNED)
    assert refusal(save, revision=1, number="13", **SIGNED) == "amendment_untold"
    assert refusal(save, revision=1, number="13", reason=" ", paper=paper_of(), **SIGNED) == "amendment_untold"
    assert refusal(save, revision=1, number="13", reason="Tenía otro número.", **SIGNED) == "amendment_paper"

    assert Agreement.objects.get().number == "12"
    assert not AgreementAmendment.objects.exists()


def test_an_amendment_keeps_what_the_agreement_said_before(save, counterpart) -> None:
    agreement = save(number="12", **SIGNED)
    earlier = TODAY - timedelta(days=2)
    changed = {**SIGNED, "agency_signed_on": earlier}

    save(revision=1, number="13", reason="Tenía otro número.", paper=paper_of(), **changed)

    amendment = AgreementAmendment.objects.get()
    assert amendment.before == {"number": "12", "agency_signed_on": TODAY.isoformat()}
    assert (amendment.reason, amendment.amended_by) == ("Tenía otro número.", counterpart)
    assert amendment.document in kept_documents_of(agreement)
    entry = Entry.objects.filter(action="agreement.saved").latest("pk")
    assert entry.data == {"fields": ["agency_signed_on", "number"], "amendment": amendment.pk}


def test_saving_the_signed_agreement_as_it_is_amends_nothing(save) -> None:
    save(number="12", **SIGNED)

    save(revision=1, number="12", **SIGNED)

    assert not AgreementAmendment.objects.exists()


def test_a_signature_is_not_taken_back_while_a_clause_is_met(save, clause, counterpart) -> None:
    save(revision=1, **SIGNED)
    met = {"met_on": TODAY, "met_note": "Oficio N° 45", "today": TODAY, "by": counterpart}
    agreements.meet_clause(clause, **met)
    blank = {"municipality_signed_on": None, "agency_signed_on": TODAY, "reason": "Error.", "paper": paper_of()}
    assert refusal(save, revision=2, **blank) == "signature_stays"

    agreements.clear_clause(clause, by=counterpart)

    assert not save(revision=2, **{**blank, "paper": paper_of()}).is_signed


def test_a_signature_is_not_taken_back_once_the_stage_is_closed(save) -> None:
    save(**SIGNED)
    done = {"state": StageState.CLOSED, "started_on": TODAY, "ended_on": TODAY}
    StageRun.objects.filter(code="ingreso").update(**done)
    blank = {"municipality_signed_on": None, "agency_signed_on": TODAY, "reason": "Error.", "paper": paper_of()}

    assert refusal(save, revision=1, **blank) == "signature_stays"
    assert Agreement.objects.get().is_signed


def test_the_database_keeps_no_amendment_without_a_reason(save) -> None:
    save(number="12", **SIGNED)
    save(revision=1, number="13", reason="Otro número.", paper=paper_of(), **SIGNED)

    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementAmendment.objects.update(reason="")
