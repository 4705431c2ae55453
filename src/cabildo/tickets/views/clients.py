"""The external systems of the municipality: who they are, their keys, and how they are shut out."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cabildo.accounts.access import StaffRequest, requires
from cabildo.accounts.links import absolute
from cabildo.tickets.actions import clients as actions
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.forms.clients import ClientForm
from cabildo.tickets.models import ApiClient
from cabildo.tickets.queries import clients as queries
from cabildo.ui.parts import Crumb

KEY = "issued_api_key"


def find_client(_user: Any, pk: int) -> ApiClient:
    return get_object_or_404(ApiClient, pk=pk)


@requires(TicketPermission.CONFIGURE)
def listing(request: StaffRequest) -> HttpResponse:
    context = {
        "heading": _("Sistemas externos"),
        "rows": [(client, _may(client)) for client in queries.clients()],
        "address": absolute("open311:discovery", "json").removesuffix("discovery.json"),
    }
    return render(request, "tickets/desk/clients.html", context)


def _may(client: ApiClient) -> str:
    words = {"may_read": _("leer"), "may_write": _("ingresar"), "may_update": _("actualizar")}
    return ", ".join(word for name, word in words.items() if getattr(client, name))


@requires(TicketPermission.CONFIGURE)
def create(request: StaffRequest) -> HttpResponse:
    form = ClientForm(request.POST or None)
    if form.is_valid():
        return _show_key(request, actions.create_client(by=request.user, **form.cleaned_data))
    context = {
        "heading": _("Dar acceso a un sistema"),
        "lead": _("Recibirá una clave propia, que se muestra una sola vez."),
        "form": form,
        "submit_label": _("Crear la clave"),
        "cancel_url": reverse("tickets:clients"),
        "crumbs": _crumbs(_("Dar acceso")),
    }
    return render(request, "ui/form_page.html", context)


def _show_key(request: HttpRequest, issued: actions.Issued) -> HttpResponse:
    request.session[KEY] = {"client": issued.client.pk, "key": issued.key}
    return redirect("tickets:client_key", pk=issued.client.pk)


@never_cache
@requires(TicketPermission.CONFIGURE, on=find_client)
def key(request: StaffRequest, client: ApiClient) -> HttpResponse:
    """The key, once: opening the page again does not show it."""
    kept = request.session.get(KEY, {})
    shown = request.session.pop(KEY)["key"] if kept.get("client") == client.pk else ""
    context = {"heading": _("La clave de %s") % client, "client": client, "key": shown, "crumbs": _crumbs(str(client))}
    return render(request, "tickets/desk/client_key.html", context)


@requires(TicketPermission.CONFIGURE, on=find_client)
def rotate(request: StaffRequest, client: ApiClient) -> HttpResponse:
    if request.method == "POST":
        return _tried(request, lambda: _show_key(request, actions.rotate_key(client, by=request.user)))
    return _confirm(
        request,
        heading=_("¿Cambiar la clave de %s?") % client,
        consequence=_("La clave actual deja de servir de inmediato. Tendrá que entregar la nueva a quien la usa."),
        confirm_label=_("Cambiar la clave"),
    )


@requires(TicketPermission.CONFIGURE, on=find_client)
def revoke(request: StaffRequest, client: ApiClient) -> HttpResponse:
    if request.method == "POST":
        return _tried(request, lambda: _revoke(request, client))
    return _confirm(
        request,
        heading=_("¿Revocar el acceso de %s?") % client,
        consequence=_("No podrá leer con clave, ingresar ni actualizar. Lo que ya ingresó se queda. No se deshace."),
        confirm_label=_("Revocar el acceso"),
    )


def _revoke(request: StaffRequest, client: ApiClient) -> HttpResponse:
    actions.revoke_client(client, by=request.user)
    messages.success(request, _("%s ya no tiene acceso.") % client)
    return redirect("tickets:clients")


def _tried(request: HttpRequest, step: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return step()
    except TicketsError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("tickets:clients")


def _confirm(request: HttpRequest, **words: str) -> HttpResponse:
    return render(request, "ui/confirm.html", {**words, "danger": True, "cancel_url": reverse("tickets:clients")})


def _crumbs(last: str) -> list[Crumb]:
    return [Crumb(_("Sistemas externos"), reverse("tickets:clients")), Crumb(last)]
