"""What the municipality attends to: terms of its ordinance, categories and who answers where."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, requires
from cabildo.kit.text import fold
from cabildo.site.setup.forms import CategoryForm, RouteForm, TermForm
from cabildo.site.setup.views.frame import crumbs, form_page
from cabildo.tickets.actions import catalogue
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.models import Category, RoutingRule, TermRule
from cabildo.ui.parts import Crumb

CONFIGURE = TicketPermission.CONFIGURE


def find_category(user: Any, code: str) -> Category:
    return get_object_or_404(Category.objects.select_related("department"), code=code)


@requires(CONFIGURE)
def terms(request: StaffRequest) -> HttpResponse:
    """Every term with its article, those proposed by the tree to be confirmed, and a form to fix one."""
    if request.POST.get("hacer") == "confirmar":
        catalogue.confirm_terms(by=request.user)
        messages.success(request, _("Los plazos propuestos quedaron confirmados."))
        return redirect("setup:terms")
    if request.POST.get("hacer") == "quitar":
        return _dropped(request)
    form = TermForm(request.POST or None, initial={"unit": "habiles"})
    if form.is_valid():
        rule = catalogue.set_term(by=request.user, **form.cleaned_data)
        messages.success(request, _fixed_words(rule))
        return redirect("setup:terms")
    rules = list(TermRule.objects.select_related("category").order_by("category__position", "kind"))
    proposed = sum(rule.is_proposed for rule in rules)
    context = {"form": form, "rules": rules, "proposed": proposed, "crumbs": crumbs(_("Plazos de la ordenanza"))}
    return render(request, "site/setup/terms.html", context, status=422 if form.is_bound else 200)


def _fixed_words(rule: TermRule) -> str:
    """What it rules from now on: one for all kinds leaves out those that keep a term of their own."""
    words = _("El plazo quedó fijado para las solicitudes que ingresen desde ahora.")
    own = TermRule.objects.filter(category=None).exclude(kind="")
    if rule.kind or rule.category_id or not own:
        return words
    kinds = ", ".join(one.get_kind_display() for one in own.order_by("kind"))
    return f"{words} {_('Siguen con su propio plazo: %s. Quítelo en la tabla para que rija éste.') % kinds}"


def _dropped(request: StaffRequest) -> HttpResponse:
    pk = request.POST.get("plazo", "")
    catalogue.drop_term(get_object_or_404(TermRule, pk=pk if pk.isdecimal() else None), by=request.user)
    messages.success(request, _("El plazo se quitó. Rige el siguiente más general, o el de la ley."))
    return redirect("setup:terms")


@requires(CONFIGURE)
def categories(request: StaffRequest) -> HttpResponse:
    """All categories with who answers; those without are one click away."""
    found = Category.objects.select_related("department").prefetch_related("routes__department")
    orphans = "sin" in request.GET
    if orphans:
        found = found.filter(Q(department=None) | Q(department__is_active=False), is_open=True)
    words = fold(request.GET.get("q", "")).split()
    rows = [c for c in found if all(word in fold(f"{c.group_label} {c.label}") for word in words)]
    context = {"categories": rows, "orphans": orphans, "q": request.GET.get("q", ""), "crumbs": crumbs(_("Categorías"))}
    return render(request, "site/setup/categories.html", context)


@requires(CONFIGURE, on=find_category)
def category(request: StaffRequest, category: Category) -> HttpResponse:
    """What the municipality decides of one category; its words and questions come from the pack."""
    form = CategoryForm(request.POST or None, instance=category)
    if form.is_valid():
        catalogue.configure_category(category, by=request.user, **form.cleaned_data)
        messages.success(request, _("«%s» quedó guardada.") % category.label)
        return redirect("setup:categories")
    routes = RoutingRule.objects.filter(category=category).select_related("department").order_by("area_code")
    trail = [*crumbs(), Crumb(_("Categorías"), reverse("setup:categories")), Crumb(category.label)]
    more = {"category": category, "routes": list(routes), "route_form": RouteForm(), "crumbs": trail}
    return form_page(
        request,
        form,
        category.label,
        template="site/setup/category.html",
        lead=category.definition.get("help", ""),
        cancel_url=reverse("setup:categories"),
        **more,
    )


@require_POST
@requires(CONFIGURE, on=find_category)
def route(request: StaffRequest, category: Category) -> HttpResponse:
    form = RouteForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        catalogue.set_route(category, area_code=given["area"].code, department=given["department"], by=request.user)
        messages.success(request, _("Sector: %(area)s. Responde: %(department)s.") % given)
    else:
        messages.error(request, _("Elija el sector y la dirección que responde en él."))
    return redirect("setup:category", category.code)


@require_POST
@requires(CONFIGURE, on=find_category)
def drop_route(request: StaffRequest, category: Category) -> HttpResponse:
    """The category's own department answers again in this area; who takes it away twice is told the same."""
    rule = RoutingRule.objects.filter(category=category, area_code=request.POST.get("sector", "")).first()
    if rule is not None:
        catalogue.drop_route(rule, by=request.user)
    messages.success(request, _("En ese sector responde otra vez la dirección de la materia."))
    return redirect("setup:category", category.code)
