"""Officials are invited, given roles with dates, replaced while away, and let go."""

import re
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo.accounts import actions, links, queries
from cabildo.accounts.access import can
from cabildo.accounts.errors import AccountsError
from cabildo.accounts.models import Department, Membership, Substitution, User
from cabildo.accounts.runs import run_index
from cabildo.accounts.scoping import in_municipality
from cabildo.audit.models import Entry
from cabildo.tickets.choices import TicketPermission
from conftest import make_member, make_user

PEOPLE = "/m/puerto-claro/mesa/personas/"
TODAY = timezone.localdate
NEW = {"full_name": "Nora Leal", "email": "Nora@Muni.cl", "role": "department_officer", "starts_on": "2026-01-05"}
PASSWORD = "una frase que nadie adivina"


@pytest.fixture
def nora(as_user, admin, obras) -> User:
    as_user(admin).post(PEOPLE + "invitar/", {**NEW, "department": obras.pk, "position": "Inspectora"})
    return User.objects.get(email="nora@muni.cl")


def test_an_invited_official_chooses_a_password_and_enters(nora, run_jobs) -> None:
    run_jobs()
    link = re.search(r"http://\S+(/m/puerto-claro/cuenta/invitacion/\S+)", mail.outbox[-1].body)[1]
    browser = Client()
    browser.post(link, {"password": PASSWORD})
    entered = browser.post("/m/puerto-claro/cuenta/login/", {"login": nora.email, "password": PASSWORD}, follow=True)

    assert entered.redirect_chain[-1][0] == "/m/puerto-claro/mesa/"


def test_an_invitation_serves_once(nora) -> None:
    token = links.invitation_token(nora)
    actions.choose_password(nora, password=PASSWORD)

    assert links.invited_user(token) is None
    assert Client().get(f"/m/puerto-claro/cuenta/invitacion/{token}/").status_code == 404


def test_an_invitation_lasts_two_weeks(nora, time_machine) -> None:
    token = links.invitation_token(nora)
    time_machine.move_to(timezone.now() + timedelta(days=15))

    assert links.invited_user(token) is None


def test_a_weak_password_is_refused_with_the_reason(nora) -> None:
    page = Client().post(f"/m/puerto-claro/cuenta/invitacion/{links.invitation_token(nora)}/", {"password": "corta"})

    assert (page.status_code, nora.has_usable_password()) == (422, False)


def test_somebody_known_elsewhere_is_invited_to_enter_with_the_same_password(puerto_claro, admin, run_jobs) -> None:
    known = make_user("Pilar Otra")
    actions.invite_user(known, by=admin)
    run_jobs()

    assert "/cuenta/login/" in mail.outbox[-1].body


def test_a_role_of_a_department_needs_one(as_user, admin, obras) -> None:
    page = as_user(admin).post(PEOPLE + "invitar/", NEW)

    assert (page.status_code, User.objects.filter(email="nora@muni.cl").exists()) == (422, False)


def test_a_role_ends_on_its_last_day(as_user, admin, diego) -> None:
    held = Membership.objects.get(user=diego)
    as_user(admin).post(f"{PEOPLE}rol/{held.pk}/terminar/", {"ends_on": TODAY().isoformat()})
    held.refresh_from_db()

    assert held.ends_on == TODAY()


def test_a_deactivated_official_enters_no_more(as_user, admin, diego) -> None:
    as_user(admin).post(f"{PEOPLE}{diego.pk}/desactivar/")
    diego.refresh_from_db()

    assert (diego.is_active, Membership.objects.get(user=diego).ends_on) == (False, TODAY())


def test_an_account_that_another_municipality_needs_stays_open(admin, diego, otra_comuna) -> None:
    with in_municipality(otra_comuna):
        Membership.objects.create(municipality=otra_comuna, user=diego, role="mayor", starts_on=date(2020, 1, 1))
    actions.deactivate_user(diego, on_date=TODAY(), by=admin)
    diego.refresh_from_db()

    assert diego.is_active is True


def test_nobody_deactivates_their_own_account(admin) -> None:
    with pytest.raises(AccountsError, match="not_yourself"):
        actions.deactivate_user(admin, on_date=TODAY(), by=admin)


def test_the_last_administrator_keeps_the_role(admin, diego) -> None:
    with pytest.raises(AccountsError, match="last_administrator"):
        actions.end_membership(Membership.objects.get(user=admin), on_date=TODAY(), by=diego)


def test_a_substitution_passes_the_work_over_and_ends_early(as_user, admin, diego, carmen) -> None:
    days = {"starts_on": TODAY().isoformat(), "ends_on": (TODAY() + timedelta(days=9)).isoformat()}
    typed = {"absent": carmen.pk, "substitute": diego.pk, "reason": "leave", "act": "Decreto 12", **days}
    as_user(admin).post(PEOPLE + "subrogancias/registrar/", typed)
    during = can(User.objects.get(pk=diego.pk), TicketPermission.APPROVE)
    as_user(admin).post(f"{PEOPLE}subrogancias/{Substitution.objects.get().pk}/terminar/")

    assert (during, can(User.objects.get(pk=diego.pk), TicketPermission.APPROVE)) == (True, False)


@pytest.fixture
def people(admin, carmen, diego, oficina):
    return admin, carmen, diego, oficina


@pytest.mark.parametrize(("order", "code"), [(0, "substitute_away"), (1, "absent_stands_in")])
def test_who_stands_in_is_here_and_who_leaves_stands_in_for_nobody(people, order, code) -> None:
    admin, carmen, diego, oficina = people
    pairs = [(diego, oficina), (carmen, diego)]
    first, second = (pairs, pairs[::-1])[order]
    days = {"reason": "sick", "starts_on": TODAY(), "ends_on": TODAY() + timedelta(days=3), "by": admin}
    actions.substitute(absent=first[0], substitute=first[1], **days)

    with pytest.raises(AccountsError, match=code) as refusal:
        actions.substitute(absent=second[0], substitute=second[1], **days)

    assert str(diego) in refusal.value.sentence
    assert f"{TODAY():%d-%m-%Y}" in refusal.value.sentence


def test_on_other_days_nothing_is_in_the_way(admin, carmen, diego, oficina) -> None:
    later = TODAY() + timedelta(days=7)
    actions.substitute(absent=diego, substitute=oficina, reason="sick", starts_on=TODAY(), ends_on=TODAY(), by=admin)

    assert actions.substitute(absent=carmen, substitute=diego, reason="leave", starts_on=later, ends_on=later, by=admin)


def test_one_person_is_substituted_by_one_at_a_time(admin, diego, carmen, oficina) -> None:
    days = {"starts_on": TODAY(), "ends_on": TODAY() + timedelta(days=3), "reason": "leave", "by": admin}
    actions.substitute(absent=carmen, substitute=diego, **days)

    with pytest.raises(AccountsError, match="overlapping_substitution"):
        actions.substitute(absent=carmen, substitute=oficina, **days)


def test_the_alerts_of_an_absent_head_go_to_who_stands_in(admin, diego, carmen) -> None:
    actions.substitute(absent=carmen, substitute=diego, reason="sick", starts_on=TODAY(), ends_on=TODAY(), by=admin)

    assert queries.stand_ins([carmen.pk, diego.pk], TODAY()) == {carmen.pk: diego.pk}


def test_departments_are_added_and_changed_by_their_code(as_user, admin, obras) -> None:
    desk = as_user(admin)
    desk.post(PEOPLE + "direcciones/agregar/", {"code": "salud", "name": "Salud", "is_active": "on"})
    desk.post(PEOPLE + "direcciones/obras/", {"name": "Obras Municipales", "is_active": "on", "parent": ""})

    assert list(Department.objects.values_list("code", "name")) == [("obras", "Obras Municipales"), ("salud", "Salud")]


def test_the_list_finds_people_by_word_role_and_department(as_user, admin, diego, carmen, oficina) -> None:
    def found(query: str) -> list[str]:
        return [str(person) for person in as_user(admin).get(f"{PEOPLE}?{query}").context["page"].items]

    assert found("q=diego") == ["Diego Soto"]
    assert found("rol=department_head") == ["Carmen Díaz"]
    assert found("direccion=obras") == ["Carmen Díaz", "Diego Soto"]


def test_the_list_asks_the_same_questions_whatever_its_length(as_user, admin, obras) -> None:
    desk = as_user(admin)
    with CaptureQueriesContext(connection) as few:
        desk.get(PEOPLE)
    for name in ("Uno Uno", "Dos Dos", "Tres Tres"):
        make_member(name, obras.municipality, "department_officer", obras)
    with CaptureQueriesContext(connection) as many:
        desk.get(PEOPLE)

    assert len(few) == len(many) <= 12


def test_people_of_another_municipality_do_not_exist_here(as_user, admin, otra_comuna) -> None:
    with in_municipality(otra_comuna):
        foreign = make_member("Fabio Lejos", otra_comuna, "mayor")

    assert as_user(admin).get(f"{PEOPLE}{foreign.pk}/").status_code == 404


@pytest.mark.parametrize("page", ["", "invitar/", "direcciones/", "subrogancias/"])
def test_only_who_manages_people_enters(as_user, carmen, page: str) -> None:
    assert as_user(carmen).get(PEOPLE + page).status_code == 403


def test_what_changes_is_put_on_record_without_names(nora) -> None:
    told = {entry.action: entry.data for entry in Entry.objects.filter(action__in=["user.created", "user.invited"])}

    assert set(told) == {"user.created", "user.invited"}
    assert "Nora" not in str(told)


def declare(as_user, admin, who: User, run: str):
    answer = as_user(admin).post(f"{PEOPLE}{who.pk}/run/", {"run": run})
    who.refresh_from_db()
    return answer


def test_a_run_is_declared_kept_encrypted_and_audited_without_it(as_user, admin, diego) -> None:
    declare(as_user, admin, diego, "12.345.678-5")

    with connection.cursor() as cursor:
        cursor.execute("SELECT declared_run FROM accounts_user WHERE id = %s", [diego.pk])
        assert "12345678" not in str(cursor.fetchone()[0])
    assert (diego.declared_run, diego.declared_run_index) == ("12345678-5", run_index("12345678-5"))
    entry = Entry.objects.get(action="user.run_declared")
    assert (entry.subject_id, entry.actor_id, entry.data) == (str(diego.pk), str(admin.pk), {})


def test_a_declared_run_opens_no_door_and_looking_at_it_is_logged(as_user, admin, diego) -> None:
    declare(as_user, admin, diego, "12345678-5")
    assert diego.run_index is None

    page = as_user(admin).get(f"{PEOPLE}{diego.pk}/run/")

    assert page.context["form"]["run"].value() == "12345678-5"
    assert Entry.objects.filter(action="personal_data.read", subject_id=str(diego.pk), reason="declare_run").exists()


def test_a_wrong_run_is_refused_and_an_empty_one_takes_it_back(as_user, admin, diego) -> None:
    assert declare(as_user, admin, diego, "12345678-4").status_code == 422
    declare(as_user, admin, diego, "12345678-5")
    declare(as_user, admin, diego, "")

    assert (diego.declared_run, diego.declared_run_index) == (None, None)
    assert Entry.objects.filter(action="user.run_forgotten").exists()


def test_only_who_manages_people_declares_a_run(as_user, oficina, diego) -> None:
    assert as_user(oficina).get(f"{PEOPLE}{diego.pk}/run/").status_code == 403


@pytest.fixture
def told_elsewhere(diego, otra_comuna) -> User:
    """Diego works in another municipality too, where his RUN was declared."""
    with in_municipality(otra_comuna):
        actions.declare_run(diego, run="12345678-5", by=make_member("Alba Lejos", otra_comuna, "administrator"))
    return diego


def test_a_run_that_another_municipality_declared_is_neither_read_nor_changed_here(
    as_user, admin, told_elsewhere
) -> None:
    page = as_user(admin).get(f"{PEOPLE}{told_elsewhere.pk}/run/")
    answers = [declare(as_user, admin, told_elsewhere, run) for run in ("", "11.111.111-1")]

    assert "12345678-5" not in page.content.decode()
    assert [answer.status_code for answer in answers] == [422, 422]
    assert told_elsewhere.declared_run == "12345678-5"


def test_who_had_declared_a_run_before_is_read_from_the_audit(told_elsewhere, otra_comuna) -> None:
    User.objects.update(declared_in=None)

    import_module("cabildo.accounts.migrations.0005_declared_where").fill_from_audit(apps, None)

    assert User.objects.get(pk=told_elsewhere.pk).declared_in == otra_comuna


def test_who_has_no_run_costs_no_query(diego, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert queries.same_person(diego) == {diego.pk}


def test_nobody_stands_in_for_days_that_are_over(admin, diego, carmen) -> None:
    day = TODAY() - timedelta(days=1)

    with pytest.raises(AccountsError) as refused:
        actions.substitute(absent=carmen, substitute=diego, reason="leave", starts_on=day, ends_on=day, by=admin)

    assert refused.value.code == "substitution_over"
