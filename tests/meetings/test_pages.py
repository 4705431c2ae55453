"""Bodies, meetings and agreements in the browser: who sees, who may, what the pages cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.meetings.conftest import DAY, DECREE, HOUR, TEN

from cabildo.accounts.models import Department
from cabildo.meetings import invitations
from cabildo.meetings.actions import agreements, bodies, planning, signing
from cabildo.meetings.models import Agreement, Body, Meeting, Member, Minute
from conftest import make_member

DESK = "/m/puerto-claro/mesa/reuniones/"
BODY = {
    "name": "Mesa del Borde Costero",
    "kind": "mesa",
    "act_kind": "decree",
    "act_number": "77",
    "act_on": "2026-02-01",
    "quorum_basis": "at_least",
    "share": "2/3",
}
PLAN = {"title": "Primera", "kind": "ordinary", "on": "2026-11-10", "starts": "10:00", "ends": "11:00", "place": "Sede"}


@pytest.fixture(params=["sonia", "diego"])
def reader(request, as_user):
    """The browser of who sees all, then of a member."""
    return as_user(request.getfixturevalue(request.param))


def queries_of(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_a_head_creates_a_body_names_people_and_plans(as_user, carmen, diego) -> None:
    desk = as_user(carmen)
    made = desk.post(f"{DESK}cuerpos/crear/", BODY)
    body = Body.objects.get()
    assert made["Location"] == f"{DESK}cuerpos/{body.pk}/"

    seat = {"role": "member", "has_voice": "on", "starts_on": "2026-02-01", "sector": "municipal", "sex": "male"}
    seat |= {"act_kind": "decree"}
    desk.post(f"{DESK}cuerpos/{body.pk}/nombrar/", {**seat, "user": diego.pk})
    desk.post(f"{DESK}cuerpos/{body.pk}/reunion/", PLAN)

    assert (body.quorum_basis, body.quorum_numerator, body.quorum_denominator) == ("at_least", 2, 3)
    assert [person.user for person in Meeting.objects.get().attendances.all()] == [diego]


def test_a_refused_step_says_why_beside_what_was_typed(as_user, carmen) -> None:
    answer = as_user(carmen).post(f"{DESK}cuerpos/crear/", {**BODY, "ends_on": "2025-01-01"})

    assert answer.status_code == 422
    assert "anterior a la de inicio" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "expected"),
    [("diego", 200), ("alcaldesa", 200), ("sonia", 200), ("oficina", 404), ("carmen", 404), ("admin", 404)],
)
def test_members_see_their_meetings_and_others_only_with_the_permission(
    who, expected, request, as_user, meeting
) -> None:
    desk, committee = as_user(request.getfixturevalue(who)), meeting.body

    assert desk.get(f"{DESK}{meeting.pk}/").status_code == expected
    assert desk.get(f"{DESK}cuerpos/{committee.pk}/").status_code == expected
    assert (meeting.title in desk.get(DESK).content.decode()) is (expected == 200)
    assert (committee.name in desk.get(f"{DESK}cuerpos/").content.decode()) is (expected == 200)


def test_who_left_the_body_no_longer_sees_it(as_user, diego, committee, alcaldesa) -> None:
    seat = Member.objects.get(user=diego)
    yesterday = timezone.localdate() - timedelta(days=1)
    bodies.end_term(seat, ends_on=yesterday, reason="Traslado", by=alcaldesa)

    assert as_user(diego).get(f"{DESK}cuerpos/{committee.pk}/").status_code == 404


STEPS = ["cambiar", "tabla", "convocar", "invitar", "cancelar", "horas", "asistencia", "quorum", "acta", "acuerdos"]


@pytest.mark.parametrize("page", STEPS)
def test_a_member_reads_and_neither_leads_nor_writes(page, as_user, diego, sonia, meeting) -> None:
    assert as_user(diego).get(f"{DESK}{meeting.pk}/{page}/").status_code == 403
    assert as_user(sonia).get(f"{DESK}{meeting.pk}/{page}/").status_code == 200


def test_the_chair_leads_by_being_chair(as_user, committee, meeting, carmen, alcaldesa) -> None:
    bodies.replace(
        Member.objects.get(role="chair"),
        bodies.Who(user=carmen),
        starts_on=DECREE.on + HOUR * 24,
        reason="x",
        by=alcaldesa,
    )

    assert as_user(carmen).get(f"{DESK}{meeting.pk}/asistencia/").status_code == 200


def test_attendance_is_taken_in_one_form(as_user, sonia, meeting) -> None:
    people = list(meeting.attendances.all())
    marks = {f"mark_{person.pk}": "came" for person in people[:3]} | {f"mark_{people[3].pk}": "excused"}

    as_user(sonia).post(f"{DESK}{meeting.pk}/asistencia/", {**marks, f"by_{people[3].pk}": "Pedro Lara"})

    found = list(meeting.attendances.values_list("came", "excused", "represented_by"))
    assert found == [(True, False, "")] * 3 + [(False, True, "Pedro Lara")]


def test_a_typed_field_is_kept_and_the_script_gets_its_new_revision(as_user, sonia, held) -> None:
    item, desk = held.items.first(), as_user(sonia)
    address = f"{DESK}puntos/{item.pk}/escribir/"
    sent = {"field": "text", "words": "Nuevo texto", "revision": "1"}

    answer = desk.post(address, sent, headers={"HX-Request": "true"}).content.decode()
    clash = desk.post(address, {**sent, "words": "De otra"}, headers={"HX-Request": "true"}).content.decode()

    assert 'name="revision" value="2"' in answer
    assert "«lo tratado»" in clash
    assert Minute.objects.get(item=item).text == "Nuevo texto"


def test_without_scripts_a_conflict_shows_both_texts(as_user, sonia, held) -> None:
    item = held.items.first()

    answer = as_user(sonia).post(
        f"{DESK}puntos/{item.pk}/escribir/", {"field": "text", "words": "Lo mío", "revision": "0"}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Lo mío" in page
    assert "Se trató Plan de invierno." in page


def test_the_page_that_closes_links_each_thing_missing(as_user, sonia, meeting) -> None:
    page = as_user(sonia).get(f"{DESK}{meeting.pk}/acta/cerrar/").content.decode()

    for name in ("horas", "asistencia", "quorum", "acta"):
        assert f'href="{DESK}{meeting.pk}/{name}/"' in page
    assert "Está todo" not in page


def test_an_agreement_is_done_by_who_answers_for_it_alone(as_user, held, sonia, diego, oficina) -> None:
    obras = Department.objects.get(code="obras")
    made = agreements.agree(held, what="Limpiar canales", due_on=DAY, department=obras, by=sonia)
    address, done = f"{DESK}acuerdos/{made.pk}/", {"done_on": "2026-11-03", "evidence": "Informe 12"}

    assert as_user(oficina).post(address, done).status_code == 404
    assert as_user(diego).post(address, done).status_code == 302
    assert Agreement.objects.get().state == "done"


def test_who_sees_but_does_not_answer_for_it_may_not_say_it_is_done(as_user, held, sonia, aseo, diego) -> None:
    made = agreements.agree(held, what="Retirar escombros", due_on=DAY, department=aseo, by=sonia)

    desk = as_user(diego)

    assert desk.get(f"{DESK}acuerdos/{made.pk}/").status_code == 200
    assert desk.post(f"{DESK}acuerdos/{made.pk}/", {"done_on": "2026-11-03", "evidence": "x"}).status_code == 403


def test_the_paper_is_read_by_members_alone(as_user, acta, diego, oficina) -> None:
    address = f"/m/puerto-claro/documentos/{signing.write_acta(acta).document.public_id}/"

    assert b"".join(as_user(diego).get(address).streaming_content).startswith(b"%PDF")
    assert as_user(oficina).get(address).status_code in {403, 404}


def test_the_appointment_is_taken_by_who_has_its_address(client, meeting, otra_comuna) -> None:
    token = invitations.token_of(meeting)

    answer = client.get(f"/m/puerto-claro/reuniones/{token}.ics")

    assert answer["Content-Type"].startswith("text/calendar")
    assert b"SUMMARY:Sesi\xc3\xb3n de noviembre" in answer.content
    assert b"DTSTART:20261103T130000Z" in answer.content
    assert client.get(f"/m/otra-comuna/reuniones/{token}.ics").status_code == 404
    assert client.get(f"/m/puerto-claro/reuniones/{token}x.ics").status_code == 404


@pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbfFolio"), ("xlsx", b"PK")])
def test_the_list_is_exported_with_its_filters(kind, start, as_user, sonia, meeting) -> None:
    desk = as_user(sonia)

    assert desk.get(f"{DESK}?formato={kind}").content.startswith(start)
    assert b"noviembre" not in desk.get(f"{DESK}?formato=csv&q=otra").content


FILTERS = [
    ("q=noviembre", True), ("q=enero", False), ("estado=draft", True), ("estado=signed", False),
    ("tipo=ordinary", True), ("tipo=workshop", False), ("fecha_desde=2026-11-03&fecha_hasta=2026-11-03", True),
    ("fecha_desde=2026-11-04", False), ("fecha_hasta=2026-11-02", False),
]  # fmt: skip


@pytest.mark.parametrize(("query", "found"), FILTERS)
def test_each_filter_of_the_list_narrows_it(query, found, as_user, sonia, meeting) -> None:
    assert (meeting.folio in as_user(sonia).get(f"{DESK}?{query}").content.decode()) is found


def test_agreements_are_filtered_by_standing_and_by_who_answers(as_user, held, sonia, diego, aseo) -> None:
    obras = Department.objects.get(code="obras")
    agreements.agree(held, what="Limpiar canales", due_on=DAY, department=obras, by=sonia)
    agreements.agree(held, what="Retirar escombros", due_on=DAY + timedelta(days=4000), department=aseo, by=sonia)
    desk = as_user(diego)

    late = desk.get(f"{DESK}acuerdos/?situacion=late").content.decode()
    mine = desk.get(f"{DESK}acuerdos/?situacion=mine").content.decode()

    assert "Limpiar canales" in mine
    assert "Retirar escombros" not in mine
    assert "Retirar escombros" not in late


def _more(meeting: Meeting, sonia) -> None:
    for number in (1, 2):
        planning.plan_meeting(
            title=f"Otra {number}",
            kind="ordinary",
            starts_at=TEN,
            ends_at=TEN + HOUR,
            place="x",
            body=meeting.body,
            by=sonia,
        )
        planning.add_point(meeting, planning.Point(f"Punto {number}"), by=sonia)
        planning.invite(meeting, bodies.Who(name=f"Invitada {number}"), by=sonia)
        agreements.agree(meeting, what=f"Acuerdo {number}", due_on=DAY, outsider="Rosa", by=sonia)
        bodies.create_body(name=f"Mesa {number}", kind="mesa", act=DECREE, by=sonia)
        bodies.appoint(meeting.body, bodies.Who(name=f"Vecina {number}"), starts_on=DAY, by=sonia)


@pytest.mark.parametrize("page", ["", "cuerpos/", "acuerdos/", "{meeting}/", "cuerpos/{body}/"])
def test_more_rows_cost_no_more_queries(page, reader, meeting, sonia) -> None:
    agreements.agree(meeting, what="Acuerdo", due_on=DAY, department=Department.objects.get(code="obras"), by=sonia)
    address = DESK + page.format(meeting=meeting.pk, body=meeting.body_id)
    few = queries_of(reader, address)

    _more(meeting, sonia)

    assert queries_of(reader, address) == few


@pytest.mark.parametrize("page", ["asistencia/", "convocar/", "acta/", "tabla/", "acuerdos/", "acta/cerrar/"])
def test_more_people_and_points_cost_no_more_queries_in_the_forms(page, as_user, meeting, sonia) -> None:
    desk = as_user(sonia)
    few = queries_of(desk, f"{DESK}{meeting.pk}/{page}")

    _more(meeting, sonia)

    assert queries_of(desk, f"{DESK}{meeting.pk}/{page}") == few


def test_a_department_officer_without_a_body_finds_an_empty_list_that_says_what_it_is(
    as_user, puerto_claro, aseo
) -> None:
    nora = make_member("Nora Luz", puerto_claro, "department_officer", aseo)

    assert "Aquí aparecen las reuniones" in as_user(nora).get(DESK).content.decode()


@pytest.mark.parametrize("who", ["sonia", "carmen"])
def test_the_bodies_one_may_plan_for_are_found_at_once(who, request, as_user, meeting, sonia) -> None:
    desk = as_user(request.getfixturevalue(who))
    few = queries_of(desk, f"{DESK}planificar/")

    _more(meeting, sonia)

    assert queries_of(desk, f"{DESK}planificar/") == few
