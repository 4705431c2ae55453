"""What may be done with bodies, meetings, minutes and agreements, and what is refused."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.meetings.conftest import DAY, DECREE, HOUR, TEN, mark

from cabildo.audit.models import Entry
from cabildo.meetings.actions import agreements, bodies, holding, minutes, planning, signing
from cabildo.meetings.actions.bodies import Act, Who
from cabildo.meetings.errors import MeetingsError
from cabildo.meetings.models import Acta, Attendance, Body, Member, Minute, Signature
from cabildo.meetings.queries.sessions import quorum_now
from cabildo.notifications.models import Message
from cabildo.people.models import Requester


def refusal(act, /, *args, **given) -> str:
    with pytest.raises(MeetingsError) as refused:
        act(*args, **given)
    assert refused.value.sentence
    return refused.value.code


def names(body: Body, day: date) -> list[str]:
    from cabildo.meetings.queries.sessions import members_on

    return sorted(member.full_name for member in members_on(body, day))


def test_a_body_begins_with_its_act_and_is_audited(committee, alcaldesa) -> None:
    assert (committee.starts_on, committee.act_number) == (DECREE.on, "1234")
    assert Entry.objects.filter(action="body.created", actor_id=str(alcaldesa.pk)).count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"act": Act("decree", " ", DECREE.on)}, "act_missing"),
        ({"ends_on": date(2025, 1, 1)}, "ends_before_start"),
        ({"quorum_basis": "more_than", "quorum_numerator": 2, "quorum_denominator": 2}, "quorum_impossible"),
    ],
)
def test_a_body_without_act_or_sense_is_refused(changes, code, alcaldesa) -> None:
    given = {"name": "Mesa", "kind": "mesa", "act": DECREE, "by": alcaldesa, **changes}

    assert refusal(bodies.create_body, **given) == code
    assert not Body.objects.exists()


@pytest.mark.parametrize(
    ("who", "more", "code"),
    [
        (Who(), {}, "person_missing"),
        (Who(name="rosa pérez"), {}, "already_member"),
        (Who(name="Otra"), {"role": "chair"}, "one_seat"),
        (Who(name="Otra"), {"starts_on": date(2025, 1, 1)}, "outside_body"),
        (Who(name="Otra"), {"ends_on": date(2026, 1, 1)}, "ends_before_start"),
    ],
)
def test_a_seat_that_cannot_be_is_refused(who, more, code, committee, alcaldesa) -> None:
    given = {"starts_on": DAY, "by": alcaldesa, **more}

    assert refusal(bodies.appoint, committee, who, **given) == code


def test_a_run_that_was_seen_opens_a_record_and_the_seat_keeps_no_name(committee, alcaldesa) -> None:
    who = Who(name="Juan Soto", run="12345678-5")

    seat = bodies.appoint(committee, who, starts_on=DAY, by=alcaldesa)

    assert (seat.requester, seat.name, seat.full_name) == (Requester.objects.get(), "", "Juan Soto")


def test_a_seat_is_held_to_its_last_day_and_stays_in_the_history(committee, alcaldesa) -> None:
    rosa = Member.objects.get(name="Rosa Pérez")

    bodies.end_term(rosa, ends_on=DAY, reason="Renunció", by=alcaldesa)

    assert "Rosa Pérez" in names(committee, DAY)
    assert "Rosa Pérez" not in names(committee, DAY + timedelta(days=1))
    assert committee.members.count() == 4


def test_an_act_written_wrong_is_corrected_and_the_body_never_begins_after_it(committee, alcaldesa) -> None:
    earlier, later = Act("decree", "1243", date(2026, 1, 2)), Act("resolution", "7", date(2026, 2, 1))

    body = bodies.correct_act(committee, earlier, by=alcaldesa)
    assert (body.act_number, body.act_on, body.starts_on) == ("1243", earlier.on, earlier.on)
    body = bodies.correct_act(committee, later, by=alcaldesa)
    assert (body.act_kind, body.act_on, body.starts_on) == ("resolution", later.on, earlier.on)
    assert refusal(bodies.correct_act, committee, Act("decree", " ", DAY), by=alcaldesa) == "act_missing"
    assert Entry.objects.filter(action="body.corrected").count() == 2


def test_officials_are_put_on_the_list_together_and_once(meeting, sonia, diego, admin) -> None:
    before = meeting.attendances.count()

    assert planning.expect_all(meeting, [diego, admin], by=sonia) == 1
    assert planning.expect_all(meeting, [diego, admin], by=sonia) == 0
    added = meeting.attendances.get(user=admin)
    assert (meeting.attendances.count(), added.expected, added.came) == (before + 1, True, None)


def test_who_replaces_takes_the_seat_the_day_the_other_left_it(committee, alcaldesa) -> None:
    chair = Member.objects.get(role="chair")

    new = bodies.replace(chair, Who(name="Alcalde Nuevo"), starts_on=DAY, reason="Elección", by=alcaldesa)

    chair.refresh_from_db()
    assert (new.role, new.replaces, chair.ends_on) == ("chair", chair, DAY - timedelta(days=1))
    assert "Alcalde Nuevo" in names(committee, DAY)


def test_the_list_follows_the_seats_until_it_is_marked(meeting, committee, alcaldesa, sonia) -> None:
    bodies.end_term(Member.objects.get(name="Rosa Pérez"), ends_on=DAY - timedelta(days=1), reason="x", by=alcaldesa)
    bodies.appoint(committee, Who(name="Nueva Vecina"), starts_on=DAY, by=alcaldesa)

    holding.start(meeting, at=TEN, by=sonia)

    shown = {person.full_name for person in meeting.attendances.all()}
    assert {"Nueva Vecina"} == shown - {"Ana Reyes", "Sonia Tapia", "Diego Soto"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ends_at": TEN}, "times_reversed"),
        ({"place": ""}, "no_place"),
        ({"starts_at": TEN.replace(year=2025), "ends_at": TEN.replace(year=2025) + HOUR}, "body_not_begun"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(changes, code, committee, sonia) -> None:
    given = {"title": "x", "kind": "ordinary", "starts_at": TEN, "ends_at": TEN + HOUR, "place": "Salón", **changes}

    assert refusal(planning.plan_meeting, body=committee, by=sonia, **given) == code


def test_a_call_by_mail_leaves_with_the_agenda_and_the_appointment(meeting, sonia) -> None:
    calls = planning.call(meeting, meeting.attendances.all(), channel="mail", by=sonia)

    mails = Message.objects.filter(template="meetings.call", channel="mail")
    assert (len(calls), mails.count()) == (4, 4)
    body = str(mails.first().body)
    assert "1. Plan de invierno (30 min), Diego Soto" in body
    assert ".ics" in body


def test_who_has_no_mail_is_called_otherwise(meeting, sonia) -> None:
    Attendance.objects.filter(name="Rosa Pérez").update(email=None)
    rosa = meeting.attendances.filter(name="Rosa Pérez")

    assert refusal(planning.call, meeting, rosa, channel="mail", by=sonia) == "no_address"
    assert planning.call(meeting, rosa, channel="phone", by=sonia)[0].channel == "phone"
    assert not Message.objects.exists()


def test_nobody_is_called_to_an_empty_agenda(meeting, sonia) -> None:
    meeting.items.all().delete()

    assert refusal(planning.call, meeting, meeting.attendances.all(), channel="phone", by=sonia) == "agenda_empty"


def test_a_changed_plan_must_be_called_again(meeting, sonia) -> None:
    planning.call(meeting, meeting.attendances.all(), channel="phone", by=sonia)

    changed = planning.change_plan(meeting, place="Gimnasio", by=sonia)

    assert (changed.state, changed.place) == ("draft", "Gimnasio")


def test_a_cancelled_meeting_tells_those_called_why(meeting, sonia) -> None:
    planning.call(meeting, meeting.attendances.filter(name="Rosa Pérez"), channel="phone", by=sonia)
    assert refusal(planning.cancel, meeting, reason=" ", by=sonia) == "reason_missing"

    planning.cancel(meeting, reason="Alerta roja", by=sonia)

    mail = Message.objects.get(template="meetings.cancelled")
    assert "Alerta roja" in str(mail.body)
    assert refusal(holding.start, meeting, at=TEN, by=sonia) == "not_in_state"


def test_points_are_ordered_added_and_taken_away(meeting, sonia) -> None:
    planning.add_point(meeting, planning.Point("Cuenta"), by=sonia)
    first, _second, third = meeting.items.all()

    planning.raise_point(third, by=sonia)
    planning.remove_point(first, by=sonia)

    assert [item.title for item in meeting.items.all()] == ["Cuenta", "Varios"]


def test_the_timer_starts_once_and_its_end_means_held(meeting, sonia) -> None:
    assert refusal(holding.stop, meeting, at=TEN, by=sonia) == "not_started"
    holding.start(meeting, at=TEN, by=sonia)
    assert refusal(holding.start, meeting, at=TEN, by=sonia) == "already_started"

    assert holding.stop(meeting, at=TEN + HOUR, by=sonia).state == "held"


def test_times_noted_afterwards_are_neither_reversed_nor_to_come(meeting, sonia) -> None:
    given = {"started_at": TEN, "now": TEN + HOUR, "by": sonia}

    assert refusal(holding.note_times, meeting, ended_at=TEN + 2 * HOUR, **given) == "not_yet_held"
    assert refusal(holding.note_times, meeting, ended_at=TEN + 24 * HOUR, **given) == "day_to_come"
    assert refusal(holding.note_times, meeting, ended_at=TEN - HOUR, **given) == "times_reversed"


def test_the_quorum_is_declared_with_both_counts(meeting, sonia) -> None:
    mark(meeting, sonia, absent=("Diego Soto",))

    stated = holding.state_quorum(meeting, note="", at=TEN, by=sonia)

    assert (stated.quorum_present, stated.quorum_total, stated.quorum_needed, stated.quorum_met) == (3, 4, 3, True)


def test_without_quorum_it_is_said_what_was_done(meeting, sonia) -> None:
    mark(meeting, sonia, absent=("Diego Soto", "Rosa Pérez"))

    assert refusal(holding.state_quorum, meeting, note="", at=TEN, by=sonia) == "quorum_note_missing"
    assert holding.state_quorum(meeting, note="Se informó sin acordar.", at=TEN, by=sonia).quorum_met is False


def test_a_quorum_waits_for_every_mark_and_falls_with_a_new_one(meeting, sonia) -> None:
    assert refusal(holding.state_quorum, meeting, note="", at=TEN, by=sonia) == "attendance_missing"
    mark(meeting, sonia)
    holding.state_quorum(meeting, note="", at=TEN, by=sonia)

    mark(meeting, sonia, absent=("Diego Soto",))

    meeting.refresh_from_db()
    assert (meeting.quorum_stated_at, meeting.quorum_met) == (None, None)


def test_a_representative_counts_where_the_body_says_so(meeting, committee, sonia) -> None:
    diego = meeting.attendances.get(user__full_name="Diego Soto")
    mark(meeting, sonia, absent=("Diego Soto",))
    holding.take_attendance(meeting, {diego.pk: holding.Noted("excused", "Pedro Lara")}, by=sonia)
    assert quorum_now(meeting).present == 3

    Body.objects.update(counts_representatives=True)
    meeting.body.refresh_from_db()

    assert quorum_now(meeting).present == 4


def test_who_came_has_no_representative(meeting, sonia) -> None:
    marks = {meeting.attendances.first().pk: holding.Noted("came", "Pedro Lara")}

    assert refusal(holding.take_attendance, meeting, marks, by=sonia) == "represented_came"


def test_a_guest_who_was_not_called_is_present_once(meeting, sonia) -> None:
    guest = planning.invite(meeting, Who(name="Pedro Lara"), expected=False, by=sonia)

    assert (guest.came, guest.expected) == (True, False)
    assert refusal(planning.invite, meeting, Who(name="pedro lara"), by=sonia) == "already_listed"


def test_two_who_write_different_fields_do_not_clash_and_the_same_one_is_named(meeting, sonia, alcaldesa) -> None:
    item = meeting.items.first()
    minutes.write_minute(item, {"text": "De Sonia"}, base=0, by=sonia)
    minutes.write_minute(item, {"dissent": "De Ana"}, base=0, by=alcaldesa)

    with pytest.raises(MeetingsError) as refused:
        minutes.write_minute(item, {"text": "De Ana"}, base=0, by=alcaldesa)

    minute = Minute.objects.get()
    assert (refused.value.code, refused.value.facts) == ("minute_conflict", {"fields": "lo tratado"})
    assert (minute.text, minute.dissent, minute.revision) == ("De Sonia", "De Ana", 2)


def test_who_writes_the_same_words_again_clashes_with_nobody(meeting, sonia, alcaldesa) -> None:
    item = meeting.items.first()
    minutes.write_minute(item, {"text": "Se aprobó"}, base=0, by=sonia)

    assert minutes.write_minute(item, {"text": "Se aprobó"}, base=0, by=alcaldesa).revision == 1


def test_closing_says_all_that_is_missing(meeting, sonia) -> None:
    holding.note_times(meeting, started_at=TEN, ended_at=TEN + HOUR, now=TEN + HOUR, by=sonia)

    with pytest.raises(MeetingsError) as refused:
        minutes.close_minutes(meeting, at=TEN, by=sonia)

    assert refused.value.code == "not_ready"
    for words in ("asistencia de 4 personas", "quórum", "«Plan de invierno»", "«Varios»"):
        assert words in refused.value.sentence
    assert not Acta.objects.exists()


def test_a_closed_acta_holds_everything_and_nothing_is_written_any_more(acta, held, sonia) -> None:
    held.refresh_from_db()
    said = acta.content

    assert [point["text"] for point in said["points"]] == ["Se trató Plan de invierno.", "Se trató Varios."]
    assert said["quorum"] == "Hubo quórum: 3 de 4 integrantes con voz; se exigían 3."
    assert ["Sexo: no declarado", "2", "2", "0"] in said["tallies"]
    assert held.state == "minuted"
    assert refusal(minutes.write_minute, held.items.first(), {"text": "x"}, base=9, by=sonia) == "not_in_state"
    assert refusal(holding.take_attendance, held, {}, by=sonia) == "not_in_state"


@pytest.mark.parametrize("change", ["content = '{}'", "closed_by_id = NULL", "state = 'draft'"])
def test_the_database_keeps_a_closed_acta(change, acta) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE meetings_acta SET {change} WHERE id = %s", [acta.pk])  # noqa: S608


def test_the_database_keeps_a_signature(acta, alcaldesa) -> None:
    signature = signing.sign(acta, Attendance.objects.get(user=alcaldesa), method="account", by=alcaldesa)

    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.filter(pk=signature.pk).update(name="Otra")


def test_a_correction_is_a_new_version_and_the_old_one_stays(acta, held, sonia) -> None:
    assert refusal(minutes.reopen, held, reason="", by=sonia) == "reason_missing"
    minutes.reopen(held, reason="Faltó un nombre.", by=sonia)
    minutes.write_minute(held.items.first(), {"text": "Corregido."}, base=9, by=sonia)

    new = minutes.close_minutes(held, at=TEN + 3 * HOUR, by=sonia)

    acta.refresh_from_db()
    assert (acta.state, acta.content["points"][0]["text"]) == ("superseded", "Se trató Plan de invierno.")
    assert (new.version, new.correction, new.content["points"][0]["text"]) == (2, "Faltó un nombre.", "Corregido.")


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"department": None}, "no_responsible"), ({"due_on": DAY - timedelta(days=1)}, "due_before_meeting")],
)
def test_an_agreement_has_a_responsible_and_a_date_to_come(changes, code, held, sonia, obras) -> None:
    given = {"what": "Limpiar canales", "due_on": DAY, "department": obras, "by": sonia, **changes}

    assert refusal(agreements.agree, held, **given) == code


def test_an_agreement_is_done_once_with_its_evidence(held, sonia, obras, diego) -> None:
    made = agreements.agree(held, what="Limpiar canales", due_on=DAY, department=obras, by=sonia)
    done = {"done_on": DAY, "evidence": "Informe 12", "today": DAY, "by": diego}

    assert refusal(agreements.complete_agreement, made, **{**done, "evidence": " "}) == "evidence_missing"
    assert refusal(agreements.complete_agreement, made, **{**done, "done_on": DAY + HOUR * 24}) == "done_in_future"
    early = {**done, "done_on": DAY - HOUR * 24}
    assert refusal(agreements.complete_agreement, made, **early) == "done_before_meeting"
    assert agreements.complete_agreement(made, **done).state == "done"
    assert refusal(agreements.complete_agreement, made, **done) == "agreement_not_open"
    assert refusal(agreements.drop_agreement, made, reason="x", by=sonia) == "agreement_not_open"


def test_every_action_leaves_its_line_in_the_audit(acta, sonia) -> None:
    told = set(Entry.objects.values_list("action", flat=True))

    assert {
        "body.created",
        "member.appointed",
        "meeting.planned",
        "meeting.held",
        "attendance.taken",
        "quorum.stated",
        "minute.written",
        "acta.closed",
    } <= told
