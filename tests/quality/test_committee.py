"""The committee by decree, its two living plans, how stages are run and followed, practices: what each verb does."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from cabildo.accounts.models import Membership
from cabildo.db.revised import StaleError
from cabildo.meetings.actions import bodies, planning
from cabildo.plans.actions import planning as plans
from cabildo.plans.actions import tree
from cabildo.plans.rules.errors import PlansError
from cabildo.quality import queries
from cabildo.quality.actions import committee as actions
from cabildo.quality.actions import counterparts, methods, practices, working_plans
from cabildo.quality.choices import CONDUCTED, WORKED, Content, Scope
from cabildo.quality.errors import QualityError
from cabildo.quality.models import ChannelReach, Committee, Cycle, FollowUp, GoodPractice, InterventionMethod
from cabildo.quality.plans import COMMUNICATION, STRATEGY, WORK, WORK_PLAN, proposal
from cabildo.quality.queries.committee import formation_of, launch_of, published_practices
from cabildo.quality.queries.working_plans import plan_of, reach_of, strategy_of, working_plan
from conftest import make_member
from quality.conftest import DECREED_ON, PDF, TODAY

pytestmark = pytest.mark.django_db


def appoint(cycle, lead, **more):
    wanted = {"number": "1.234", "on": DECREED_ON, "secretary": lead, "today": TODAY, "by": lead}
    return actions.appoint_committee(cycle, **{**wanted, **more})


def test_the_decree_seats_the_mayor_in_the_chair_and_both_counterparts(committee, counterparts, alcaldesa) -> None:
    formation = formation_of(committee.cycle)

    seated = {(one.user, one.role, one.act_number) for one in formation.members}
    lead, second = counterparts
    assert seated == {(alcaldesa, "chair", "1.234"), (lead, "secretary", "1.234"), (second, "member", "1.234")}
    assert formation.is_led_by_mayor
    assert [paper.original_name for paper in formation.papers] == ["decreto.pdf"]


def test_there_is_no_committee_without_two_counterparts_nor_without_a_mayor(cycle, counterpart) -> None:
    with pytest.raises(QualityError, match="counterparts_first"):
        appoint(cycle, counterpart)
    given = {"act": "Oficio N° 45", "named_on": TODAY, "today": TODAY, "by": counterpart}
    for user in (counterpart, make_member("Raúl Vega", cycle.municipality, "quality_committee")):
        counterparts.name_counterpart(cycle, user=user, **given)
    with pytest.raises(QualityError, match="no_mayor"):
        appoint(cycle, counterpart)
    assert not Committee.objects.exists()


def test_a_decree_needs_its_number_a_past_date_and_a_secretary_among_the_counterparts(
    cycle, counterparts, alcaldesa
) -> None:
    lead, _second = counterparts
    for more, code, field in (
        ({"number": " "}, "decree_missing", "number"),
        ({"on": TODAY + timedelta(days=1)}, "in_future", "on"),
        ({"secretary": alcaldesa}, "secretary_elsewhere", "secretary"),
    ):
        with pytest.raises(QualityError, match=code) as refused:
            appoint(cycle, lead, **more)
        assert refused.value.field == field


def test_a_cycle_has_one_committee_and_none_once_it_is_closed(committee, counterparts) -> None:
    lead, _second = counterparts
    with pytest.raises(QualityError, match="committee_exists"):
        appoint(committee.cycle, lead)
    Cycle.objects.update(closed_on=TODAY)
    with pytest.raises(QualityError, match="cycle_closed"):
        actions.correct_decree(committee, number="1", on=DECREED_ON, today=TODAY, by=lead)


def test_a_wrong_decree_is_corrected_and_its_file_added(committee, counterparts) -> None:
    lead, _second = counterparts
    earlier = DECREED_ON - timedelta(days=3)
    paper = SimpleUploadedFile("decreto-bueno.pdf", PDF)

    now = actions.correct_decree(committee, number="1.243", on=earlier, today=TODAY, by=lead, paper=paper)

    assert (now.body.act_number, now.body.act_on, now.body.starts_on) == ("1.243", earlier, earlier)
    assert len(formation_of(committee.cycle).papers) == 2


def test_who_is_replaced_stays_in_the_history_and_who_left_no_longer_counts(
    committee, counterparts, puerto_claro
) -> None:
    lead, second = counterparts
    seat = committee.body.members.get(user=second)
    other = make_member("Sol Ruiz", puerto_claro, "counter_officer")
    on = DECREED_ON + timedelta(days=5)

    bodies.replace(seat, bodies.Who(user=other), starts_on=on, reason="Cambió de dirección", by=lead)

    formation = formation_of(committee.cycle)
    assert [one.user for one in formation.former] == [second]
    assert other in {one.user for one in formation.members}
    assert [one.user for one in formation.left_out] == [second]
    assert [one.user for one in formation.without_role] == [other]


def test_a_mayor_who_leaves_office_no_longer_leads(committee, alcaldesa) -> None:
    Membership.objects.filter(user=alcaldesa).update(ends_on=date(2026, 11, 10))

    assert not formation_of(committee.cycle).is_led_by_mayor


def test_the_work_plan_begins_with_activities_for_each_stage_within_its_days(cycle, counterpart) -> None:
    plan = working_plans.start_work_plan(cycle, with_proposal=True, today=TODAY, by=counterpart)

    found = working_plan(cycle, WORK)
    stages = {stage.code: stage for stage in queries.run_of(cycle).stages.all()}
    assert [place.name for place in found.places] == [*WORKED]
    for place in found.places:
        stage = stages[place.name]
        assert len(place.activities) == len(proposal(WORK)[place.name]) > 1
        assert place.settled == []
        assert all(stage.planned_starts_on <= one.starts_on <= one.ends_on for one in place.activities)
        assert all(one.ends_on <= stage.planned_ends_on for one in place.activities)
    assert (plan.starts_on, plan.ends_on) == (TODAY, stages["validacion_plan"].planned_ends_on)


def test_a_plan_may_begin_empty_and_begins_once(cycle, counterpart) -> None:
    given = {"with_proposal": False, "today": TODAY, "by": counterpart}
    working_plans.start_strategy(cycle, **given)

    places = working_plan(cycle, COMMUNICATION).places
    assert [(place.name, place.activities) for place in places] == [(content, []) for content in Content]
    with pytest.raises(QualityError, match="plan_exists"):
        working_plans.start_strategy(cycle, **given)
    assert plan_of(cycle, WORK) is None


def test_the_process_that_is_long_past_gives_a_plan_from_today_on(cycle, counterpart) -> None:
    later = date(2030, 1, 7)
    plan = working_plans.start_work_plan(cycle, with_proposal=True, today=later, by=counterpart)

    assert plan.starts_on == plan.ends_on == later


@pytest.mark.parametrize(("kind", "places"), [(WORK, WORKED), (COMMUNICATION, Content)])
def test_every_place_has_a_proposal_with_a_means_of_verification(kind, places) -> None:
    proposed = proposal(kind)
    assert [*proposed] == [*places]
    for activities in proposed.values():
        for one in activities:
            first, last = one["during"]
            assert 0 <= first < last <= 100
            assert {"label", "methodology", "verification"} <= one.keys()
            assert len(one["methodology"].split()) >= 8


def test_a_stage_keeps_its_place_and_its_code_in_the_work_plan(cycle, counterpart) -> None:
    plan = working_plans.start_work_plan(cycle, with_proposal=True, today=TODAY, by=counterpart)
    place = plan.nodes.get(place="autoevaluacion")

    with pytest.raises(PlansError, match="place_fixed"):
        tree.remove_node(place, by=counterpart, today=TODAY)
    with pytest.raises(PlansError, match="place_fixed"):
        tree.change_node(place, revision=1, by=counterpart, code="otro")
    tree.change_node(place, revision=1, by=counterpart, label="Autoevaluación, ocho semanas")
    tree.remove_node(place.parts.first(), by=counterpart, today=TODAY)


def test_an_approved_plan_still_counts_what_is_in_force(cycle, counterpart, alcaldesa) -> None:
    plan = working_plans.start_work_plan(cycle, with_proposal=True, today=TODAY, by=counterpart)
    for node in plan.nodes.filter(level=1):
        tree.change_node(node, revision=1, by=counterpart, responsible=counterpart)
    plans.submit(plan, by=counterpart)
    plans.approve(plan, act=plans.Act("decree", "9", TODAY), by=alcaldesa)
    place = plan.nodes.get(place="validacion_plan")
    for node in place.parts.all():
        tree.remove_node(node, by=counterpart, today=TODAY, reason="Se hará de otro modo")

    counted = {place.name: len(place.settled) for place in working_plan(cycle, WORK).places}
    assert counted["validacion_plan"] == 0
    assert counted["autoevaluacion"] == len(proposal(WORK)["autoevaluacion"])


def test_channels_say_whom_they_reach_and_who_is_left_out(cycle, counterpart, obras, aseo) -> None:
    working_plans.start_strategy(cycle, with_proposal=True, today=TODAY, by=counterpart)
    first, *_others = reach_of(strategy_of(cycle)).channels
    assert reach_of(strategy_of(cycle)).left_out == (aseo, obras)

    working_plans.declare_reach(cycle, first.node, departments=[obras, aseo], by=counterpart)
    working_plans.declare_reach(cycle, first.node, departments=[obras], by=counterpart)

    found = reach_of(strategy_of(cycle))
    assert found.channels[0].reached == (obras,)
    assert (found.left_out, found.covered, found.departments) == ((aseo,), 1, 2)


def test_a_channel_reaches_somebody_and_only_channels_do(cycle, counterpart, obras) -> None:
    plan = working_plans.start_strategy(cycle, with_proposal=True, today=TODAY, by=counterpart)
    bulletin = plan.nodes.get(place="difusion").parts.first()
    with pytest.raises(QualityError, match="not_a_channel"):
        working_plans.declare_reach(cycle, bulletin, departments=[obras], by=counterpart)
    channel = plan.nodes.get(place="canales").parts.first()
    with pytest.raises(QualityError, match="nobody_reached"):
        working_plans.declare_reach(cycle, channel, departments=[], by=counterpart)

    working_plans.declare_reach(cycle, channel, departments=[obras], by=counterpart)
    tree.remove_node(channel, by=counterpart, today=TODAY)
    assert not ChannelReach.objects.exists()


METHOD = {"people": "Las jefaturas escriben y el comité acuerda.", "how": "Sesiones semanales de dos horas."}


def test_a_method_says_departments_people_and_how_and_two_people_do_not_undo_each_other(
    cycle, counterpart, obras, aseo
) -> None:
    given = {"by": counterpart, **METHOD}
    methods.declare_method(cycle, "autoevaluacion", departments=[obras], revision=0, **given)
    methods.declare_method(cycle, "autoevaluacion", departments=[obras, aseo], revision=1, **given)

    with pytest.raises(StaleError) as refused:
        methods.declare_method(cycle, "autoevaluacion", departments=[aseo], revision=1, **given)
    assert refused.value.facts["names"] == ("departments",)
    method = InterventionMethod.objects.get()
    assert {*method.departments.all()} == {obras, aseo}
    changed = methods.declare_method(
        cycle,
        "autoevaluacion",
        departments=[obras, aseo],
        revision=1,
        by=counterpart,
        people="Otras",
        how=METHOD["how"],
    )
    assert changed.people == "Otras"


def test_a_method_is_of_a_stage_to_come_and_names_a_department(cycle, counterpart, obras) -> None:
    with pytest.raises(QualityError, match="stage_without_method"):
        methods.declare_method(cycle, "diagnostico", departments=[obras], revision=0, by=counterpart, **METHOD)
    with pytest.raises(QualityError, match="method_departments"):
        methods.declare_method(cycle, CONDUCTED[0], departments=[], revision=0, by=counterpart, **METHOD)


def test_a_review_is_declared_changed_and_taken_out(cycle, counterpart) -> None:
    told = {"what": "Tareas del mes", "reviewer": counterpart, "every": "month", "when_late": "Se avisa a la jefatura"}
    review = methods.declare_follow_up(cycle, scope=Scope.STAGES, starts_on=TODAY, by=counterpart, **told)

    methods.change_follow_up(review, revision=1, by=counterpart, every="week")
    with pytest.raises(StaleError):
        methods.change_follow_up(review, revision=1, by=counterpart, every="quarter")
    assert FollowUp.objects.get().every == "week"
    methods.remove_follow_up(review, by=counterpart)
    assert not FollowUp.objects.exists()


@pytest.fixture
def practice(cycle, counterpart, obras) -> GoodPractice:
    told = {"title": "Ventanilla única", "what": "Un solo mesón recibe todo.", "department": obras}
    return practices.register_practice(
        cycle, since_on=date(2025, 3, 1), contact=counterpart, today=TODAY, by=counterpart, **told
    )


def test_a_practice_is_read_by_all_only_while_it_is_published(practice, counterpart) -> None:
    assert [*published_practices()] == []
    practices.publish_practice(practice, today=TODAY, by=counterpart)
    assert [*published_practices()] == [practice]
    for refused in (practices.remove_practice, practices.publish_practice):
        more = {"today": TODAY} if refused is practices.publish_practice else {}
        with pytest.raises(QualityError, match="practice_published"):
            refused(practice, by=counterpart, **more)

    practices.withdraw_practice(practice, by=counterpart)
    assert [*published_practices()] == []
    practices.remove_practice(practice, by=counterpart)
    assert not GoodPractice.objects.exists()


def test_a_practice_did_not_begin_in_the_future_and_the_database_wants_who_published_it(practice, counterpart) -> None:
    with pytest.raises(QualityError, match="in_future"):
        practices.change_practice(practice, revision=1, since_on=date(2099, 1, 1), today=TODAY, by=counterpart)
    with pytest.raises(IntegrityError), transaction.atomic():
        GoodPractice.objects.update(published_on=TODAY)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def test_the_launch_expects_every_official_once_and_keeps_the_roles_of_the_committee(
    committee, counterparts, alcaldesa, puerto_claro
) -> None:
    lead, second = counterparts
    officer = make_member("Sol Ruiz", puerto_claro, "counter_officer")
    given = {"starts_at": at(TODAY), "place": "Gimnasio", "by": lead}

    meeting = actions.plan_launch(committee.cycle, expects_all=True, **given)

    listed = {(one.user, one.role, one.expected) for one in meeting.attendances.all()}
    expected = {(alcaldesa, "chair"), (lead, "secretary"), (second, "member"), (officer, "member")}
    assert listed == {(*one, True) for one in expected}
    with pytest.raises(QualityError, match="launch_planned"):
        actions.plan_launch(committee.cycle, expects_all=False, **given)
    assert queries.diagnosis_meeting(committee.cycle) is None


def test_a_launch_that_was_called_off_gives_way_to_another(committee, counterparts) -> None:
    lead, _second = counterparts
    given = {"starts_at": at(TODAY), "place": "Gimnasio", "expects_all": False, "by": lead}
    planning.cancel(actions.plan_launch(committee.cycle, **given), reason="Lluvia", by=lead)
    assert launch_of(committee.cycle) is None

    again = actions.plan_launch(committee.cycle, **given)
    assert launch_of(committee.cycle).meeting == again


def test_there_is_no_launch_without_a_committee(cycle, counterpart) -> None:
    with pytest.raises(QualityError, match="no_committee"):
        actions.plan_launch(cycle, starts_at=at(TODAY), place="Plaza", expects_all=False, by=counterpart)


@pytest.mark.parametrize("kind", [WORK_PLAN, STRATEGY])
def test_the_engine_offers_neither_plan_to_write_by_hand(kind) -> None:
    assert not kind.is_free
    assert kind.places
