"""The contents that a municipality adopts, of every kind: take one into use, change its version, stop using it."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.scoping import current_municipality
from cabildo.content import actions, queries
from cabildo.content.errors import ContentError
from cabildo.content.models import Pack
from cabildo.site.setup import contents
from cabildo.site.setup.views.frame import crumbs


@requires(AccountsPermission.MANAGE_MUNICIPALITY)
def available(request: StaffRequest) -> HttpResponse:
    """Every kind that is adopted, with the packs there are, the one in use, and what its next version would change."""
    sections = contents.sections(current_municipality().pk, request.user)
    return render(request, "site/setup/packs.html", {"sections": sections, "crumbs": crumbs(_("Contenidos adoptados"))})


@require_POST
@requires(AccountsPermission.MANAGE_MUNICIPALITY)
def adopt(request: StaffRequest) -> HttpResponse:
    """Put a version of a pack into use; what the municipality decided for itself stays."""
    try:
        pack = _told(request)
        version = queries.version_of(pack, _number(request.POST.get("version", "")))
        follows = bool(request.POST.get("seguir"))
        actions.adopt(municipality=current_municipality(), version=version, follows_updates=follows, by=request.user)
    except ContentError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("«%s» está en uso.") % pack.title + f" {contents.adoptable_of(pack).done}")
    return redirect("setup:packs")


@require_POST
@requires(AccountsPermission.MANAGE_MUNICIPALITY)
def leave(request: StaffRequest) -> HttpResponse:
    """Stop using a pack of a kind of which several may be in use."""
    try:
        pack = _told(request)
        actions.leave(municipality=current_municipality(), pack=pack, by=request.user)
    except ContentError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(
            request, _("«%s» ya no se ofrece aquí. Lo que comenzó con ese contenido sigue con él.") % pack.title
        )
    return redirect("setup:packs")


def _told(request: StaffRequest) -> Pack:
    """The pack that was sent; refused to whoever lacks the permission that its kind asks for."""
    pack = queries.pack_told(request.POST.get("paquete", ""))
    if not can(request.user, contents.permission_of(contents.adoptable_of(pack))):
        raise PermissionDenied
    return pack


def _number(text: str) -> int | None:
    """A number of a version; anything else means the last one."""
    return int(text) if re.fullmatch("[0-9]{1,5}", text) else None
