"""A plan is written, approved by an act, changed with a reason, and ended."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cabildo.audit.models import Entry
from cabildo.content.validation import digest
from cabildo.db.revised import StaleError
from cabildo.plans import kinds
from cabildo.plans.actions import parts, planning, progress, tree
from cabildo.plans.choices import PlanState, ProgressRule
from cabildo.plans.models import Milestone, PlanNode, PlanVersion, Rebaseline
from cabildo.plans.queries.snapshot import differs_from_approved, last_version, snapshot
from cabildo.plans.rules.errors import PlansError
from cabildo.plans.rules.progress import Rule
from cabildo.plans.rules.states import State
from cabildo.workflow.rules.errors import WorkflowError
from plans.conftest import DECEMBER, DECREE, JANUARY, JUNE

JULY = date(2026, 7, 31)


def refusal(act) -> str:
    with pytest.raises(PlansError) as refused:
        act()
    assert refused.value.sentence  # every code has its sentence, with all its facts
    return refused.value.code


def test_codes_follow_the_tree_and_levels_its_depth(nodes) -> None:
    assert {code: node.level for code, node in nodes.items()} == {"1": 0, "1.1": 1, "1.1.1": 2, "1.1.2": 2}


def test_what_is_below_the_last_level_is_refused(draft, nodes, planner) -> None:
    assert refusal(lambda: tree.add_node(draft, parent=nodes["1.1.1"], label="Más", by=planner)) == "level_too_deep"


def test_a_code_is_used_once(draft, nodes, planner) -> None:
    assert refusal(lambda: tree.add_node(draft, label="Otra", code="1.1", by=planner)) == "code_taken"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"starts_on": JUNE, "ends_on": JANUARY}, "dates_reversed"),
        ({"starts_on": JANUARY, "ends_on": date(2027, 1, 1)}, "dates_outside"),
        ({"rule": "manual"}, "manual_reason_needed"),
    ],
)
def test_a_node_must_make_sense(draft, planner, fields, code) -> None:
    assert refusal(lambda: tree.add_node(draft, label="Otra", by=planner, **fields)) == code


def test_a_plan_is_sent_only_when_each_activity_has_what_it_needs(draft, planner) -> None:
    tree.add_node(draft, label="Personas", by=planner)

    assert refusal(lambda: planning.submit(draft, by=planner)) == "plan_incomplete"
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_who_approves_may_send_it_back_with_a_reason(draft, nodes, planner, alcaldesa) -> None:
    planning.submit(draft, by=planner)
    with pytest.raises(WorkflowError):
        planning.send_back(draft, reason="", by=alcaldesa)

    assert planning.send_back(draft, reason="Falta el presupuesto", by=alcaldesa).state == "draft"


def test_a_plan_that_was_sent_waits_unchanged(draft, nodes, planner) -> None:
    planning.submit(draft, by=planner)

    assert refusal(lambda: tree.add_node(draft, label="Otra", by=planner)) == "state_refused"


def test_approving_keeps_the_whole_plan_and_its_fingerprint(approved) -> None:
    version = last_version(approved)

    assert (version.number, version.act_number, version.act_on) == (1, "1.234", DECREE.on)
    assert version.sha256 == digest(version.snapshot) == digest(snapshot(approved))
    assert [node["code"] for node in version.snapshot["nodes"]] == ["1", "1.1", "1.1.1", "1.1.2"]


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_what_was_approved(approved, verb) -> None:
    versions = PlanVersion.objects.filter(plan=approved)

    with pytest.raises(IntegrityError), transaction.atomic():
        versions.update(act_number="9") if verb == "update" else versions._raw_delete("default")


def test_an_approved_plan_changes_only_with_a_reason(approved, nodes, planner) -> None:
    change = lambda: tree.change_node(nodes["1.1.1"], revision=1, by=planner, ends_on=JULY)  # noqa: E731

    assert refusal(change) == "reason_needed"
    assert PlanNode.objects.get(pk=nodes["1.1.1"].pk).ends_on == JUNE


def test_a_new_baseline_keeps_the_approved_one(approved, nodes, planner) -> None:
    tree.change_node(nodes["1.1.1"], revision=1, by=planner, ends_on=JULY, reason="Licencia médica")
    tree.change_node(nodes["1.1.1"], revision=2, by=planner, ends_on=DECEMBER, reason="Otra licencia")

    node = PlanNode.objects.get(pk=nodes["1.1.1"].pk)
    kept = Rebaseline.objects.filter(node=node).order_by("pk").values_list("reason", "changes")
    assert (node.approved_ends_on, node.ends_on) == (JUNE, DECEMBER)
    assert list(kept) == [
        ("Licencia médica", {"ends_on": ["2026-06-30", "2026-07-31"]}),
        ("Otra licencia", {"ends_on": ["2026-07-31", "2026-12-31"]}),
    ]


def test_a_second_version_needs_a_change_and_leaves_the_first_dates(approved, nodes, planner, alcaldesa) -> None:
    act = replace(DECREE, number="2.000")
    assert refusal(lambda: planning.new_version(approved, act=act, by=alcaldesa)) == "nothing_changed"
    tree.change_node(nodes["1.1.1"], revision=1, by=planner, ends_on=JULY, reason="Licencia médica")
    assert differs_from_approved(approved, last_version(approved))

    second = planning.new_version(approved, act=act, by=alcaldesa)

    assert second.number == 2
    assert PlanNode.objects.get(pk=nodes["1.1.1"].pk).approved_ends_on == JUNE
    assert not differs_from_approved(approved, second)


def test_progress_is_no_change_of_what_was_approved(running, nodes, diego, planner) -> None:
    progress.report_progress(nodes["1.1.1"], on=JANUARY, percent=40, text="Va", by=diego, today=JUNE)

    assert not differs_from_approved(running, last_version(running))


def test_what_leaves_a_draft_is_gone_and_what_leaves_an_approved_plan_is_marked(
    draft, nodes, planner, alcaldesa
) -> None:
    tree.remove_node(nodes["1.1.2"], by=planner, today=JUNE)
    assert PlanNode.objects.filter(plan=draft).count() == 3
    planning.submit(draft, by=planner)
    planning.approve(draft, act=DECREE, by=alcaldesa)

    tree.remove_node(nodes["1.1"], by=planner, today=JUNE, reason="Se hará con otro fondo")

    left = dict(PlanNode.objects.filter(plan=draft).values_list("code", "removed_on"))
    assert left == {"1": None, "1.1": JUNE, "1.1.1": JUNE}


def test_a_node_moves_among_its_like(draft, nodes, planner) -> None:
    tree.move_node(nodes["1.1.2"], parent=nodes["1.1"], position=1, by=planner)

    ordered = PlanNode.objects.filter(parent=nodes["1.1"]).order_by("position")
    assert [node.code for node in ordered] == ["1.1.2", "1.1.1"]
    assert refusal(lambda: tree.move_node(nodes["1.1.2"], parent=nodes["1"], by=planner)) == "level_changed"
    assert refusal(lambda: tree.move_node(nodes["1.1"], parent=nodes["1.1"], by=planner)) == "moved_below_itself"


def test_two_who_write_the_same_field_are_told_which(nodes, planner) -> None:
    node = nodes["1.1.1"]
    tree.change_node(node, revision=1, by=planner, label="Detectar brechas")

    with pytest.raises(StaleError) as refused:
        tree.change_node(node, revision=1, by=planner, label="Encuestar", problem="Nadie sabe")

    assert (refused.value.code, refused.value.facts["names"]) == ("stale", ("label",))
    assert "«nombre»" in refused.value.sentence
    assert PlanNode.objects.get(pk=node.pk).problem == ""


def test_two_who_write_different_fields_do_not_disturb_each_other(nodes, planner) -> None:
    tree.change_node(nodes["1.1.1"], revision=1, by=planner, problem="Nadie sabe")

    node = tree.change_node(nodes["1.1.1"], revision=1, by=planner, risks="Pocos inscritos")

    assert (node.problem, node.risks, node.revision) == ("Nadie sabe", "Pocos inscritos", 3)


def test_milestones_and_money_of_an_approved_plan_change_with_a_reason(approved, nodes, planner) -> None:
    node = nodes["1.1.2"]
    money = {"concept": "Relator", "source": "Municipal", "year": 2026, "amount_clp": 900_000}

    assert refusal(lambda: parts.add_milestone(node, label="Curso", due_on=JUNE, by=planner)) == "reason_needed"
    assert refusal(lambda: parts.save_budget_line(node, by=planner, **money)) == "reason_needed"
    assert not Milestone.objects.exists()
    assert parts.save_budget_line(node, by=planner, reason="Llegó un fondo", **money).amount_clp == 900_000


def test_a_plan_with_open_activities_ends_only_if_somebody_says_why(running, nodes, planner) -> None:
    assert refusal(lambda: planning.close(running, by=planner)) == "plan_unfinished"

    assert planning.close(running, by=planner, note="Se acabó el convenio").state == "closed"


@pytest.fixture
def fixed(monkeypatch, planner):
    """A plan of a kind that gives two places to every plan."""
    kind = kinds.PlanKind(
        "staged", "Por etapas", ("Etapa", "Actividad"), places=(("uno", "Primera"), ("dos", "Segunda"))
    )
    monkeypatch.setitem(kinds._kinds, kind.code, kind)
    given = {"kind": kind.code, "levels": kind.levels, "starts_on": JANUARY, "ends_on": DECEMBER, "by": planner}
    return planning.create_plan(title="Por etapas", **given)


def test_a_kind_gives_its_places_to_every_plan_and_they_keep_their_code(fixed, planner) -> None:
    places = list(fixed.nodes.order_by("position"))
    assert [(one.code, one.label, one.level) for one in places] == [("1", "Primera", 0), ("2", "Segunda", 0)]
    assert [one.place for one in places] == ["uno", "dos"]

    assert refusal(lambda: tree.remove_node(places[0], by=planner, today=JUNE)) == "place_fixed"
    assert refusal(lambda: tree.change_node(places[0], revision=1, by=planner, code="tres")) == "place_fixed"
    tree.change_node(places[0], revision=1, by=planner, label="Etapa primera")
    extra = tree.add_node(fixed, label="Otra", by=planner)
    below = tree.add_node(fixed, label="Reunirse", parent=places[1], by=planner)
    for node in (extra, below):
        tree.remove_node(node, by=planner, today=JUNE)
    assert {*fixed.nodes.values_list("label", flat=True)} == {"Etapa primera", "Segunda"}


def test_every_step_is_audited(running, nodes) -> None:
    done = set(Entry.objects.values_list("action", flat=True))

    assert {"plan.created", "plan_node.added", "plan.submitted", "plan_version.approved", "plan.in_execution"} <= done


def test_the_words_of_states_and_rules_name_those_of_the_rules() -> None:
    assert set(PlanState.values) == set(State)
    assert set(ProgressRule.values) == set(Rule)
