"""A committee from its decree to a signed acta whose agreement was done, each with their own account."""

from django.utils import timezone

from cabildo.accounts.links import addresses
from cabildo.meetings.models import Acta, Agreement, Attendance, Body, Meeting
from cabildo.meetings.queries.signing import paper_of
from cabildo.notifications.models import Message
from cabildo.workflow import duties

DESK = "/m/puerto-claro/mesa/reuniones/"
DECREE = {"act_kind": "decree", "act_number": "1234", "act_on": "2026-01-05"}


def test_a_committee_goes_from_its_decree_to_an_agreement_done(as_user, sonia, alcaldesa, diego, run_jobs) -> None:
    secretary, today = as_user(sonia), timezone.localdate()
    body = _created(secretary, alcaldesa, sonia, diego)
    meeting = _called(secretary, body, today)
    _held(secretary, meeting)
    _written(secretary, meeting)
    department = diego.memberships.get().department_id
    agreed = {"what": "Limpiar canales", "department": department, "due_on": today}
    secretary.post(f"{DESK}{meeting.pk}/acuerdos/", agreed)
    secretary.post(f"{DESK}{meeting.pk}/acta/cerrar/")
    run_jobs(raising=True)
    _signed(secretary, as_user(alcaldesa), alcaldesa, sonia)
    run_jobs(raising=True)
    _done(as_user(diego), diego, today)

    meeting.refresh_from_db()
    assert (meeting.state, Acta.objects.get().state, Agreement.objects.get().state) == ("signed", "signed", "done")
    assert paper_of(Acta.objects.get()).sealed_at is not None


def _created(secretary, alcaldesa, sonia, diego) -> Body:
    share = {"quorum_basis": "more_than", "share": "1/2"}
    secretary.post(f"{DESK}cuerpos/crear/", {"name": "Comité de Emergencias", "kind": "committee", **DECREE, **share})
    body = Body.objects.get()
    seats = [(alcaldesa.pk, "", "chair"), (sonia.pk, "", "secretary"), (diego.pk, "", "member"), ("", "Rosa", "member")]
    for user, name, role in seats:
        seat = {"user": user, "name": name, "role": role, "has_voice": "on", "starts_on": "2026-01-05", **DECREE}
        seat |= {"sector": "municipal", "sex": "unknown", "email": "rosa@ejemplo.cl" if name else ""}
        assert secretary.post(f"{DESK}cuerpos/{body.pk}/nombrar/", seat).status_code == 302
    return body


def _called(secretary, body: Body, today) -> Meeting:
    plan = {"title": "Sesión", "kind": "ordinary", "on": today, "starts": "10:00", "ends": "11:00", "place": "Salón"}
    secretary.post(f"{DESK}cuerpos/{body.pk}/reunion/", plan)
    meeting = Meeting.objects.get()
    secretary.post(f"{DESK}{meeting.pk}/tabla/", {"title": "Plan de invierno", "minutes": 30})
    people = [person.pk for person in meeting.attendances.all()]
    secretary.post(f"{DESK}{meeting.pk}/convocar/", {"channel": "mail", "people": people})
    assert Message.objects.filter(template="meetings.call", channel="mail").count() == 4
    return meeting


def _held(secretary, meeting: Meeting) -> None:
    secretary.post(f"{DESK}{meeting.pk}/comenzar/")
    marks = {f"mark_{person.pk}": "came" for person in meeting.attendances.all()}
    secretary.post(f"{DESK}{meeting.pk}/asistencia/", marks)
    secretary.post(
        f"{DESK}{meeting.pk}/asistencia/llego/",
        {"name": "Pedro Lara", "role": "member", "sector": "community", "sex": "male"},
    )
    secretary.post(f"{DESK}{meeting.pk}/quorum/", {"note": ""})
    secretary.post(f"{DESK}{meeting.pk}/terminar/")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.quorum_present, meeting.quorum_total) == ("held", 4, 4)


def _written(secretary, meeting: Meeting) -> None:
    item = meeting.items.get()
    sent = {"field": "text", "words": "Se revisó el plan.", "revision": 0}
    secretary.post(f"{DESK}puntos/{item.pk}/escribir/", sent)


def _signed(secretary, mayor, alcaldesa, sonia) -> None:
    acta = Acta.objects.get()
    assert _owed(alcaldesa, timezone.localdate()) == [(f"ACTA {acta.meeting.folio} v1", "Firmar")]
    for browser, user in ((mayor, alcaldesa), (secretary, sonia)):
        person = Attendance.objects.get(user=user)
        browser.post(f"{DESK}{acta.meeting_id}/firmas/{person.pk}/", {"how": "account"})
    assert _owed(alcaldesa, timezone.localdate()) == []


def _owed(user, today) -> list[tuple[str, str]]:
    with addresses():
        return [(duty.folio, duty.action) for duty in duties.of(user, today)]


def _done(officer, diego, today) -> None:
    agreement = Agreement.objects.select_related("meeting").get()
    assert _owed(diego, today) == [(agreement.folio, "Cumplir")]
    officer.post(f"{DESK}acuerdos/{agreement.pk}/", {"done_on": today, "evidence": "Informe 12 de Obras"})
    assert _owed(diego, today) == []
