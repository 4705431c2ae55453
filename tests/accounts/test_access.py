"""Deny by default; roles are dated; whoever stands in may do what the absent could."""

from datetime import date, timedelta

import pytest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_scopes.exceptions import ScopeError

from cabildo.accounts import actions
from cabildo.accounts.access import can, public, register_predicate, requires, roles, would_open
from cabildo.accounts.errors import AccountsError
from cabildo.accounts.models import Department, Membership, Substitution
from cabildo.accounts.queries import acting_for, department_ids
from cabildo.accounts.scoping import in_municipality
from cabildo.tickets.choices import TicketPermission

TODAY = date(2026, 11, 20)


@pytest.fixture
def suplente(puerto_claro):
    from conftest import make_user

    return make_user("Sofía Suplente")


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def test_nobody_may_anything_without_a_role(puerto_claro, externo) -> None:
    assert [p for p in TicketPermission if can(externo, p)] == []


def test_a_role_grants_exactly_its_permissions(diego) -> None:
    granted = {p for p in TicketPermission if can(diego, p)}

    assert granted == roles()["department_officer"].permissions & set(TicketPermission)


def test_a_role_of_one_municipality_is_none_in_another(diego, otra_comuna) -> None:
    with in_municipality(otra_comuna):
        assert not can(fresh(diego), TicketPermission.VIEW)


def test_an_object_of_another_municipality_is_always_refused(oficina, otra_comuna) -> None:
    foreign = Department.objects.create(municipality=otra_comuna, code="x", name="Otra")

    assert not can(oficina, TicketPermission.VIEW_ALL, on=foreign)


@pytest.mark.parametrize(
    ("starts", "ends", "held"), [(0, None, True), (1, None, False), (-9, -1, False), (-9, 0, True)]
)
def test_a_role_holds_between_its_dates(puerto_claro, externo, starts, ends, held) -> None:
    today = timezone.localdate()
    Membership.objects.create(
        municipality=puerto_claro,
        user=externo,
        role="mayor",
        starts_on=today + timedelta(days=starts),
        ends_on=None if ends is None else today + timedelta(days=ends),
    )

    assert can(externo, TicketPermission.VIEW_ALL) is held


def test_whoever_stands_in_may_do_what_the_absent_could(puerto_claro, carmen, suplente, obras, admin) -> None:
    today = timezone.localdate()
    actions.substitute(absent=carmen, substitute=suplente, reason="leave", starts_on=today, ends_on=today, by=admin)

    assert can(suplente, TicketPermission.APPROVE)
    assert department_ids(suplente) == {obras.pk}
    assert acting_for(suplente, obras.pk) == carmen.pk


def test_the_substitution_ends_with_its_last_day(puerto_claro, carmen, suplente, admin) -> None:
    today = timezone.localdate()
    actions.substitute(absent=carmen, substitute=suplente, reason="leave", starts_on=today, ends_on=today, by=admin)
    yesterday = today - timedelta(days=1)
    Substitution.objects.update(starts_on=yesterday, ends_on=yesterday)

    assert not can(suplente, TicketPermission.APPROVE)


def test_an_inactive_account_may_nothing(diego) -> None:
    diego.is_active = False
    diego.save()

    assert not can(diego, TicketPermission.VIEW)


def test_an_unscoped_query_raises(db) -> None:
    with pytest.raises(ScopeError):
        list(Department.objects.all())


def test_a_scope_hides_the_other_municipality(puerto_claro, obras, otra_comuna) -> None:
    Department.objects.create(municipality=otra_comuna, code="obras", name="Obras de la otra")

    assert list(Department.objects.values_list("name", flat=True)) == ["Dirección de Obras"]


def test_a_department_role_needs_its_department(puerto_claro, externo, admin) -> None:
    with pytest.raises(AccountsError) as refusal:
        actions.grant_role(user=externo, role="department_head", by=admin, starts_on=TODAY)

    assert refusal.value.code == "department_needed"


def test_nobody_stands_in_for_themselves(puerto_claro, carmen, admin) -> None:
    with pytest.raises(AccountsError) as refusal:
        actions.substitute(absent=carmen, substitute=carmen, reason="leave", starts_on=TODAY, ends_on=TODAY, by=admin)

    assert "subrogarse a sí mismo" in refusal.value.sentence


def test_a_door_says_beforehand_whom_it_would_let_in(diego, obras, aseo, monkeypatch) -> None:
    monkeypatch.setattr("cabildo.accounts.access._predicates", {})
    monkeypatch.setattr("cabildo.accounts.access._unnarrowed", {})
    register_predicate(TicketPermission.WORK, lambda _user, found: found == obras)
    asked = []

    def find(_user, code: str) -> Department:
        asked.append(code)
        return get_object_or_404(Department, code=code)

    def view(_request, _found) -> None: ...

    narrowed, plain = requires(TicketPermission.WORK, on=find)(view), requires(TicketPermission.VIEW, on=find)(view)
    opened = [would_open(diego, narrowed, {"code": code}) for code in (obras.code, aseo.code, "nada")]
    assert (opened, asked) == ([True, False, False], [obras.code, aseo.code, "nada"])
    assert would_open(diego, plain, {"code": "nada"})
    assert would_open(diego, public(view), {})
    assert not would_open(diego, requires(TicketPermission.VIEW_ALL)(view), {})
    assert len(asked) == 3


def test_what_is_not_narrowed_for_a_person_is_not_fetched_for_them(diego, monkeypatch) -> None:
    monkeypatch.setattr("cabildo.accounts.access._predicates", {})
    monkeypatch.setattr("cabildo.accounts.access._unnarrowed", {})
    register_predicate(TicketPermission.WORK, lambda _user, _found: False, unless=lambda user: user == diego)

    def find(_user) -> Department:
        raise AssertionError

    door = requires(TicketPermission.WORK, on=find)(find)
    assert would_open(diego, door, {})


def test_a_desk_page_sends_a_stranger_to_the_login(client, puerto_claro) -> None:
    answer = client.get("/m/puerto-claro/mesa/")

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/m/puerto-claro/cuenta/login/")


def test_a_desk_page_refuses_who_has_no_role(as_user, externo) -> None:
    assert as_user(externo).get("/m/puerto-claro/mesa/").status_code == 403


def test_an_unknown_municipality_does_not_exist(client, db) -> None:
    assert client.get("/m/no-existe/").status_code == 404


@pytest.mark.usefixtures("puerto_claro")
def test_a_mapped_host_answers_for_its_municipality(client, settings) -> None:
    settings.MUNICIPALITY_HOSTS = {"puertoclaro.cl": "puerto-claro"}
    settings.ALLOWED_HOSTS = ["puertoclaro.cl"]

    page = client.get("/", headers={"host": "puertoclaro.cl"})

    assert "Municipalidad de Puerto Claro" in page.content.decode()
    assert 'href="/solicitudes/nueva/"' in page.content.decode()


def test_not_found_is_a_page_in_spanish(client, puerto_claro) -> None:
    page = client.get("/m/puerto-claro/nada/")

    assert page.status_code == 404
    assert "No encontramos esta página" in page.content.decode()
