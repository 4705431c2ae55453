"""Around the list: saved views, the file of what it holds, the calendar of what one owes, the warning levels."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cabildo.accounts.access import StaffRequest, public, requires, saw
from cabildo.accounts.actions import keep_preference
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.links import absolute
from cabildo.accounts.queries import preference
from cabildo.db.counting import capped_count
from cabildo.tickets import deadline_feed, exports
from cabildo.tickets.actions import escalation, exporting
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.forms.lists import ExportForm, SavedViewForm, ThresholdsForm
from cabildo.tickets.queries import lists
from cabildo.tickets.queries.escalation import thresholds
from cabildo.ui.lists import CURSOR, FORMAT
from cabildo.ui.parts import Crumb
from cabildo.ui.spanish import number

KEY = "tickets.list"
MOST_VIEWS = 20
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _clean(address: str) -> str:
    """The filters and columns of an address, without its page."""
    query = QueryDict(address, mutable=True)
    for name in (CURSOR, FORMAT):
        query.pop(name, None)
    return query.urlencode()


def _back(address: str) -> HttpResponse:
    return redirect(f"{reverse('tickets:list')}?{address}")


@require_POST
@requires(TicketPermission.VIEW)
def save_view(request: StaffRequest) -> HttpResponse:
    """Keep the filters in force under a name; the same name again replaces them."""
    form = SavedViewForm(request.POST)
    address = _clean(request.POST.get("address", ""))
    if not form.is_valid():
        messages.error(request, _("Escriba un nombre para la vista."))
        return _back(address)
    kept = preference(request.user, KEY)
    name = form.cleaned_data["name"]
    others = [view for view in kept.get("views", []) if view["name"] != name]
    views = [*others, {"name": name, "address": address}][-MOST_VIEWS:]
    keep_preference(user=request.user, key=KEY, value={**kept, "views": views})
    messages.success(request, _("Vista guardada: %s.") % name)
    return _back(address)


@require_POST
@requires(TicketPermission.VIEW)
def forget_view(request: StaffRequest) -> HttpResponse:
    kept = preference(request.user, KEY)
    views = [view for view in kept.get("views", []) if view["name"] != request.POST.get("name")]
    keep_preference(user=request.user, key=KEY, value={**kept, "views": views})
    return redirect("tickets:list")


@require_POST
@requires(TicketPermission.VIEW)
def keep_columns(request: StaffRequest) -> HttpResponse:
    """Show these columns whenever the address does not say which."""
    address = _clean(request.POST.get("address", ""))
    columns = [column.key for column in lists.spec().read(QueryDict(address)).columns]
    keep_preference(user=request.user, key=KEY, value={**preference(request.user, KEY), "columns": columns})
    messages.success(request, _("Desde ahora verá estas columnas."))
    return _back(address)


@requires(TicketPermission.EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The whole filtered list as a file: at once when it is short, in the inbox when it is long."""
    address = _clean(request.META.get("QUERY_STRING", ""))
    form = ExportForm(request.POST or None)
    found = exports.listed(request.user, address)
    count = capped_count(found, cap=exports.AT_ONCE)
    if form.is_valid():
        if count.exact:
            return _file(request, found, **form.cleaned_data)
        exporting.ask_for_file(address=address, by=request.user, **form.cleaned_data)
        messages.success(request, _("Estamos preparando el archivo. Lo encontrará en sus avisos."))
        return _back(address)
    context = {
        "heading": _("Exportar solicitudes"),
        "lead": _("%s solicitudes.") % (number(count.number) if count.exact else _("Más de %s") % number(count.number)),
        "form": form,
        "submit_label": _("Exportar"),
        "crumbs": [Crumb(_("Solicitudes"), f"../?{address}"), Crumb(_("Exportar"))],
    }
    return render(request, "tickets/desk/export.html", context)


def _file(request: StaffRequest, found: Any, *, file_format: str, with_persons: bool) -> HttpResponse:
    tickets = list(found)
    if with_persons:
        saw(request, exports.persons_in(request.user, tickets))
    exporting.note(request.user, file_format, with_persons=with_persons)
    lines = exports.rows(request.user, tickets, with_persons=with_persons)
    content = exports.as_file(file_format, exports.headings(with_persons=with_persons), lines)
    response = HttpResponse(content, content_type=CONTENT_TYPES[file_format])
    name = f"solicitudes-{timezone.localdate():%Y-%m-%d}.{file_format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@requires(TicketPermission.VIEW)
def calendar(request: StaffRequest) -> HttpResponse:
    """The secret address of one's own deadlines: made, shown once, taken back."""
    address = ""
    if request.method == "POST":
        if request.POST.get("action") == "revoke":
            deadline_feed.revoke(by=request.user)
            messages.success(request, _("La dirección anterior ya no funciona."))
            return redirect("tickets:calendar")
        address = absolute("tickets:calendar_feed", deadline_feed.open_feed(by=request.user))
    context = {
        "heading": _("Mis plazos en el calendario"),
        "lead": _(
            "Agregue esta dirección al calendario de su teléfono o computador y verá ahí lo que vence."
            " Muestra folios y fechas, nunca datos de las personas."
        ),
        "feed": deadline_feed.feed_of(request.user),
        "address": address,
    }
    return render(request, "ui/secret_address.html", context)


@public
@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The feed itself: whoever has the secret address reads folios and dates, no person's data."""
    reader = deadline_feed.reader_of(token)
    if reader is None:
        raise Http404
    content = deadline_feed.calendar_of(reader, now=timezone.now(), host=request.get_host().partition(":")[0])
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@requires(AccountsPermission.MANAGE_MUNICIPALITY)
def warning_levels(request: StaffRequest) -> HttpResponse:
    """When the municipality warns that a term is ending."""
    form = ThresholdsForm(request.POST or None, initial={"steps": ", ".join(str(step) for step in thresholds())})
    if form.is_valid():
        escalation.set_thresholds(form.cleaned_data["steps"], by=request.user)
        messages.success(request, _("Niveles guardados. Rigen desde la próxima mañana hábil."))
        return redirect("tickets:warning_levels")
    context = {
        "heading": _("Avisos por el plazo"),
        "lead": _("Cada mañana hábil, a las 8, cada persona recibe un resumen; aquí se fija cuándo se avisa."),
        "form": form,
    }
    return render(request, "ui/form_page.html", context)
