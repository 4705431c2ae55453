"""Officials answer the rights over personal data: verify who asks, extend once, decide."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabildo.accounts.access import requires, saw
from cabildo.db.keyset import InvalidCursor, page
from cabildo.kit.errors import DomainError
from cabildo.tickets.actions import data_requests
from cabildo.tickets.choices import DataRequestState, DataRight, TicketPermission
from cabildo.tickets.forms.privacy import ReasonForm, RectifyForm, VerifyForm
from cabildo.tickets.models import DataSubjectRequest
from cabildo.tickets.queries import data_requests as queries
from cabildo.tickets.queries.visibility import visible_tickets
from cabildo.tickets.rules.data_requests import HIDING
from cabildo.ui.lists import CURSOR
from cabildo.ui.parts import Crumb, Step
from cabildo.workflow.queries import calendar as municipal_calendar

PAGE_SIZE = 20
CONSEQUENCES = {
    DataRight.ACCESS: gettext_lazy("La persona podrá descargar la copia de sus datos durante treinta días."),
    DataRight.PORTABILITY: gettext_lazy("La persona podrá descargar sus datos para llevarlos, durante treinta días."),
    DataRight.RECTIFICATION: gettext_lazy("Los datos corregidos reemplazan a los registrados."),
    DataRight.SUPPRESSION: gettext_lazy("Se borra a la persona y lo que escribió. No se puede deshacer."),
    DataRight.OPPOSITION: gettext_lazy("No aparecerá en búsquedas ni recibirá mensajes. Se puede levantar."),
    DataRight.BLOCKING: gettext_lazy("No aparecerá en búsquedas ni recibirá mensajes. Se puede levantar."),
}


@dataclass(frozen=True)
class Decision:
    """A step on a request over data: when it may be taken, its form, what it runs."""

    label: Any
    applies: Callable[[DataSubjectRequest], bool]
    run: Callable[[DataSubjectRequest, Any, Any], Any]
    form: type | None = ReasonForm


def _is_open(asked: DataSubjectRequest) -> bool:
    return asked.is_open


STEPS = {
    "comprobar": Decision(
        gettext_lazy("Comprobar identidad"),
        lambda asked: asked.state == DataRequestState.RECEIVED,
        lambda asked, by, form: data_requests.verify_identity(
            asked, how=form.cleaned_data["how"], subjects=form.cleaned_data["subjects"], by=by
        ),
        VerifyForm,
    ),
    "acoger": Decision(
        gettext_lazy("Acoger"),
        lambda asked: asked.state == DataRequestState.VERIFIED,
        lambda asked, by, form: data_requests.grant(
            asked, decision=form.cleaned_data["text"], by=by, correction=getattr(form, "contact", None)
        ),
    ),
    "rechazar": Decision(
        gettext_lazy("Rechazar"),
        _is_open,
        lambda asked, by, form: data_requests.refuse(asked, decision=form.cleaned_data["text"], by=by),
    ),
    "prorrogar": Decision(
        gettext_lazy("Prorrogar el plazo"),
        lambda asked: asked.is_open and not asked.extra_days and bool(asked.extension_limit),
        lambda asked, by, form: data_requests.extend(
            asked, reason=form.cleaned_data["text"], by=by, today=timezone.localdate()
        ),
    ),
    "levantar": Decision(
        gettext_lazy("Levantar el bloqueo"),
        lambda asked: bool(asked.granted) and asked.right in HIDING and asked.lifted_at is None,
        lambda asked, by, _form: data_requests.lift(asked, by=by),
        None,
    ),
}


def _asked(_user: Any, folio: str) -> DataSubjectRequest:
    asked = DataSubjectRequest.objects.select_related("requester", "registered_by", "verified_by", "decided_by").filter(
        folio=folio
    )
    found = asked.first()
    if found is None:
        raise Http404
    return found


@requires(TicketPermission.PROTECT_DATA)
def listing(request: HttpRequest) -> HttpResponse:
    """Open ones by what falls due, then the answered ones. Names are inside: this list shows none."""
    closed = request.GET.get("ver") == "respondidas"
    rows = DataSubjectRequest.objects.exclude(answered_at=None) if closed else queries.open_requests()
    order = ("-answered_at", "-pk") if closed else ("due_on", "pk")
    try:
        shown = page(rows, order, request.GET.get(CURSOR), PAGE_SIZE)
    except InvalidCursor:
        return redirect("tickets:data_requests")
    today = timezone.localdate()
    days = municipal_calendar(today)
    query = "?ver=respondidas&" if closed else "?"
    context = {
        "rows": [(asked, queries.standing(asked, today, days)) for asked in shown.items],
        "closed": closed,
        "next_url": f"{query}{CURSOR}={shown.next_cursor}" if shown.next_cursor else "",
    }
    return render(request, "tickets/desk/data_requests.html", context)


@requires(TicketPermission.PROTECT_DATA, on=_asked)
def record(request: HttpRequest, asked: DataSubjectRequest) -> HttpResponse:
    """Who asks, what, by when, how the date was counted; the steps, and the requests that would be touched."""
    if asked.requester is not None:
        saw(request, [asked.requester])
    today = timezone.localdate()
    subjects = list(asked.subjects.all())
    tickets = queries.tickets_of(subjects)
    seen = tickets.filter(pk__in=visible_tickets(request.user)).select_related("category")
    context = {
        "asked": asked,
        "standing": queries.standing(asked, today, municipal_calendar(today)),
        "process": _process(asked),
        "steps": [(code, step.label) for code, step in STEPS.items() if step.applies(asked)],
        "tickets": list(seen[:50]),
        "hidden": tickets.count() - seen.count(),
        "crumbs": [Crumb(_("Datos personales"), ".."), Crumb(asked.folio)],
    }
    return render(request, "tickets/desk/data_request.html", context)


def _process(asked: DataSubjectRequest) -> list[Step]:
    known, done = asked.verified_at is not None, not asked.is_open
    return [
        Step(_("Recibida"), "done"),
        Step(_("Identidad comprobada"), "done" if known else ("blocked" if done else "current")),
        Step(_("Decidida"), "done" if done else ("current" if known else "pending")),
    ]


def _asked_with_step(user: Any, folio: str, step: str) -> DataSubjectRequest:
    asked = _asked(user, folio)
    wanted = STEPS.get(step)
    if wanted is None or not wanted.applies(asked):
        raise Http404
    asked.step = (step, wanted)  # type: ignore[attr-defined]
    return asked


@requires(TicketPermission.PROTECT_DATA, on=_asked_with_step)
def take(request: HttpRequest, asked: DataSubjectRequest) -> HttpResponse:
    """One step, on its own page; nothing is lost when it is refused."""
    code, step = asked.step  # type: ignore[attr-defined]
    form = _form(request, asked, code, step)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            step.run(asked, request.user, form)
        except DomainError as refusal:
            if form is None:
                messages.error(request, refusal.sentence)
                return redirect("tickets:data_request_record", folio=asked.folio)
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Listo: %s.") % str(step.label).lower())
            return redirect("tickets:data_request_record", folio=asked.folio)
    return render(request, "tickets/desk/data_request_step.html", _step_context(asked, code, step, form))


def _form(request: HttpRequest, asked: DataSubjectRequest, code: str, step: Decision) -> Any:
    typed = request.POST or None
    if code == "comprobar":
        found = queries.candidates(asked)
        saw(request, found)
        return VerifyForm(
            typed, candidates=found, initial={"subjects": [asked.requester_id], "how": asked.verified_how}
        )
    if code == "acoger" and asked.right == DataRight.RECTIFICATION:
        main = queries.identified_first(asked.subjects.all())[0]
        saw(request, [main])
        known = {name: getattr(main, name) for name in ("name", "run", "email", "phone", "address")}
        return RectifyForm(typed, initial=known)
    return step.form(typed) if step.form else None


def _step_context(asked: DataSubjectRequest, code: str, step: Decision, form: Any) -> dict[str, Any]:
    lead = CONSEQUENCES[DataRight(asked.right)] if code == "acoger" else ""
    crumbs = [Crumb(_("Datos personales"), "../../.."), Crumb(asked.folio, "../.."), Crumb(str(step.label))]
    return {"asked": asked, "heading": step.label, "lead": lead, "form": form, "crumbs": crumbs, "code": code}
