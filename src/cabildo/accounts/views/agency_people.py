"""The people of an agency: who holds which role in it, given and ended by its own administrator."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts import actions, queries
from cabildo.accounts.access import AgencyRequest, requires_agency, roles
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.forms import AgencyRoleForm, EndForm
from cabildo.accounts.models import Agency, AgencyMembership, User
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.parts import Crumb

MANAGE = AccountsPermission.MANAGE_AGENCY_PEOPLE


def find_membership(agency: Agency, membership_id: int) -> AgencyMembership:
    return get_object_or_404(AgencyMembership.objects.select_related("user", "agency"), agency=agency, pk=membership_id)


@requires_agency(MANAGE)
def people(request: AgencyRequest) -> HttpResponse:
    today = timezone.localdate()
    held = [
        {"membership": one, "role": _role(one), "is_open": one.ends_on is None or one.ends_on > today}
        for one in queries.agency_memberships(request.agency)
    ]
    return render(request, "accounts/agency_people.html", {"held": held})


def _role(held: AgencyMembership) -> Any:
    known = roles().get(held.role)
    return known.name if known else held.role


@requires_agency(MANAGE)
def grant(request: AgencyRequest) -> HttpResponse:
    """A role for somebody of the agency; whoever has no account yet is invited."""
    page = Page(
        heading=_("Dar un rol"),
        lead=_("Si la persona aún no tiene cuenta, le llega un correo con un enlace para elegir su clave."),
        submit=_("Dar el rol"),
        act=lambda data: _give(request.agency, data, by=request.user),
        done=_("El rol quedó dado."),
        back=reverse("agency_people:list"),
        crumbs=[Crumb(_("Personas"), reverse("agency_people:list"))],
    )
    return answer(request, AgencyRoleForm(sent(request)), page)


@transaction.atomic
def _give(agency: Agency, given: dict[str, Any], *, by: User) -> None:
    person, _created = actions.save_official(email=given["email"], full_name=given["full_name"], by=by)
    actions.grant_agency_role(agency, user=person, role=given["role"], starts_on=given["starts_on"], by=by)
    if person.reads_mail and not person.last_login:
        actions.invite_user(person, by=by, agency=agency)


@requires_agency(MANAGE, on=find_membership)
def end(request: AgencyRequest, held: AgencyMembership) -> HttpResponse:
    """The last day of a role; what was done with it stays on record."""
    page = Page(
        heading=_("Terminar un rol"),
        lead=f"{held.user}: {_role(held)}",
        submit=_("Terminar el rol"),
        act=lambda data: actions.end_agency_membership(held, on_date=data["ends_on"], by=request.user),
        done=_("El rol termina ese día."),
        back=reverse("agency_people:list"),
        crumbs=[Crumb(_("Personas"), reverse("agency_people:list"))],
    )
    return answer(request, EndForm(sent(request)), page)
