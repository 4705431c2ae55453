"""A body with its members, and a meeting in each state, for the walk through all pages."""

from datetime import timedelta

from django.utils import timezone

from cabildo.accounts.models import User
from cabildo.meetings.actions import agreements, bodies, holding, minutes, planning, signing
from cabildo.meetings.actions.bodies import Act, Who
from cabildo.meetings.models import Body, Meeting
from e2e.site_map import Values

HOUR = timedelta(hours=1)


def gather(mayor: User, officer: User) -> Values:
    body = _body(mayor, officer)
    planned, held, closed = _planned(body, mayor, "Sesión de diciembre"), _held(body, mayor), _held(body, mayor)
    agreed = agreements.agree(closed, what="Limpiar canales", due_on=timezone.localdate(), user=officer, by=mayor)
    acta = minutes.close_minutes(closed, at=timezone.now(), by=mayor)
    signing.write_acta(acta)
    signing.prepare_copy(acta, by=mayor)
    return {
        "body_id": [body.pk],
        "member_id": [body.members.get(role="member").pk],
        "meeting_id": [planned.pk, held.pk, closed.pk],
        "item_id": [held.items.get().pk],
        "attendance_id": [closed.attendances.first().pk],
        "agreement_id": [agreed.pk],
        "acta_id": [acta.pk],
    }


def _body(mayor: User, officer: User) -> Body:
    today = timezone.localdate()
    act = Act("decree", "1234", today - timedelta(days=90))
    body = bodies.create_body(name="Comité de Emergencias", kind="committee", act=act, by=mayor)
    since = {"starts_on": act.on, "act": act, "by": mayor}
    bodies.appoint(body, Who(user=mayor, sector="municipal"), role="chair", **since)
    bodies.appoint(body, Who(user=officer, sector="municipal"), role="secretary", **since)
    rosa = Who(name="Rosa Pérez", organisation="Junta de vecinos 4", sector="community", sex="female")
    bodies.appoint(body, rosa, **since)
    left = bodies.appoint(body, Who(name="Pedro Lara", sector="private"), role="adviser", has_voice=False, **since)
    bodies.end_term(left, ends_on=today - timedelta(days=10), reason="Renunció", by=mayor)
    return body


def _planned(body: Body, mayor: User, title: str) -> Meeting:
    starts = timezone.now() + timedelta(days=1)
    point = planning.Point("Plan de invierno", 30, "Rosa Pérez")
    meeting = planning.plan_meeting(
        title=title,
        kind="ordinary",
        starts_at=starts,
        ends_at=starts + HOUR,
        place="Salón",
        body=body,
        agenda=[point],
        by=mayor,
    )
    planning.call(meeting, meeting.attendances.filter(role="chair"), channel="phone", by=mayor)
    return meeting


def _held(body: Body, mayor: User) -> Meeting:
    meeting, now = _planned(body, mayor, "Sesión de noviembre"), timezone.now()
    holding.note_times(meeting, started_at=now - HOUR, ended_at=now, now=now, by=mayor)
    marks = {person.pk: holding.Noted("came") for person in meeting.attendances.all()}
    holding.take_attendance(meeting, marks, by=mayor)
    holding.state_quorum(meeting, note="", at=now, by=mayor)
    minutes.write_minute(meeting.items.get(), {"text": "Se revisó el plan.\n\nSe pidió apoyo."}, base=0, by=mayor)
    return meeting
