"""Who takes part, who looks after whom, which line stands, and what levelling leads to."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cabildo.accounts.access import can
from cabildo.accounts.links import addresses
from cabildo.accounts.models import Agency, Membership
from cabildo.accounts.scoping import in_municipality
from cabildo.instruments import actions as instruments
from cabildo.instruments import queries as answered
from cabildo.instruments.rules.answers import Answer
from cabildo.quality import actions as cycles
from cabildo.quality import queries
from cabildo.quality.actions import levelling
from cabildo.quality.actions import programme as actions
from cabildo.quality.choices import EnrolmentState, QualityPermission
from cabildo.quality.errors import QualityError
from cabildo.quality.gates.programme import line_confirmed
from cabildo.quality.models import Cycle, Enrolment, LineDecision
from factories.programme import agency, enrol, lead, make_agency_member, professional

__all__ = ["agency", "lead", "professional"]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _inside(puerto_claro):
    """Gates name pages of the municipality."""
    with addresses():
        yield


@pytest.fixture
def invited(puerto_claro, agency, lead) -> Enrolment:
    return actions.invite(puerto_claro, agency=agency, invitation="Les invitamos.", today=TODAY, by=lead)


@pytest.fixture
def closed(cycle, counterpart) -> Cycle:
    return close(cycle, counterpart)


def close(cycle: Cycle, by) -> Cycle:
    for question in answered.questionnaire(cycle.diagnosis).questions():
        said = Answer(question.alternatives[-1].id)
        instruments.answer(assessment=cycle.diagnosis, question=question.id, said=said, confirms=True, by=by)
    return cycles.close_diagnosis(cycle, by=by)


def refused(code: str):
    return pytest.raises(QualityError, match=f"^{code}$")


def looked_after(enrolment, professional, lead, today=TODAY) -> Enrolment:
    return actions.look_after(enrolment, professional=professional, validating_agency=None, today=today, by=lead)


def test_a_municipality_is_invited_before_it_has_any_cycle_and_accepts(invited, alcaldesa) -> None:
    assert invited.state == EnrolmentState.INVITED

    accepted = actions.accept(invited, today=TODAY, by=alcaldesa)

    assert (accepted.state, accepted.answered_by, accepted.accepted_on) == (EnrolmentState.ACCEPTED, alcaldesa, TODAY)


def test_who_is_invited_or_takes_part_is_not_invited_twice(invited, puerto_claro, agency, lead) -> None:
    with refused("already_invited"):
        actions.invite(puerto_claro, agency=agency, invitation="Otra vez.", today=TODAY, by=lead)
    other = Agency.objects.create(slug="otro", name="Otro organismo")
    with refused("enrolled_elsewhere"):
        actions.invite(puerto_claro, agency=other, invitation="Hola.", today=TODAY, by=lead)


def test_who_says_no_gives_a_reason_and_may_be_invited_again(invited, puerto_claro, agency, lead, alcaldesa) -> None:
    with refused("reason_missing"):
        actions.decline(invited, reason=" ", today=TODAY, by=alcaldesa)
    actions.decline(invited, reason="Sin equipo este año.", today=TODAY, by=alcaldesa)
    with refused("answered"):
        actions.accept(invited, today=TODAY, by=alcaldesa)

    again = actions.invite(puerto_claro, agency=agency, invitation="De nuevo.", today=TODAY, by=lead)

    assert (again.pk, again.state, again.decline_reason) == (invited.pk, EnrolmentState.INVITED, "")


def test_a_professional_enters_when_the_municipality_accepts_and_not_before(
    invited, professional, lead, alcaldesa
) -> None:
    looked_after(invited, professional, lead)
    assert not Membership.objects.filter(user=professional).exists()

    actions.accept(invited, today=timezone.localdate(), by=alcaldesa)

    assert can(professional, QualityPermission.SUPPORT)
    assert not can(professional, QualityPermission.LEAD)


def test_another_professional_takes_the_place_and_the_first_no_longer_enters(
    invited, professional, agency, lead, alcaldesa
) -> None:
    today = timezone.localdate()
    enrolment = actions.accept(looked_after(invited, professional, lead), today=today - timedelta(days=9), by=alcaldesa)
    other = make_agency_member("Olga Ruz", agency, "programme_professional")

    looked_after(enrolment, other, lead, today)

    assert not can(professional, QualityPermission.VIEW)
    assert can(other, QualityPermission.VIEW)
    assert Membership.objects.get(user=professional).ends_on == today - timedelta(days=1)


def test_the_gate_asks_for_the_line_until_the_programme_confirms_it(closed, professional) -> None:
    assert [item.what for item in line_confirmed(closed)] == ["Pedir al organismo del programa que confirme la línea"]

    decision = actions.confirm_line(
        closed, today=TODAY, line="progressive", reason="Sigue el resultado.", by=professional
    )

    assert list(line_confirmed(closed)) == []
    assert (decision.proposed, decision.diagnosis) == (closed.proposed_line, closed.diagnosis)


def test_a_line_needs_a_closed_diagnosis_and_a_reason(cycle, counterpart, professional) -> None:
    with refused("diagnosis_open"):
        actions.confirm_line(cycle, today=TODAY, line="progressive", reason="Sí.", by=professional)
    with refused("reason_missing"):
        actions.confirm_line(close(cycle, counterpart), today=TODAY, line="progressive", reason="  ", by=professional)


def test_another_decision_replaces_the_first_which_nobody_changes(closed, professional) -> None:
    first = actions.confirm_line(closed, today=TODAY, line="progressive", reason="Sigue el resultado.", by=professional)
    second = actions.confirm_line(
        closed, today=TODAY, line="accreditation", reason="Ya acreditó un servicio.", by=professional
    )

    assert (second.replaces, queries.standing_decision(closed)) == (first, second)
    with pytest.raises(IntegrityError), transaction.atomic():
        LineDecision.objects.filter(pk=first.pk).update(reason="Otra cosa.")
    with pytest.raises(IntegrityError), transaction.atomic():
        LineDecision.objects.filter(pk=first.pk).delete()


def test_opening_the_diagnosis_again_leaves_no_line_confirmed(closed, counterpart, professional) -> None:
    actions.confirm_line(closed, today=TODAY, line="progressive", reason="Sigue el resultado.", by=professional)

    again = cycles.reopen_diagnosis(closed, reason="Un error.", by=counterpart)
    again.diagnosis.refresh_from_db()
    assert queries.standing_decision(again) is None

    cycles.close_diagnosis(again, by=counterpart)
    again.diagnosis.refresh_from_db()
    assert queries.standing_decision(again) is None


def test_levelling_asks_for_activities_then_for_a_new_diagnosis_in_the_same_cycle(
    closed, counterpart, professional
) -> None:
    actions.confirm_line(closed, today=TODAY, line="levelling", reason="Bajo el umbral.", by=professional)
    assert [item.what for item in line_confirmed(closed)] == ["Planificar las actividades de nivelación"]
    planned = levelling.plan_activity(closed, what="Taller", held_on=TODAY, who="SUBDERE", by=counterpart)
    assert [item.what for item in line_confirmed(closed)] == ["Hacer la actividad de nivelación: Taller"]
    with refused("levelling_pending"):
        levelling.repeat_diagnosis(closed, by=counterpart)
    levelling.finish_activity(planned, done_on=TODAY, attendance="Doce.", today=TODAY, by=counterpart)
    assert [item.what for item in line_confirmed(closed)] == ["Repetir el diagnóstico"]
    first = closed.diagnosis

    repeated = levelling.repeat_diagnosis(closed, by=counterpart)

    assert (repeated.pk, repeated.diagnosis.previous, repeated.band) == (closed.pk, first, "")
    assert queries.diagnosis_meeting(repeated) is None
    close(repeated, counterpart)
    actions.confirm_line(repeated, today=TODAY, line="progressive", reason="Subió.", by=professional)
    assert list(line_confirmed(Cycle.objects.get())) == []


def test_what_was_done_in_levelling_stays_and_without_attendance_is_not_done(closed, counterpart, professional) -> None:
    with refused("not_levelling"):
        levelling.plan_activity(closed, what="Taller", held_on=TODAY, who="SUBDERE", by=counterpart)
    actions.confirm_line(closed, today=TODAY, line="levelling", reason="Bajo el umbral.", by=professional)
    planned = levelling.plan_activity(closed, what="Taller", held_on=TODAY, who="SUBDERE", by=counterpart)
    with refused("attendance_missing"):
        levelling.finish_activity(planned, done_on=TODAY, attendance="", today=TODAY, by=counterpart)
    levelling.finish_activity(planned, done_on=TODAY, attendance="Doce.", today=TODAY, by=counterpart)

    with refused("levelling_done"):
        levelling.remove_activity(planned, by=counterpart)
    with refused("levelling_done"):
        levelling.change_activity(planned, revision=2, what="Otro", by=counterpart)


def test_an_agency_names_only_its_own_and_those_it_validates_once_they_accept(
    puerto_claro, otra_comuna, agency, lead
) -> None:
    other = Agency.objects.create(slug="valida", name="Centro Validador")
    enrol(puerto_claro, agency, validating_agency=other)
    with in_municipality(otra_comuna):
        enrol(otra_comuna, agency, validating_agency=other, accepted_on=None, answered_by=None)

    assert {one.municipality for one in queries.enrolments_of(agency)} == {puerto_claro, otra_comuna}
    assert [one.municipality for one in queries.enrolments_of(other)] == [puerto_claro]
    assert (queries.accepted_ids(agency), queries.accepted_ids(other)) == ([puerto_claro.pk], [puerto_claro.pk])
