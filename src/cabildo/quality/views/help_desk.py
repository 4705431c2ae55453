"""The agency's side of the help desk: what its municipalities ask, who answers, and in how many days."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import AgencyRequest, can_in_agency, requires_agency
from cabildo.accounts.models import Agency
from cabildo.accounts.scoping import in_municipalities
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.quality.actions import help as actions
from cabildo.quality.choices import HelpState, QualityPermission
from cabildo.quality.forms.help import HandForm, TermForm, WordsForm
from cabildo.quality.models import HelpRequest, HelpTerm
from cabildo.quality.models.help import USUAL_DAYS
from cabildo.quality.queries import accepted_ids, enrolments_of
from cabildo.quality.queries import help as asked
from cabildo.quality.shown import help as shown
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.list_files import list_file, wanted_format
from cabildo.ui.parts import Crumb
from cabildo.ui.spanish import counted

ANSWER, MANAGE = QualityPermission.ANSWER_HELP, QualityPermission.MANAGE_PROGRAMME
PAGE_SIZE = 25


def find_request(agency: Agency, slug: str, pk: int) -> HelpRequest:
    """A question that a municipality of the agency asked it."""
    enrolment = get_object_or_404(enrolments_of(agency).exclude(accepted_on=None), municipality__slug=slug)
    with in_municipalities([enrolment.municipality_id]):
        found = asked.requests().filter(agency=agency, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Consultas"), reverse("programme:help")), *more]


def page_of(found: HelpRequest) -> str:
    return reverse("programme:help_request", args=[found.municipality.slug, found.pk])


@requires_agency(ANSWER)
def questions(request: AgencyRequest) -> HttpResponse:
    """Everything that the municipalities of the agency asked it."""
    today, listing = timezone.localdate(), shown.spec(at_agency=True).read(request.GET)
    values = listing.values
    wanted = {"words": values["q"], "state": values["estado"], "only": values["solo"], "user": request.user}
    with in_municipalities(accepted_ids(request.agency)):
        found = asked.narrowed(asked.requests().filter(agency=request.agency), today=today, **wanted)
        if kind := wanted_format(request):
            rows = shown.lines(found.order_by(*listing.sort.order))
            return list_file(kind, name="consultas", title=_("Consultas"), headings=shown.HEADINGS, rows=rows)
        try:
            part = page(found, listing.sort.order, listing.cursor, PAGE_SIZE)
        except InvalidCursor:
            return redirect("programme:help")
        context = {
            "heading": _("Consultas de las municipalidades"),
            "listing": listing,
            "page": part,
            "rows": shown.rows(part.items, today),
            "count_words": counted(capped_count(found), _("consulta"), _("consultas")),
            "days": asked.days_of(request.agency),
            "may_manage": can_in_agency(request.user, MANAGE, request.agency),
        }
        return render(request, "quality/agency/help.html", context)


@requires_agency(ANSWER, on=find_request)
def question(request: AgencyRequest, found: HelpRequest) -> HttpResponse:
    """One question with its story."""
    with in_municipalities([found.municipality_id]):
        history = shown.story(asked.story_of(found))
    context = {
        "found": found,
        "facts": shown.facts(found),
        "history": history,
        "may_answer": found.state == HelpState.ASKED,
        "crumbs": _crumbs(Crumb(found.folio)),
    }
    return render(request, "quality/agency/help_request.html", context)


@requires_agency(ANSWER, on=find_request)
def reply(request: AgencyRequest, found: HelpRequest) -> HttpResponse:
    form_page = Page(
        heading=_("Responder la consulta"),
        lead=found.subject,
        submit=_("Responder"),
        act=lambda data: actions.answer(found, today=timezone.localdate(), by=request.user, **data),
        done=_("Respuesta enviada."),
        back=page_of(found),
        crumbs=_crumbs(Crumb(found.folio, page_of(found))),
        draft_key=f"calidad-respuesta-{found.pk}",
    )
    return answer(request, WordsForm(sent(request)), form_page)


@requires_agency(ANSWER, on=find_request)
def hand(request: AgencyRequest, found: HelpRequest) -> HttpResponse:
    form = HandForm(sent(request), people=asked.who_answers(request.agency), initial={"user": found.assigned_to_id})
    form_page = Page(
        heading=_("Dejar la consulta a cargo de alguien"),
        lead=found.subject,
        submit=_("Guardar"),
        act=lambda data: actions.hand_to(found, user=data["user"], by=request.user),
        done=_("Consulta asignada."),
        back=page_of(found),
        crumbs=_crumbs(Crumb(found.folio, page_of(found))),
    )
    return answer(request, form, form_page)


@requires_agency(MANAGE)
def term(request: AgencyRequest) -> HttpResponse:
    """In how many business days the agency answers."""
    known = HelpTerm.objects.filter(agency=request.agency).first()
    form_page = Page(
        heading=_("Plazo para responder"),
        lead=_("Vale para lo que se pregunte desde ahora. Las consultas ya hechas conservan el suyo."),
        submit=_("Guardar"),
        act=lambda data: actions.set_term(request.agency, by=request.user, **data),
        done=_("Plazo guardado."),
        back=reverse("programme:help"),
        crumbs=_crumbs(),
        fresh=lambda: HelpTerm.objects.get(agency=request.agency),
    )
    form = TermForm(sent(request), instance=known) if known else TermForm(sent(request), initial={"days": USUAL_DAYS})
    return answer(request, form, form_page)
