"""The desk of an agency: its door, its people, whom a programme sends into a municipality, and who is kept out."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cabildo.accounts import actions, queries
from cabildo.accounts.access import can, can_in_agency, roles
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.errors import AccountsError
from cabildo.accounts.models import Agency, AgencyMembership, Department, Membership, Municipality, User
from cabildo.accounts.scoping import current_municipality, in_municipalities, is_in_one_municipality
from cabildo.quality.choices import QualityPermission
from conftest import make_member, make_user
from e2e.site_map import answer_of, pages, routes
from factories.programme import agency, enrol, entered, lead, make_agency, make_agency_member, professional

__all__ = ["agency", "lead", "professional"]
pytestmark = pytest.mark.django_db
HOME = "/a/subdere/"


@pytest.fixture
def head(agency) -> User:
    return make_agency_member("Irene Cañas", agency, "agency_administrator")


def text(answer) -> str:
    return answer.content.decode()


def refused(code: str):
    return pytest.raises(AccountsError, match=f"^{code}$")


def sent_here(user: User, role: str = "validator") -> Membership:
    return actions.assign_from_outside(user=user, role=role, starts_on=timezone.localdate(), by=user)


# -- several municipalities -------------------------------------------------------------------------------------------


def test_in_several_municipalities_only_their_rows_are_seen_and_none_is_the_one(
    puerto_claro, otra_comuna, obras, aseo
) -> None:
    with in_municipalities([puerto_claro.pk, otra_comuna.pk]):
        assert Department.objects.count() == 2
        assert not is_in_one_municipality()
        with pytest.raises(LookupError, match="several municipalities"):
            current_municipality()
        with pytest.raises(LookupError):
            can(make_user("Alguien"), AccountsPermission.ENTER_DESK)
    with in_municipalities([otra_comuna.pk]):
        assert not Department.objects.exists()
    with in_municipalities([]):
        assert not Department.objects.exists()


# -- roles ------------------------------------------------------------------------------------------------------------


def test_a_role_of_an_agency_opens_nothing_in_a_municipality_nor_the_other_way(puerto_claro, agency, lead) -> None:
    mayor = make_member("Ana Reyes", puerto_claro, "mayor")

    assert can_in_agency(lead, QualityPermission.MANAGE_PROGRAMME, agency)
    assert not can(lead, QualityPermission.VIEW)
    assert not any(can_in_agency(mayor, permission, agency) for permission in roles()["mayor"].permissions)


def test_a_role_in_an_agency_begins_and_ends_and_holds_in_no_other(agency, head) -> None:
    today, other = timezone.localdate(), make_agency("otro", "Otro")
    person = make_user("Marta Olea")
    given = actions.grant_agency_role(agency, user=person, role="programme_lead", starts_on=today, by=head)
    assert can_in_agency(person, QualityPermission.VIEW_PROGRAMME, agency)
    assert not can_in_agency(person, QualityPermission.VIEW_PROGRAMME, other)

    AgencyMembership.objects.filter(pk=given.pk).update(starts_on=today - timedelta(days=5))
    given.refresh_from_db()
    actions.end_agency_membership(given, on_date=today - timedelta(days=1), by=head)

    assert not can_in_agency(User.objects.get(pk=person.pk), QualityPermission.VIEW_PROGRAMME, agency)


def test_each_role_is_held_only_where_it_belongs(puerto_claro, agency, admin) -> None:
    today = timezone.localdate()
    given = {"user": make_user("Alguien"), "starts_on": today, "by": admin}

    for role, code in {"validator": "role_from_outside", "programme_lead": "role_of_agency"}.items():
        with refused(code):
            actions.grant_role(role=role, **given)
    with refused("role_of_municipality"):
        actions.grant_agency_role(agency, role="mayor", **given)
    with refused("role_held_at_home"):
        actions.assign_from_outside(role="mayor", **given)


def test_the_last_administrator_of_an_agency_stays(agency, head) -> None:
    with refused("last_agency_administrator"):
        actions.end_agency_membership(AgencyMembership.objects.get(), on_date=timezone.localdate(), by=head)


# -- people from outside ----------------------------------------------------------------------------------------------


def test_who_is_sent_from_outside_may_what_the_role_says_and_is_no_one_to_choose(puerto_claro, admin) -> None:
    visitor = make_user("Berta Ruz")
    assert sent_here(visitor) == sent_here(visitor)

    assert can(visitor, QualityPermission.VALIDATE)
    assert visitor not in queries.people_here()
    assert visitor not in queries.officials()


def test_the_assignment_ends_and_may_begin_again_the_same_day(puerto_claro) -> None:
    visitor, today = make_user("Berta Ruz"), timezone.localdate()
    sent_here(visitor)
    actions.withdraw_from_outside(user=visitor, role="validator", on_date=today, by=visitor)
    assert Membership.objects.get().ends_on == today

    sent_here(visitor)

    assert Membership.objects.get().ends_on is None


def test_the_people_page_shows_them_apart_and_offers_nothing_to_do(puerto_claro, admin, as_user) -> None:
    visitor = make_user("Berta Ruz")
    held = sent_here(visitor)
    browser = as_user(admin)

    page = text(browser.get("/m/puerto-claro/mesa/personas/"))

    assert "De fuera" in page
    assert page.index("De fuera") < page.index("Berta Ruz")
    assert browser.get(f"/m/puerto-claro/mesa/personas/{visitor.pk}/").status_code == 404
    assert browser.post(f"/m/puerto-claro/mesa/personas/rol/{held.pk}/terminar/").status_code == 404
    assert "Validador" not in text(browser.get("/m/puerto-claro/mesa/personas/invitar/"))


def test_leaving_the_municipality_does_not_end_what_a_programme_gave(puerto_claro, admin) -> None:
    both = make_member("Berta Ruz", puerto_claro, "counter_officer")
    sent_here(both)

    actions.deactivate_user(both, on_date=timezone.localdate(), by=admin)

    assert User.objects.get(pk=both.pk).is_active
    assert Membership.objects.get(role="validator").ends_on is None
    with refused("role_from_outside"):
        actions.end_membership(Membership.objects.get(role="validator"), on_date=timezone.localdate(), by=admin)


# -- entering ---------------------------------------------------------------------------------------------------------


def test_after_login_a_person_with_only_agency_roles_lands_at_its_desk(puerto_claro, lead) -> None:
    answer = entered(lead).get("/cuenta/entrada/")
    assert (answer.status_code, answer["Location"]) == (302, HOME)

    assert entered(lead).get(f"{HOME}cuenta/entrada/")["Location"] == HOME
    assert "Municipalidades" in text(entered(lead).get(HOME))


def test_with_several_desks_one_chooses_and_the_landing_page_names_them(puerto_claro, agency, professional) -> None:
    sent_here(professional, "programme_professional")

    for page in ("/cuenta/entrada/", "/"):
        shown = text(entered(professional).get(page))
        assert 'href="/a/subdere/"' in shown
        assert 'href="/m/puerto-claro/mesa/"' in shown


def test_who_has_not_entered_is_asked_to_and_an_unknown_agency_is_not_found(client, agency) -> None:
    assert client.get(f"{HOME}calidad/")["Location"] == f"{HOME}cuenta/login/?next=/a/subdere/calidad/"
    assert "Mesa de trabajo del organismo" in text(client.get(f"{HOME}cuenta/login/"))
    assert client.get("/a/no-existe/").status_code == 404


def test_an_agency_may_ask_for_a_second_step(agency, lead) -> None:
    Agency.objects.update(requires_second_factor=True)

    assert entered(lead).get(f"{HOME}calidad/")["Location"] == f"{HOME}cuenta/segundo-paso/"


def test_the_administrator_gives_a_role_and_who_is_new_is_written_to(agency, head, run_jobs) -> None:
    told = {"full_name": "Marta Olea", "email": "marta@ejemplo.cl", "role": "programme_lead", "starts_on": "2026-01-01"}
    page = text(entered(head).post(f"{HOME}personas/dar-rol/", told, follow=True))
    run_jobs()

    assert ("El rol quedó dado." in page, "Marta Olea" in page) == (True, True)
    assert "/a/subdere/cuenta/invitacion/" in mail.outbox[0].body
    assert mail.outbox[0].subject == "Invitación para entrar a la plataforma de SUBDERE"
    address = mail.outbox[0].body.split("http://127.0.0.1:8000")[1].split()[0]
    assert entered(head).post(address, {"password": "una-frase-que-solo-yo"}).status_code == 302
    assert User.objects.get(email="marta@ejemplo.cl").has_usable_password()


def test_the_administrator_ends_a_role_of_the_own_agency_alone(agency, head, lead) -> None:
    browser, other = entered(head), make_agency("otro", "Otro")
    make_agency_member("Olga Ruz", other, "programme_lead")
    mine, theirs = (AgencyMembership.objects.get(agency=one, role="programme_lead") for one in (agency, other))

    browser.post(f"{HOME}personas/rol/{mine.pk}/terminar/", {"ends_on": "2026-01-01"})

    assert AgencyMembership.objects.get(pk=mine.pk).ends_on is not None
    assert browser.get(f"{HOME}personas/rol/{theirs.pk}/terminar/").status_code == 404


# -- the wrong people at every address --------------------------------------------------------------------------------

INSIDE = "cabildo.site.urls_agency"
OPEN = ("cuenta/", "estilo/", "datos-abiertos/")


def wrong(who: str, agency: Agency, puerto_claro: Municipality) -> User:
    if who == "another agency's lead":
        return make_agency_member("Olga Ruz", make_agency("otro", "Otro"), "programme_lead")
    if who == "a validator":
        sent_here(visitor := make_user("Berta Ruz"))
        return visitor
    if who == "nobody":
        return make_user("Externo Nadie")
    return make_member("Persona", puerto_claro, who)


WRONG = ["another agency's lead", "a validator", "nobody", "mayor", "administrator", "quality_counterpart"]


@pytest.mark.parametrize("who", WRONG)
def test_the_wrong_people_are_refused_at_every_address_of_an_agency(who, puerto_claro, agency, lead) -> None:
    enrol(puerto_claro, agency)
    held = AgencyMembership.objects.get().pk
    values = {"slug": ["puerto-claro"], "membership_id": [held]}
    browser = entered(wrong(who, agency, puerto_claro))
    walked = [address for route in routes(INSIDE) for _page, tried in pages(route, values) for address in tried]
    closed = [address for address in walked if not address.startswith(OPEN)]

    answers = {address: answer_of(browser, HOME + address) for address in closed}
    posts = {address: browser.post(HOME + address, {}).status_code for address in closed}

    assert len(closed) >= 10
    assert set(answers.values()) == {"403"}, answers
    assert set(posts.values()) == {403}, posts
