"""The start of the set-up, who the municipality is, how it looks, and its opening to the public."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts import actions
from cabildo.accounts.access import StaffRequest, requires
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.errors import AccountsError
from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import current_municipality
from cabildo.documents.errors import DocumentsError
from cabildo.site.setup import arms, stages
from cabildo.site.setup.forms import HUES, ColourForm, CommuneForm, IdentityForm
from cabildo.site.setup.views.frame import crumbs, form_page
from cabildo.ui import brand

MANAGE = AccountsPermission.MANAGE_MUNICIPALITY
SAVED = "Los cambios quedaron guardados."


@requires(MANAGE)
def start(request: StaffRequest) -> HttpResponse:
    """The list of stages with what is done and what is missing."""
    municipality = current_municipality()
    context = {"steps": stages.steps(municipality), "is_open": municipality.opened_at is not None}
    return render(request, "site/setup/start.html", context)


@requires(MANAGE)
def identity(request: StaffRequest) -> HttpResponse:
    municipality = current_municipality()
    form = IdentityForm(request.POST or None, request.FILES or None, instance=municipality)
    if form.is_valid():
        try:
            _save_identity(municipality, form, request)
        except DocumentsError as refusal:
            form.add_error("arms", refusal.sentence)
        else:
            messages.success(request, _(SAVED))
            return redirect("setup:start")
    return form_page(request, form, _("Nombre y escudo"), template="site/setup/identity.html")


def _save_identity(municipality: Municipality, form: IdentityForm, request: StaffRequest) -> None:
    given = dict(form.cleaned_data)
    upload, without = given.pop("arms"), given.pop("without_arms", False)
    png = arms.prepared(upload) if upload else None
    actions.update_municipality(municipality, by=request.user, **given)
    if png:
        actions.set_arms(municipality, png=png, by=request.user)
    elif without:
        actions.remove_arms(municipality, by=request.user)


@requires(MANAGE)
def colour(request: StaffRequest) -> HttpResponse:
    """The hue. A preview draws this same page with it, and keeps nothing."""
    municipality = current_municipality()
    asked = request.POST or ({"hue": request.GET["tono"]} if "tono" in request.GET else None)
    form = ColourForm(asked, initial={"hue": municipality.hue})
    if form.is_valid():
        if request.method == "POST":
            actions.update_municipality(municipality, by=request.user, hue=form.cleaned_data["hue"])
            messages.success(request, _("El color quedó guardado."))
            return redirect("setup:start")
        request.municipality.hue = form.cleaned_data["hue"]  # this page alone
    swatches = [(hue, brand.scale(hue).light["brand"]) for hue in HUES]
    return form_page(request, form, _("Color"), template="site/setup/colour.html", swatches=swatches)


@requires(MANAGE)
def commune(request: StaffRequest) -> HttpResponse:
    municipality = current_municipality()
    form = CommuneForm(request.POST or None, initial={"commune": municipality.commune_code})
    if form.is_valid():
        actions.update_municipality(municipality, by=request.user, commune_code=form.cleaned_data["commune"].code)
        messages.success(request, _(SAVED))
        return redirect("setup:start")
    return form_page(request, form, _("Comuna"), lead=_("Su código de cinco dígitos identifica los datos que publica."))


@requires(MANAGE)
def opening(request: StaffRequest) -> HttpResponse:
    """What is missing, each with its link; the opening itself; and closing again."""
    municipality = current_municipality()
    lacking = stages.missing(municipality)
    if request.method == "POST":
        try:
            _open_or_close(request, municipality, [str(item.label) for item in lacking])
        except AccountsError as refusal:
            messages.error(request, refusal.sentence)
        return redirect("setup:opening")
    context = {
        "missing": lacking,
        "opened_at": municipality.opened_at,
        "portal_url": reverse("portal_home"),
        "crumbs": crumbs(_("Abrir al público")),
    }
    return render(request, "site/setup/opening.html", context)


def _open_or_close(request: StaffRequest, municipality: Municipality, lacking: list[str]) -> None:
    if request.POST.get("hacer") == "cerrar":
        actions.close_to_public(municipality, by=request.user)
        messages.success(request, _("El portal quedó cerrado al público. Usted y sus colegas siguen entrando."))
    else:
        actions.open_to_public(municipality, missing=lacking, by=request.user)
        messages.success(request, _("El portal está abierto: los vecinos ya pueden hacer solicitudes."))
