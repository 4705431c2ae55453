"""What departments ask each other: the lists, one request, and its steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, can, holds_everywhere, requires
from cabildo.accounts.queries import department_ids
from cabildo.db.keyset import InvalidCursor, page
from cabildo.documents.errors import DocumentsError
from cabildo.documents.queries import kept_documents_of
from cabildo.kit.errors import DomainError
from cabildo.tickets.actions import internal
from cabildo.tickets.choices import InternalEventKind, TicketPermission
from cabildo.tickets.forms.internal import FreeAskForm, InternalAnswerForm, ReasonForm
from cabildo.tickets.models import InternalRequest
from cabildo.tickets.queries import internal as queries
from cabildo.ui.parts import Crumb, Fact, TimelineEntry
from cabildo.ui.spanish import long_date
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.standing import standing_on

PAGE_SIZE = 20
TO_ANSWER, ASKED, ALL = "por-responder", "pedidas", "todas"
TABS = {
    TO_ANSWER: gettext_lazy("Por responder"),
    ASKED: gettext_lazy("Pedidas por nosotros"),
    ALL: gettext_lazy("Todas"),
}
ORDER = {TO_ANSWER: ("due_on", "pk"), ASKED: ("-asked_at", "-pk"), ALL: ("-asked_at", "-pk")}
SOURCES = {TO_ANSWER: queries.asked_of, ASKED: queries.asked_by, ALL: queries.visible_internal}
ICONS = {
    InternalEventKind.ASKED: "question-circle",
    InternalEventKind.REMINDED: "bell",
    InternalEventKind.ANSWERED: "reply",
    InternalEventKind.WITHDRAWN: "x-circle",
}


@requires(TicketPermission.SEE_INTERNAL)
def internal_requests(request: StaffRequest) -> HttpResponse:
    """Those to answer, those asked of others, and all of them for who sees every request."""
    offered = _tabs(request.user)
    asked_for = request.GET.get("ver", "")
    tab = asked_for if asked_for in offered else offered[0]
    rows = SOURCES[tab](request.user).select_related("from_department", "to_department", "ticket")
    try:
        shown = page(rows, ORDER[tab], request.GET.get("pagina"), PAGE_SIZE)
    except InvalidCursor:
        return redirect("tickets:internal")
    today = timezone.localdate()
    days = municipal_calendar(today)
    context = {
        "tab": tab,
        "tabs": [(code, TABS[code]) for code in offered],
        "may_ask": can(request.user, TicketPermission.ASK_DEPARTMENTS) and bool(department_ids(request.user)),
        "page": shown,
        "rows": [(asked, standing_on(asked.due_on, today, days)) for asked in shown.items],
    }
    return render(request, "tickets/desk/internal_list.html", context)


def _tabs(user: Any) -> list[str]:
    """Who works in no department is owed nothing: they see all of them, or what they asked."""
    tabs = [TO_ANSWER, ASKED] if department_ids(user) else []
    if holds_everywhere(user, TicketPermission.VIEW_ALL):
        tabs.append(ALL)
    return tabs or [ASKED]


@requires(TicketPermission.ASK_DEPARTMENTS)
def ask(request: StaffRequest) -> HttpResponse:
    """A free-standing one, that hangs from no citizen request."""
    form = FreeAskForm(request.POST or None, request.FILES or None, user=request.user)
    if form.is_valid():
        try:
            asked = internal.ask(**form.cleaned_data, by=request.user, today=timezone.localdate())
        except DomainError as refusal:
            form.add_error("papers" if isinstance(refusal, DocumentsError) else None, refusal.sentence)
        else:
            messages.success(request, _("Se pidió a %s.") % asked.to_department)
            return redirect("tickets:internal_detail", asked.year, asked.number)
    context = {
        "heading": _("Pedir antecedentes a otra dirección"),
        "lead": _("Queda registrado quién pide, a quién, para qué y hasta cuándo (Ley 19.880, art. 24 bis)."),
        "form": form,
        "submit_label": _("Pedir"),
        "crumbs": [Crumb(_("Solicitudes internas"), ".."), Crumb(_("Pedir"))],
    }
    return render(request, "ui/form_page.html", context)


def _shown(request: StaffRequest, asked: InternalRequest, forms: dict[str, Any] | None = None) -> HttpResponse:
    today = timezone.localdate()
    mine = department_ids(request.user)
    asked_here = queries.asked_it(request.user, asked)
    context = {
        "asked": asked,
        "standing": standing_on(asked.due_on, today, municipal_calendar(today)),
        "record": _facts(asked),
        "answers": asked.is_open and asked.to_department_id in mine,
        "asks": asked.is_open and asked_here and can(request.user, TicketPermission.ASK_DEPARTMENTS),
        "answer_form": InternalAnswerForm(),
        "reason_form": ReasonForm(),
        "documents": list(kept_documents_of(asked)),
        "withholds_papers": not queries.with_readable_papers(request.user).filter(pk=asked.pk).exists(),
        "history": [_line(event) for event in queries.history(asked)],
        "crumbs": [Crumb(_("Solicitudes internas"), "../../.."), Crumb(asked.folio)],
        **(forms or {}),
    }
    return render(request, "tickets/desk/internal_record.html", context)


def _facts(asked: InternalRequest) -> list[Fact]:
    """The record of art. 24 bis, in the words of the law."""
    record = queries.legal_record(asked)
    term = _("%(days)s días hábiles, hasta el %(day)s") % {"days": asked.days, "day": long_date(record.term)}
    return [
        Fact(_("Órgano que pide"), record.organ),
        Fact(_("Funcionario"), record.official),
        Fact(_("Destinatario"), record.addressee),
        Fact(_("Procedimiento"), record.procedure),
        Fact(_("Pedida el"), long_date(asked.asked_at)),
        Fact(_("Plazo"), term),
        Fact(_("Recordatorios"), str(asked.reminders)),
    ]


def _line(event: Any) -> TimelineEntry:
    icon = ICONS[InternalEventKind(event.kind)]
    return TimelineEntry(
        at=event.at, title=event.get_kind_display(), who=str(event.by or ""), text=event.words, icon=icon
    )


@requires(TicketPermission.SEE_INTERNAL, on=queries.internal_request)
def internal_detail(request: StaffRequest, asked: InternalRequest) -> HttpResponse:
    return _shown(request, asked)


def _run(request: StaffRequest, asked: InternalRequest, act: Callable[[], Any], done: str) -> HttpResponse:
    try:
        act()
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect("tickets:internal_detail", asked.year, asked.number)


def _to_answer(user: Any, year: int, number: int) -> InternalRequest:
    return queries.own(queries.internal_request(user, number, year), queries.must_answer, user)


def _to_follow(user: Any, year: int, number: int) -> InternalRequest:
    return queries.own(queries.internal_request(user, number, year), queries.asked_it, user)


@require_POST
@requires(TicketPermission.ASK_DEPARTMENTS, on=_to_answer)
def answer(request: StaffRequest, asked: InternalRequest) -> HttpResponse:
    """The asked department gives what it was asked for."""
    form = InternalAnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, asked, {"answer_form": form})
    try:
        internal.answer(asked, **form.cleaned_data, by=request.user)
    except DocumentsError as refusal:
        form.add_error("papers", refusal.sentence)
        return _shown(request, asked, {"answer_form": form})
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Respuesta entregada."))
    return redirect("tickets:internal_detail", asked.year, asked.number)


@require_POST
@requires(TicketPermission.ASK_DEPARTMENTS, on=_to_follow)
def withdraw(request: StaffRequest, asked: InternalRequest) -> HttpResponse:
    """Who asked no longer needs it."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _shown(request, asked, {"reason_form": form})
    reason = form.cleaned_data["text"]
    return _run(request, asked, lambda: internal.withdraw(asked, reason=reason, by=request.user), _("Se retiró."))


@require_POST
@requires(TicketPermission.ASK_DEPARTMENTS, on=_to_follow)
def remind(request: StaffRequest, asked: InternalRequest) -> HttpResponse:
    """Who asked reminds the other department."""
    return _run(request, asked, lambda: internal.remind(asked, by=request.user), _("Recordatorio enviado."))
