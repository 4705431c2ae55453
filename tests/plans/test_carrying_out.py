"""Progress is told, proved, corrected, and an activity closed."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from cabildo.accounts.links import addresses
from cabildo.documents.actions import erase_document
from cabildo.indicators.rules import Light
from cabildo.plans.actions import parts, progress, tree
from cabildo.plans.models import ProgressReport
from cabildo.plans.queries import owed
from cabildo.plans.queries import tree as queries
from cabildo.plans.rules.progress import actual
from cabildo.workflow import duties
from plans.conftest import JANUARY, JUNE
from plans.test_planning import refusal

TODAY = date(2026, 3, 31)  # 90 of 181 days


def report(node, percent, by, **more):
    given = {"on": TODAY, "text": "Avanza", "today": TODAY, **more}
    return progress.report_progress(node, percent=Decimal(percent), by=by, **given)


def owed_to_plans(user, today: date = TODAY) -> list[tuple]:
    with addresses():
        return [(duty.folio, duty.due_on, duty.state) for duty in duties.of(user, today)]


def test_the_roll_up_of_the_tree_weighs_what_was_reported(running, nodes, diego) -> None:
    report(nodes["1.1.1"], 80, diego)
    report(nodes["1.1.2"], 20, diego)

    standing = queries.standing(queries.tree(running).part, queries.thresholds(running), TODAY)

    assert (standing.actual, standing.planned) == (Fraction(35), Fraction(9000, 181))
    assert standing.light == Light.YELLOW


def test_thresholds_of_the_plan_decide_its_light(running, nodes, diego) -> None:
    report(nodes["1.1.1"], 80, diego)
    report(nodes["1.1.2"], 20, diego)
    running.green_from, running.yellow_from = 60, 40

    assert queries.standing(queries.tree(running).part, queries.thresholds(running), TODAY).light == Light.GREEN


def test_without_reports_there_is_no_datum_and_before_the_start_no_light(running, nodes) -> None:
    part, limits = queries.tree(running).part, queries.thresholds(running)

    lights = [queries.standing(part, limits, day).light for day in (TODAY, JANUARY - timedelta(days=1))]

    assert lights == [Light.NO_DATA, Light.NOT_YET]


def test_progress_of_what_has_parts_or_milestones_is_not_told_by_hand(running, nodes, planner, diego) -> None:
    tree.change_node(nodes["1.1.2"], revision=1, by=planner, rule="milestones", reason="Se ve mejor")

    assert refusal(lambda: report(nodes["1.1"], 10, diego)) == "report_by_parts"
    assert refusal(lambda: report(nodes["1.1.2"], 10, diego)) == "report_by_milestones"


@pytest.mark.parametrize("percent", [101, -1])
def test_progress_goes_from_nothing_to_all(running, nodes, diego, percent) -> None:
    assert refusal(lambda: report(nodes["1.1.1"], percent, diego)) == "percent_out_of_range"


def test_progress_of_a_day_to_come_is_refused(running, nodes, diego) -> None:
    assert refusal(lambda: report(nodes["1.1.1"], 5, diego, on=JUNE)) == "report_in_future"


def test_nothing_is_reported_before_the_plan_starts(approved, nodes, diego) -> None:
    assert refusal(lambda: report(nodes["1.1.1"], 5, diego)) == "state_refused"


def test_what_was_reported_stays(running, nodes, diego) -> None:
    report(nodes["1.1.1"], 5, diego)

    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressReport.objects.update(percent=90)


def test_an_activity_closes_only_with_its_means_of_verification(running, nodes, diego, prove) -> None:
    node = nodes["1.1.1"]
    close = lambda: progress.close_activity(node, on=TODAY, by=diego, today=TODAY)  # noqa: E731
    assert refusal(close) == "verification_missing"

    prove(node)

    assert close().closed_on == TODAY
    assert ProgressReport.objects.get(node=node).percent == 100
    assert refusal(close) == "already_closed"
    assert refusal(lambda: report(node, 10, diego)) == "already_closed"


def test_a_proof_that_was_erased_proves_nothing(running, nodes, diego, prove) -> None:
    erase_document(prove(nodes["1.1.1"]).document, by=diego, reason="retention")

    close = lambda: progress.close_activity(nodes["1.1.1"], on=TODAY, by=diego, today=TODAY)  # noqa: E731
    assert refusal(close) == "verification_missing"


def test_what_has_parts_does_not_close_by_itself(running, nodes, diego) -> None:
    close = lambda: progress.close_activity(nodes["1.1"], on=TODAY, by=diego, today=TODAY)  # noqa: E731

    assert refusal(close) == "not_an_activity"


def test_milestones_must_be_reached_before_closing(running, nodes, planner, diego, prove) -> None:
    node = nodes["1.1.1"]
    tree.change_node(node, revision=1, by=planner, rule="milestones", reason="Se ve mejor")
    milestone = parts.add_milestone(node, label="Informe", due_on=TODAY, by=planner, reason="Se ve mejor")
    prove(node)
    close = lambda: progress.close_activity(node, on=TODAY, by=diego, today=TODAY)  # noqa: E731
    assert refusal(close) == "milestones_pending"

    progress.reach_milestone(milestone, on=TODAY, by=diego, today=TODAY)

    assert close().closed_on == TODAY
    branch = next(branch for branch in queries.tree(running).walk() if branch.node == node)
    assert actual(branch.part, TODAY) == 100


def test_one_document_proves_several_activities(running, nodes, diego, prove) -> None:
    evidence = prove(nodes["1.1.1"])
    link = lambda: progress.link_evidence(nodes["1.1.2"], document=evidence.document, proves="Acta", by=diego)  # noqa: E731

    link()

    assert queries.proofs_of(nodes["1.1.2"]).get().document == evidence.document
    assert refusal(link) == "evidence_linked"


def test_a_corrective_measure_has_somebody_and_an_end(running, nodes, planner, diego) -> None:
    measure = progress.decide_measure(nodes["1.1.1"], what="Contratar", responsible=diego, due_on=JUNE, by=planner)
    assert list(owed.measures_of(diego)) == [measure]

    done = progress.finish_measure(measure, outcome="Se contrató", on=TODAY, by=diego, today=TODAY)

    assert (done.done_on, list(owed.measures_of(diego))) == (TODAY, [])
    finish = lambda: progress.finish_measure(measure, outcome="Otra", on=TODAY, by=diego, today=TODAY)  # noqa: E731
    assert refusal(finish) == "measure_done"


def test_spending_is_reported_while_the_plan_runs(running, nodes, planner, diego) -> None:
    money = {"concept": "Relator", "source": "Municipal", "year": 2026, "amount_clp": 900_000}
    line = parts.save_budget_line(nodes["1.1.1"], by=planner, reason="Llegó un fondo", **money)

    line = parts.report_spending(line, committed_clp=500_000, spent_clp=200_000, by=diego)

    assert (line.committed_clp, line.spent_clp) == (500_000, 200_000)


def test_who_answers_for_an_activity_owes_it_and_its_department_what_names_nobody(
    running, nodes, diego, carmen
) -> None:
    assert owed_to_plans(diego) == [("1.1.1", JUNE, "on_time"), ("1.1.2", JUNE, "on_time")]
    assert owed_to_plans(carmen) == [("1.1.2", JUNE, "on_time")]


def test_what_is_closed_is_owed_no_more_and_what_is_past_is_late(running, nodes, diego, prove) -> None:
    prove(nodes["1.1.1"])
    progress.close_activity(nodes["1.1.1"], on=TODAY, by=diego, today=TODAY)

    assert owed_to_plans(diego, date(2026, 7, 1)) == [("1.1.2", JUNE, "late")]


def test_a_plan_is_read_in_as_many_queries_whatever_its_size(
    running, nodes, planner, django_assert_num_queries
) -> None:
    with django_assert_num_queries(3):
        queries.tree(running)
    for name in ("Tercera", "Cuarta", "Quinta"):
        tree.add_node(running, parent=nodes["1.1"], label=name, by=planner, reason="Faltaba")

    with django_assert_num_queries(3):
        assert len(list(queries.tree(running).walk())) == 7


def test_a_file_of_a_refused_kind_is_no_proof(running, nodes, diego) -> None:
    bad = ContentFile(b"MZ\x90\x00", name="virus.exe")

    with pytest.raises(Exception, match="type_refused"):
        progress.attach_evidence(nodes["1.1.1"], file=bad, proves="Nada", by=diego)
    assert not queries.proofs_of(nodes["1.1.1"]).exists()
