"""Stage 1: one page with what is there and what is missing; the agreement and its clauses."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.quality import queries
from cabildo.quality.actions import agreements as actions
from cabildo.quality.choices import Nature, Party, QualityPermission
from cabildo.quality.forms.entry import AgreementForm, ClauseForm, MeetClauseForm
from cabildo.quality.models import Agreement, Clause, Cycle
from cabildo.quality.shown import entry
from cabildo.quality.shown.stage_papers import StagePaper
from cabildo.quality.views.diagnosis import crumbs, find_cycle
from cabildo.quality.views.stage_files import as_stage_file
from cabildo.quality.views.writing import may_lead, may_write
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.parts import Crumb


def find_clause(_user: Any, number: int, pk: int) -> Clause:
    clauses = Clause.objects.select_related("agreement__cycle", "met_by")
    return get_object_or_404(clauses, agreement__cycle__number=number, pk=pk)


def find_agreement(_user: Any, number: int) -> Agreement:
    return get_object_or_404(Agreement.objects.select_related("cycle"), cycle__number=number)


def entry_url(cycle: Cycle, part: str = "") -> str:
    """The page of stage 1, at one of its parts."""
    return reverse("quality:entry", args=[cycle.number]) + (f"#{part}" if part else "")


def entry_crumbs(cycle: Cycle) -> list[Crumb]:
    return crumbs(cycle, Crumb(f"{cycle} · {_('Ingreso')}", entry_url(cycle)))


def _paper(found: queries.Entry) -> StagePaper:
    from cabildo.quality.shown import entry_paper  # by who asks for the file, not by the start

    return entry_paper.paper(found)


@requires(QualityPermission.VIEW, on=find_cycle)
def overview(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Agreement, counterparts and support, each with what is missing and where it is done; or its file."""
    found = queries.entry_of(cycle)
    file = as_stage_file(request, lambda: _paper(found))
    if file is not None:
        return file
    is_open = cycle.closed_on is None  # accounts are rendered, and counterparts end, even when the cycle left
    context = {
        "cycle": cycle,
        "entry": found,
        "steps": entry.steps(found),
        "agreement_facts": entry.agreement_facts(found),
        "amendments": entry.amendments(found),
        "parties": entry.clauses_by_party(found),
        "supports": entry.supports(found),
        "run": queries.run_of(cycle),
        "today": timezone.localdate(),
        "may_lead": may_lead(request, cycle),
        "may_end": is_open and can(request.user, QualityPermission.LEAD),
        "may_support": may_write(request, cycle, QualityPermission.SUPPORT),
        "may_account": is_open and can(request.user, QualityPermission.SUPPORT),
        "crumbs": crumbs(cycle, Crumb(f"{cycle} · {_('Ingreso')}")),
    }
    return render(request, "quality/entry.html", context)


@requires(QualityPermission.LEAD, on=find_cycle)
def agreement(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The agreement: with whom, its number, both signatures, its signed file."""
    held = Agreement.objects.filter(cycle=cycle).first()
    form = AgreementForm(sent(request), request.FILES or None, instance=held)
    page = Page(
        heading=_("Convenio de colaboración"),
        lead=_("Ambas partes lo firmaron: cada cambio es una modificación, con su razón y su documento.")
        if held is not None and held.is_signed
        else _("Fija los deberes y derechos de la municipalidad y del organismo en este ciclo."),
        submit=_("Guardar"),
        act=lambda data: actions.save_agreement(cycle, today=timezone.localdate(), by=request.user, **data),
        done=_("Convenio guardado."),
        back=entry_url(cycle, "convenio"),
        crumbs=entry_crumbs(cycle),
        draft_key=f"calidad-convenio-{cycle.pk}",
        fresh=lambda: Agreement.objects.get(cycle=cycle),
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_agreement)
def clause_add(request: StaffRequest, held: Agreement) -> HttpResponse:
    """A duty or a right; a gate names in the address whose (`parte`) and which of the two (`tipo`)."""
    form = ClauseForm(sent(request), initial=_asked_for(request))
    page = Page(
        heading=_("Agregar una cláusula"),
        lead=_("Un deber o un derecho por cláusula, para poder anotar después cuándo se cumplió."),
        submit=_("Agregar"),
        act=lambda data: actions.add_clause(held, by=request.user, **_without_revision(data)),
        done=_("Cláusula agregada."),
        back=entry_url(held.cycle, "clausulas"),
        crumbs=entry_crumbs(held.cycle),
        draft_key=f"calidad-clausula-nueva-{held.pk}",
    )
    return answer(request, form, page)


def _asked_for(request: StaffRequest) -> dict[str, str]:
    asked = {"party": request.GET.get("parte", ""), "nature": request.GET.get("tipo", "")}
    known = {"party": Party.values, "nature": Nature.values}
    return {name: value for name, value in asked.items() if value in known[name]}


def _without_revision(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "revision"}


@requires(QualityPermission.LEAD, on=find_clause)
def clause(request: StaffRequest, shown: Clause) -> HttpResponse:
    """Its words, for whom it is, its date."""
    form = ClauseForm(sent(request), instance=Clause.objects.get(pk=shown.pk))
    page = Page(
        heading=_("Cambiar la cláusula"),
        submit=_("Guardar"),
        act=lambda data: actions.change_clause(shown, by=request.user, **data),
        done=_("Cláusula guardada."),
        back=entry_url(shown.agreement.cycle, "clausulas"),
        crumbs=entry_crumbs(shown.agreement.cycle),
        draft_key=f"calidad-clausula-{shown.pk}",
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_clause)
def clause_meet(request: StaffRequest, shown: Clause) -> HttpResponse:
    """Note when it was met and what shows it."""
    form = MeetClauseForm(sent(request), initial={"met_on": timezone.localdate()})
    page = Page(
        heading=_("Anotar que se cumplió"),
        lead=shown.text,
        submit=_("Anotar"),
        act=lambda data: actions.meet_clause(shown, today=timezone.localdate(), by=request.user, **data),
        done=_("Cumplimiento anotado."),
        back=entry_url(shown.agreement.cycle, "clausulas"),
        crumbs=entry_crumbs(shown.agreement.cycle),
        draft_key=f"calidad-cumplir-{shown.pk}",
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_clause)
def clause_clear(request: StaffRequest, shown: Clause) -> HttpResponse:
    asked = Question(
        heading=_("¿Dejar la cláusula como pendiente?"),
        consequence=_("Se borra lo anotado sobre «%s».") % shown.text,
        confirm=_("Dejar pendiente"),
        act=lambda: actions.clear_clause(shown, by=request.user),
        done=_("La cláusula quedó pendiente."),
        back=entry_url(shown.agreement.cycle, "clausulas"),
    )
    return confirm(request, asked)


@requires(QualityPermission.LEAD, on=find_clause)
def clause_remove(request: StaffRequest, shown: Clause) -> HttpResponse:
    asked = Question(
        heading=_("¿Quitar la cláusula?"),
        consequence=_("Deja de estar en el convenio: «%s».") % shown.text,
        confirm=_("Quitar"),
        act=lambda: actions.remove_clause(shown, by=request.user),
        done=_("Cláusula quitada."),
        back=entry_url(shown.agreement.cycle, "clausulas"),
    )
    return confirm(request, asked)
