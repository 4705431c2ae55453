"""The municipality's side of the help desk: what it asked the programme, and what was answered."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.quality.actions import help as actions
from cabildo.quality.choices import HelpState, QualityPermission
from cabildo.quality.forms.help import QuestionForm, WordsForm
from cabildo.quality.models import HelpRequest
from cabildo.quality.queries import enrolment_here
from cabildo.quality.queries import help as asked
from cabildo.quality.shown import help as shown
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.list_files import list_file, wanted_format
from cabildo.ui.parts import Crumb
from cabildo.ui.spanish import counted

ASK = QualityPermission.ASK_HELP
PAGE_SIZE = 25


def find_request(_user: Any, pk: int) -> HelpRequest:
    return get_object_or_404(asked.requests(), pk=pk)


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Ayuda del programa"), reverse("quality:help")), *more]


def page_of(request: HelpRequest) -> str:
    return reverse("quality:help_request", args=[request.pk])


@requires(ASK)
def questions(request: StaffRequest) -> HttpResponse:
    """Everything that the municipality asked."""
    today, listing = timezone.localdate(), shown.spec(at_agency=False).read(request.GET)
    values = listing.values
    wanted = {"words": values["q"], "state": values["estado"], "only": values["solo"]}
    found = asked.narrowed(asked.requests(), today=today, **wanted)
    if kind := wanted_format(request):
        rows = shown.lines(found.order_by(*listing.sort.order))
        return list_file(kind, name="consultas", title=_("Consultas"), headings=shown.HEADINGS, rows=rows)
    try:
        part = page(found, listing.sort.order, listing.cursor, PAGE_SIZE)
    except InvalidCursor:
        return redirect("quality:help")
    enrolment = enrolment_here()
    context = {
        "heading": _("Ayuda del programa"),
        "listing": listing,
        "page": part,
        "rows": shown.rows(part.items, today),
        "count_words": counted(capped_count(found), _("consulta"), _("consultas")),
        "may_ask": enrolment is not None and enrolment.accepted_on is not None,
    }
    return render(request, "quality/help.html", context)


@requires(ASK)
def ask(request: StaffRequest) -> HttpResponse:
    form_page = Page(
        heading=_("Preguntar al programa"),
        lead=_("Responde el organismo que conduce el programa. Usted recibe un aviso."),
        submit=_("Preguntar"),
        act=lambda data: actions.ask(today=timezone.localdate(), by=request.user, **data),
        done=_("Consulta enviada."),
        back=page_of,
        cancel=reverse("quality:help"),
        crumbs=_crumbs(),
        draft_key="calidad-consulta-nueva",
    )
    return answer(request, QuestionForm(sent(request)), form_page)


@requires(ASK, on=find_request)
def question(request: StaffRequest, found: HelpRequest) -> HttpResponse:
    """One question with its story."""
    context = {
        "found": found,
        "facts": shown.facts(found),
        "history": shown.story(asked.story_of(found)),
        "may_ask_again": found.state == HelpState.ANSWERED,
        "may_close": found.state != HelpState.CLOSED,
        "crumbs": _crumbs(Crumb(found.folio)),
    }
    return render(request, "quality/help_request.html", context)


@requires(ASK, on=find_request)
def ask_again(request: StaffRequest, found: HelpRequest) -> HttpResponse:
    form_page = Page(
        heading=_("Preguntar de nuevo"),
        lead=_("Diga qué falta en la respuesta. El plazo comienza otra vez."),
        submit=_("Preguntar"),
        act=lambda data: actions.ask_again(found, today=timezone.localdate(), by=request.user, **data),
        done=_("Consulta enviada."),
        back=page_of(found),
        crumbs=_crumbs(Crumb(found.folio, page_of(found))),
        draft_key=f"calidad-consulta-{found.pk}",
    )
    return answer(request, WordsForm(sent(request)), form_page)


@requires(ASK, on=find_request)
def close(request: StaffRequest, found: HelpRequest) -> HttpResponse:
    asked_first = Question(
        heading=_("¿Cerrar la consulta?"),
        consequence=_("Ya no se responde. Queda en la lista con su historia."),
        confirm=_("Cerrar"),
        act=lambda: actions.close(found, by=request.user),
        done=_("Consulta cerrada."),
        back=page_of(found),
    )
    return confirm(request, asked_first)
