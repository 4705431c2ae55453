"""The inbox of each official, the log of deliveries and the settings of mail."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, requires
from cabildo.accounts.choices import AccountsPermission
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, Page, page
from cabildo.notifications import actions, queries, rules, wording
from cabildo.notifications.choices import State
from cabildo.notifications.errors import NotificationsError
from cabildo.notifications.forms import MailServerForm
from cabildo.notifications.models import Message
from cabildo.notifications.permissions import NotificationsPermission
from cabildo.notifications.templates import registered
from cabildo.ui.lists import ChoiceFilter, ListSpec, ListState, SortOption
from cabildo.ui.parts import Column
from cabildo.ui.spanish import counted

PER_PAGE = 20
NEWEST = SortOption("recientes", _("Más recientes"), ("-created_at",))
LOG_COLUMNS = (
    Column("created", _("Creado")),
    Column("template", _("Mensaje")),
    Column("recipient", _("Para")),
    Column("state", _("Estado")),
    Column("attempts", _("Intentos"), numeric=True),
)


def find_message(user: Any, message_id: int) -> Message:
    return get_object_or_404(Message, pk=message_id)


@requires(AccountsPermission.ENTER_DESK)
def inbox(request: StaffRequest) -> HttpResponse:
    listing = ListSpec((), (Column("subject", _("Aviso")),), (NEWEST,)).read(request.GET)
    context = {
        "heading": say("Avisos"),
        "listing": listing,
        "page": _page(queries.inbox(request.user), listing),
        "unread": queries.unread_count(request.user),
    }
    return render(request, "notifications/inbox.html", context)


@requires(AccountsPermission.ENTER_DESK)
def open_item(request: StaffRequest, item_id: int) -> HttpResponse:
    """Leads to what the notice is about and leaves it read."""
    item = get_object_or_404(queries.inbox(request.user), pk=item_id)
    actions.mark_read([item.pk], by=request.user)
    is_ours = url_has_allowed_host_and_scheme(item.url, allowed_hosts=None)
    return redirect(item.url if is_ours else reverse("notifications:inbox"))


@require_POST
@requires(AccountsPermission.ENTER_DESK)
def read(request: StaffRequest) -> HttpResponse:
    """Marks one notice as read, or all."""
    if item := request.POST.get("aviso", ""):
        actions.mark_read([int(item)] if item.isdecimal() else [], by=request.user)
    else:
        actions.mark_all_read(by=request.user)
    return redirect("notifications:inbox")


@requires(NotificationsPermission.VIEW_LOG)
def log(request: StaffRequest) -> HttpResponse:
    listing = _log_spec().read(request.GET)
    found = queries.delivery_log(listing.values["estado"], listing.values["plantilla"])
    shown = _page(found, listing)
    context = {
        "heading": say("Mensajes enviados"),
        "listing": listing,
        "page": shown,
        "rows": [_log_row(message) for message in shown.items],
        "count_words": counted(capped_count(found), say("mensaje"), say("mensajes")),
    }
    return render(request, "notifications/log.html", context)


@require_POST
@requires(NotificationsPermission.MANAGE_MAIL, on=find_message)
def retry(request: StaffRequest, message: Message) -> HttpResponse:
    try:
        actions.retry_message(message, by=request.user)
    except NotificationsError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, say("El mensaje se enviará de nuevo."))
    return redirect("notifications:log")


@requires(NotificationsPermission.MANAGE_MAIL)
def mail_server(request: StaffRequest) -> HttpResponse:
    form = MailServerForm(request.POST or None, instance=queries.mail_server())
    if form.is_valid():
        actions.save_mail_server(by=request.user, **form.cleaned_data)
        messages.success(request, say("Los datos del correo quedaron guardados. Pruébelos con los botones de abajo."))
        return redirect("notifications:mail_server")
    context = {"heading": say("Correo de la municipalidad"), "form": form, "server": queries.mail_server()}
    return render(request, "notifications/mail_server.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires(NotificationsPermission.MANAGE_MAIL)
def try_outgoing(request: StaffRequest) -> HttpResponse:
    return _say(request, actions.try_outgoing_mail(queries.mail_server(), to=request.user.email))


@require_POST
@requires(NotificationsPermission.MANAGE_MAIL)
def try_incoming(request: StaffRequest) -> HttpResponse:
    return _say(request, actions.try_incoming_mail(queries.mail_server()))


def _say(request: HttpRequest, verdict: actions.Verdict) -> HttpResponse:
    tell = messages.success if verdict.works else messages.error
    tell(request, verdict.sentence)
    return redirect("notifications:mail_server")


def _page(found: QuerySet, listing: ListState) -> Page:
    try:
        return page(found, listing.sort.order, listing.cursor, PER_PAGE)
    except InvalidCursor:
        return page(found, listing.sort.order, None, PER_PAGE)


def _log_spec() -> ListSpec:
    templates = [(template.name, template.description) for template in registered()]
    filters = (
        ChoiceFilter("estado", say("Estado"), State.choices),
        ChoiceFilter("plantilla", say("Mensaje"), templates),
    )
    return ListSpec(filters, LOG_COLUMNS, (NEWEST,))


def _log_row(message: Message) -> dict[str, Any]:
    """Addresses are masked: the log is for deliveries, not for looking people up."""
    names = {template.name: template.description for template in registered()}
    return {
        "message": message,
        "what": names.get(message.template, message.template),
        "to": message.recipient_user or rules.masked(message.recipient or ""),
        "why": wording.sentence(message.last_error, limit=rules.PER_RECIPIENT_PER_HOUR),
        "may_retry": message.state == State.FAILED,
    }
