"""The Informe de Autoevaluación: its five contents, its files, what the consultant says of it, its sending."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.documents.responses import handed_over
from cabildo.documents.rules import MediaType
from cabildo.quality.actions import report as actions
from cabildo.quality.actions import sending
from cabildo.quality.choices import QualityPermission, Subject
from cabildo.quality.forms.report import ActaForm, LetterForm, ReviewForm, SendForm
from cabildo.quality.gates import report as gates
from cabildo.quality.models import Cycle, Report
from cabildo.quality.queries import goes_on
from cabildo.quality.queries import report as queries
from cabildo.quality.queries.self_assessment import Place, declaring_refused, with_self_assessment
from cabildo.quality.shown import report, report_paper
from cabildo.quality.views.diagnosis import crumbs
from cabildo.quality.views.writing import may_lead, may_write
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.parts import Crumb

MEDIA = {"pdf": MediaType.PDF, "docx": MediaType.DOCX, "xlsx": MediaType.XLSX}


def find_report(_user: Any, number: int) -> Cycle:
    return get_object_or_404(with_self_assessment(), number=number)


def report_url(cycle: Cycle, part: str = "") -> str:
    return reverse("quality:report", args=[cycle.number]) + (f"#{part}" if part else "")


def report_crumbs(cycle: Cycle) -> list[Crumb]:
    return crumbs(cycle, Crumb(f"{cycle} · {_('Informe')}", report_url(cycle)))


@requires(QualityPermission.VIEW, on=find_report)
def overview(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The five contents with what is missing, the reviews, the sendings."""
    told = queries.told(cycle, timezone.localdate())
    current, steps = report.now(told), report.steps(told)
    settled = declaring_refused(cycle) if goes_on(cycle) else None
    context = {
        "cycle": cycle,
        "told": told,
        "steps": steps,
        "backing": report.backing(told),
        "is_complete": all(step.state == "done" for step in steps),
        "settled": settled,
        "lacks": gates.review_before_sending(cycle, Subject.REPORT, current) if goes_on(cycle) and not settled else [],
        "reviews": report.reviews(cycle, Subject.REPORT, current),
        "sendings": report.sendings(cycle, Subject.REPORT, current),
        "chart": report_paper.chart_of(told),
        "notice": report_paper.notice(told),
        "may_read": may_read_draft(request.user, cycle),
        "may_lead": may_lead(request, cycle),
        "may_review": may_write(request, cycle, QualityPermission.REVIEW_AS_CONSULTANT),
        "crumbs": crumbs(cycle, Crumb(f"{cycle} · {_('Informe')}")),
    }
    return render(request, "quality/report.html", context)


def may_read_draft(user: Any, cycle: Cycle) -> bool:
    """What is still being written is read by those who write it, and by the consultant who reviews it."""
    if can(user, QualityPermission.REVIEW_AS_CONSULTANT):
        return True
    place: Any = Place(cycle)
    return can(user, QualityPermission.READ_SHEETS, place)


@requires(QualityPermission.VIEW, on=find_report)
def pdf(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The report as it stands."""
    return attached(report_paper.pdf(_readable(request, cycle), at=timezone.now()), _name(cycle), "pdf")


@requires(QualityPermission.VIEW, on=find_report)
def docx(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The same, to be edited in Word."""
    return attached(report_paper.docx(_readable(request, cycle), at=timezone.now()), _name(cycle), "docx")


@requires(QualityPermission.VIEW, on=find_report)
def xlsx(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """What it stores, as a workbook."""
    return attached(report_paper.xlsx(_readable(request, cycle)), _name(cycle), "xlsx")


def _readable(request: StaffRequest, cycle: Cycle) -> queries.Told:
    if not may_read_draft(request.user, cycle):
        raise Http404
    return queries.told(cycle, timezone.localdate())


def _name(cycle: Cycle) -> str:
    return f"informe-autoevaluacion-ciclo-{cycle.number}"


def attached(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to be kept, called by what it is and today's date."""
    headers = {"Content-Disposition": f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.{kind}"'}
    return HttpResponse(content, content_type=str(MEDIA[kind]), headers=headers)


@requires(QualityPermission.LEAD, on=find_report)
def letter(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The mayor's letter with which the report is sent."""
    form = LetterForm(sent(request), request.FILES or None, instance=Report.objects.filter(cycle=cycle).first())
    page = Page(
        heading=_("Oficio de la alcaldía"),
        lead=_("Con este oficio la alcaldía envía el informe al organismo que valida."),
        submit=_("Guardar"),
        act=lambda data: actions.save_letter(cycle, today=timezone.localdate(), by=request.user, **data),
        done=_("Oficio guardado."),
        back=report_url(cycle, "contenidos"),
        crumbs=report_crumbs(cycle),
        draft_key=f"calidad-informe-oficio-{cycle.pk}",
        fresh=lambda: Report.objects.get(cycle=cycle),
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_report)
def acta(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Which meeting of the committee backs the scores."""
    form = ActaForm(sent(request), instance=Report.objects.filter(cycle=cycle).first(), cycle=cycle)
    page = Page(
        heading=_("Acta que respalda los puntajes"),
        lead=_("Elija la reunión en que el Comité de Mejora acordó los puntajes."),
        submit=_("Guardar"),
        act=lambda data: actions.choose_acta(cycle, by=request.user, **data),
        done=_("Acta elegida."),
        back=report_url(cycle, "contenidos"),
        crumbs=report_crumbs(cycle),
        fresh=lambda: Report.objects.get(cycle=cycle),
    )
    return answer(request, form, page)


@requires(QualityPermission.VIEW, on=find_report)
def acta_paper(request: StaffRequest, cycle: Cycle) -> FileResponse:
    """The acta itself, for whoever reads the report: they need not see the meetings of the committee."""
    paper = queries.acta_paper(queries.backing_acta(cycle))
    if paper is None:
        raise Http404
    return handed_over(paper)


@requires(QualityPermission.REVIEW_AS_CONSULTANT, on=find_report)
def review(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The consultant's remarks on what the report says now."""
    current = report.now(queries.told(cycle, timezone.localdate()))
    form = ReviewForm(sent(request), initial={"seen": current})
    page = Page(
        heading=_("Revisar el informe"),
        lead=_("Lea antes el informe completo. Si después cambia, habrá que revisarlo otra vez."),
        submit=_("Guardar la revisión"),
        act=lambda data: actions.review(cycle, subject=Subject.REPORT, by=request.user, **data),
        done=_("Revisión guardada."),
        back=report_url(cycle, "revision"),
        crumbs=report_crumbs(cycle),
        draft_key=f"calidad-informe-revision-{cycle.pk}",
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_report)
def send(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Send the report whole; refused while one of its five contents, or the consultant's review of it, is missing."""
    last = queries.last_sending(cycle, Subject.REPORT)
    known = last.to if last else queries.validating_body()
    form = SendForm(sent(request), initial={"to": known}, is_again=last is not None)
    page = Page(
        heading=_("Enviar el informe"),
        lead=_("Se guarda una copia de lo enviado y los puntajes declarados ya no cambian."),
        submit=_("Enviar"),
        act=lambda data: _send(cycle, request, data),
        done=_("Informe enviado."),
        back=report_url(cycle, "envio"),
        crumbs=report_crumbs(cycle),
    )
    return answer(request, form, page)


def _send(cycle: Cycle, request: StaffRequest, data: dict[str, Any]) -> Any:
    """The copy is made before the transaction, which checks that it is of what stands then."""
    told, now = queries.told(cycle, timezone.localdate()), timezone.now()
    copy = sending.Copy(
        name=_("Informe de Autoevaluación, ciclo %s") % cycle.number,
        pdf=report_paper.pdf(told, at=now),
        data=report_paper.xlsx(told),
        content_sha256=report.now(told),
    )
    return sending.send_report(cycle, copy=copy, today=timezone.localdate(), by=request.user, **data)
