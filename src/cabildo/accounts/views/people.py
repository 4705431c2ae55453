"""The officials of the municipality: who they are, which roles they hold and since when."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cabildo.accounts import actions, hooks, queries
from cabildo.accounts.access import StaffRequest, requires, roles, saw
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.errors import AccountsError
from cabildo.accounts.forms import EndForm, InvitationForm, RoleForm, RunForm, role_choices
from cabildo.accounts.models import Department, Membership, User
from cabildo.accounts.roles import outside_roles
from cabildo.accounts.scoping import current_municipality
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.ui.lists import ChoiceFilter, Filter, ListSpec, SortOption, TextFilter
from cabildo.ui.parts import Column, Crumb
from cabildo.ui.spanish import number

PAGE_SIZE = 20
MANAGE = AccountsPermission.MANAGE_PEOPLE
STATES = [("activa", gettext_lazy("Activa")), ("inactiva", gettext_lazy("Desactivada"))]
COLUMNS = [
    Column("name", gettext_lazy("Nombre")),
    Column("roles", gettext_lazy("Roles de hoy")),
    Column("entered", gettext_lazy("Último ingreso")),
]
BY_NAME = SortOption("nombre", gettext_lazy("Por nombre"), ("full_name", "pk"))


def find_person(user: Any, person_id: int) -> User:
    """Somebody with a role in this municipality, now or before; of others nothing is known here."""
    person: User = get_object_or_404(queries.officials(), pk=person_id)
    person.municipality_id = current_municipality().pk  # type: ignore[attr-defined]  # as whose official they are seen
    return person


def find_membership(user: Any, membership_id: int) -> Membership:
    """A role that the municipality gave; those of a programme are not ended here."""
    given = Membership.objects.exclude(role__in=outside_roles()).select_related("user", "department")
    return get_object_or_404(given, pk=membership_id)


def _spec() -> ListSpec:
    departments = list(Department.objects.values_list("code", "name"))
    filters: list[Filter] = [
        TextFilter("q", _("Nombre o correo")),
        ChoiceFilter("rol", _("Rol"), role_choices()),
        ChoiceFilter("direccion", _("Dirección"), departments),
        ChoiceFilter("cuenta", _("Cuenta"), STATES),
    ]
    return ListSpec(filters, COLUMNS, [BY_NAME])


@requires(MANAGE)
def people(request: StaffRequest) -> HttpResponse:
    listing = _spec().read(request.GET)
    asked = listing.values
    found = queries.officials(
        words=asked["q"],
        role=asked["rol"],
        department=asked["direccion"],
        active={"activa": True, "inactiva": False}.get(asked["cuenta"]),
    )
    try:
        shown = page(found, listing.sort.order, listing.cursor, PAGE_SIZE)
    except InvalidCursor:
        return redirect("accounts:people")
    count = capped_count(found).number
    context = {
        "heading": _("Funcionarias y funcionarios"),
        "listing": listing,
        "page": shown,
        "rows": [(person, _today(person)) for person in shown.items],
        "count_words": ngettext("%s persona", "%s personas", count) % number(count),
        "warnings": hooks.people_warnings(),
        "outsiders": [(held, roles()[held.role].name) for held in queries.from_outside(timezone.localdate())],
    }
    return render(request, "accounts/people.html", context)


def _today(person: Any) -> list[str]:
    """The roles of today, as the query brought them."""
    return [_held(membership) for membership in person.held]


def _held(membership: Membership) -> str:
    role = roles().get(membership.role)
    name = str(role.name) if role else membership.role
    return f"{name} · {membership.department}" if membership.department else name


@requires(MANAGE, on=find_person)
def person(request: StaffRequest, person: User) -> HttpResponse:
    """One person: account, roles with their dates, what can be done."""
    today = timezone.localdate()
    held = [{"membership": m, "name": _held(m), "is_open": may_end(m, today)} for m in queries.memberships_of(person)]
    context = {"person": person, "held": held, "has_run": _is_declared_here(person), "crumbs": _crumbs(person)}
    return render(request, "accounts/person.html", context)


def may_end(held: Membership, today: date) -> bool:
    """Does it last, and is it the municipality's to end?"""
    return held.role not in outside_roles() and (held.ends_on is None or held.ends_on > today)


def _crumbs(person: User, *more: str) -> list[Crumb]:
    trail = [Crumb(_("Funcionarias y funcionarios"), reverse("accounts:people"))]
    if not more:
        return [*trail, Crumb(str(person))]
    return [*trail, Crumb(str(person), reverse("accounts:person", args=[person.pk])), Crumb(more[0])]


@requires(MANAGE)
def invite(request: StaffRequest) -> HttpResponse:
    """A new official with a first role; the invitation leaves by mail."""
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        try:
            added = _add(form.cleaned_data, by=request.user)
        except AccountsError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Invitamos a %s. Le llegará un correo para entrar.") % added)
            return redirect("accounts:person", added.pk)
    context = {
        "heading": _("Invitar a una persona"),
        "lead": _("Le llega un correo con un enlace para elegir su clave. Nadie más la conoce."),
        "form": form,
        "submit_label": _("Invitar"),
        "cancel_url": reverse("accounts:people"),
        "crumbs": [Crumb(_("Funcionarias y funcionarios"), reverse("accounts:people")), Crumb(_("Invitar"))],
    }
    return render(request, "ui/form_page.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _add(given: dict[str, Any], *, by: Any) -> User:
    official, _created = actions.save_official(email=given["email"], full_name=given["full_name"], by=by)
    _grant(official, given, by=by)
    actions.invite_user(official, by=by)
    return official


def _grant(official: User, given: dict[str, Any], *, by: Any) -> None:
    actions.grant_role(
        user=official,
        role=given["role"],
        department=given["department"],
        position=given["position"],
        starts_on=given["starts_on"],
        by=by,
    )


@requires(MANAGE, on=find_person)
def grant(request: StaffRequest, person: User) -> HttpResponse:
    form = RoleForm(request.POST or None)
    if form.is_valid():
        _grant(person, form.cleaned_data, by=request.user)
        messages.success(request, _("El rol quedó dado."))
        return redirect("accounts:person", person.pk)
    context = {
        "heading": _("Dar un rol a %s") % person,
        "form": form,
        "submit_label": _("Dar el rol"),
        "cancel_url": reverse("accounts:person", args=[person.pk]),
        "crumbs": _crumbs(person, _("Dar un rol")),
    }
    return render(request, "ui/form_page.html", context, status=422 if form.is_bound else 200)


@requires(MANAGE, on=find_membership)
def end(request: StaffRequest, membership: Membership) -> HttpResponse:
    """The last day of a role; what was done with it stays on record."""
    person = membership.user
    form = EndForm(request.POST or None)
    if form.is_valid():
        try:
            actions.end_membership(membership, on_date=form.cleaned_data["ends_on"], by=request.user)
        except AccountsError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("El rol termina ese día."))
            return redirect("accounts:person", person.pk)
    context = {
        "heading": _("Terminar un rol"),
        "lead": f"{person}: {_held(membership)}",
        "form": form,
        "submit_label": _("Terminar el rol"),
        "cancel_url": reverse("accounts:person", args=[person.pk]),
        "crumbs": _crumbs(person, _("Terminar un rol")),
    }
    return render(request, "ui/form_page.html", context, status=422 if form.is_bound else 200)


def _is_declared_here(person: User) -> bool:
    return bool(person.declared_run_index) and person.declared_in_id == current_municipality().pk


@requires(MANAGE, on=find_person)
def declare_run(request: StaffRequest, person: User) -> HttpResponse:
    """Whose account it is: a complaint about them reaches none of their accounts. It does not let anybody in."""
    known = person.declared_run if _is_declared_here(person) else ""
    form = RunForm(request.POST or None, initial={"run": known})
    if form.is_valid():
        try:
            actions.declare_run(person, run=form.cleaned_data["run"], by=request.user)
        except AccountsError as refusal:
            form.add_error("run", refusal.sentence)
        else:
            done = _("El RUN quedó guardado.") if form.cleaned_data["run"] else _("El RUN se borró.")
            messages.success(request, done)
            return redirect("accounts:person", person.pk)
    if known:
        saw(request, [person])
    context = {
        "heading": _("RUN de %s") % person,
        "lead": _(
            "Sirve para que un reclamo sobre esta persona no llegue a ninguna de sus cuentas. "
            "No permite entrar: para eso la propia persona vincula ClaveÚnica en «Mi cuenta»."
        ),
        "form": form,
        "submit_label": _("Guardar"),
        "cancel_url": reverse("accounts:person", args=[person.pk]),
        "crumbs": _crumbs(person, _("RUN")),
    }
    return render(request, "ui/form_page.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires(MANAGE, on=find_person)
def invite_again(request: StaffRequest, person: User) -> HttpResponse:
    try:
        actions.invite_user(person, by=request.user)
    except AccountsError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Enviamos otra vez la invitación a %s.") % person.email)
    return redirect("accounts:person", person.pk)


@requires(MANAGE, on=find_person)
def deactivate(request: StaffRequest, person: User) -> HttpResponse:
    """Asks with the consequence in words, then ends every role here."""
    back = reverse("accounts:person", args=[person.pk])
    if request.method == "POST":
        try:
            actions.deactivate_user(person, on_date=timezone.localdate(), by=request.user)
        except AccountsError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("%s ya no puede entrar a esta municipalidad.") % person)
        return redirect(back)
    context = {
        "heading": _("¿Desactivar a %s?") % person,
        "consequence": _(
            "Hoy terminan todos sus roles en esta municipalidad. Lo que hizo sigue en las historias de las solicitudes."
        ),
        "confirm_label": _("Desactivar"),
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@require_POST
@requires(MANAGE, on=find_person)
def reactivate(request: StaffRequest, person: User) -> HttpResponse:
    actions.reactivate_user(person, by=request.user)
    messages.success(request, _("La cuenta de %s está activa. Dele un rol para que pueda trabajar.") % person)
    return redirect("accounts:person", person.pk)
