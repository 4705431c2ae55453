"""The national desk: the municipalities of an agency, who looks after them, and the line of each.

A view enters the list of municipalities that accepted, through `in_municipalities`, to read; what it does to one of
them is an action, which enters that one.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cabildo.accounts.access import AgencyRequest, can_in_agency, requires_agency
from cabildo.accounts.models import Agency, Municipality
from cabildo.accounts.queries import people_of_agency
from cabildo.accounts.scoping import in_municipalities, in_municipality
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.indicators.responses import as_file
from cabildo.quality import queries
from cabildo.quality.actions import programme as actions
from cabildo.quality.choices import STAGES, EnrolmentState, QualityPermission
from cabildo.quality.forms.programme import AssignForm, InviteForm, LineForm
from cabildo.quality.models import Cycle, Enrolment
from cabildo.quality.queries import programme
from cabildo.quality.shown import programme as shown
from cabildo.quality.shown import workload as board
from cabildo.territory.models import Region
from cabildo.ui import engine_xlsx
from cabildo.ui.exports import csv_lines
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.lists import FORMAT, ChoiceFilter, Filter, ListSpec, ListState, SortOption, TextFilter
from cabildo.ui.parts import Column, Crumb
from cabildo.ui.spanish import number

PAGE_SIZE = 25
VIEW, MANAGE = QualityPermission.VIEW_PROGRAMME, QualityPermission.MANAGE_PROGRAMME
LATE = [("si", gettext_lazy("Atrasadas"))]
COLUMNS = [
    Column("municipality", gettext_lazy("Municipalidad"), sort="nombre"),
    Column("stage", gettext_lazy("Etapa")),
    Column("line", gettext_lazy("Línea")),
    Column("professional", gettext_lazy("Profesional")),
    Column("due", gettext_lazy("Plazo de la etapa")),
]
SORTS = [
    SortOption("nombre", gettext_lazy("Por nombre"), ("name", "pk")),
    SortOption("comuna", gettext_lazy("De norte a sur"), ("commune", "pk")),
]
HEADINGS = ("Municipalidad", "Región", "Participa", "Etapa", "Plazo", "Días de atraso", "Línea", "Profesional")


def find_enrolment(agency: Agency, slug: str) -> Enrolment:
    """A municipality of the agency; of the others the desk knows nothing."""
    return get_object_or_404(queries.enrolments_of(agency), municipality__slug=slug)


def find_own(agency: Agency, slug: str) -> Enrolment:
    """One that the agency itself runs the programme for: to change something of it."""
    return get_object_or_404(queries.enrolments_of(agency).filter(agency=agency), municipality__slug=slug)


def _spec(agency: Agency) -> ListSpec:
    filters: list[Filter] = [
        TextFilter("q", _("Nombre de la municipalidad")),
        ChoiceFilter("etapa", _("Etapa"), [(str(value), label) for value, label in STAGES]),
        ChoiceFilter("linea", _("Línea"), [*programme.lines(), (programme.TO_CONFIRM, _("Por confirmar"))]),
        ChoiceFilter("region", _("Región"), lambda: list(Region.objects.values_list("code", "short_name"))),
        ChoiceFilter("estado", _("Invitación"), [(str(value), label) for value, label in EnrolmentState.choices]),
        ChoiceFilter("profesional", _("Profesional"), lambda: shown.choices_of(agency)),
        ChoiceFilter("atraso", _("Plazo"), LATE),
    ]
    return ListSpec(filters, COLUMNS, SORTS)


@requires_agency(VIEW)
def municipalities(request: AgencyRequest) -> HttpResponse:
    """Every municipality of the agency, by stage, line and region."""
    today, listing = timezone.localdate(), _spec(request.agency).read(request.GET)
    with in_municipalities(queries.accepted_ids(request.agency)):
        found = _found(request.agency, listing)
        if request.GET.get(FORMAT) in {"csv", "xlsx"}:
            return _exported(shown.rows(found.order_by(*listing.sort.order), today), request.GET[FORMAT])
        try:
            part = page(found, listing.sort.order, listing.cursor, PAGE_SIZE)
        except InvalidCursor:
            return redirect("programme:municipalities")
        count = capped_count(found).number
        context = {
            "heading": _("Municipalidades del programa"),
            "listing": listing,
            "page": part,
            "rows": shown.rows(part.items, today),
            "count_words": ngettext("%s municipalidad", "%s municipalidades", count) % number(count),
            "may_manage": can_in_agency(request.user, MANAGE, request.agency),
            "xlsx_url": listing.export_url("xlsx"),
            "csv_url": listing.export_url("csv"),
        }
        return render(request, "quality/agency/municipalities.html", context)


def _found(agency: Agency, listing: ListState) -> Any:
    asked = listing.values
    late = programme.late_standings(timezone.localdate()) if asked["atraso"] else None
    rows = programme.with_standing(queries.enrolments_of(agency))
    rows = rows.annotate(name=F("municipality__name"), commune=F("municipality__commune_code"))
    wanted = programme.Asked(
        words=asked["q"],
        region=asked["region"],
        line=asked["linea"],
        stage=asked["etapa"],
        state=asked["estado"],
        professional=asked["profesional"],
        late=None if late is None else frozenset(one.run.municipality_id for one in late),
    )
    return programme.narrowed(rows, wanted)


def _exported(rows: list[shown.Row], wanted: str) -> HttpResponse:
    name = f"municipalidades-{timezone.localdate():%Y-%m-%d}.{wanted}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if wanted == "csv":
        body: Any = "".join(csv_lines(HEADINGS, _cells(rows)))
        return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)
    body = engine_xlsx.workbook("Municipalidades", HEADINGS, _cells(rows))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(body, content_type=kind, headers=headers)


def _cells(rows: list[shown.Row]) -> Iterator[list[Any]]:
    for row in rows:
        due = row.standing.due_on if row.standing else None
        late = row.late_days if row.standing else None
        name, state = row.enrolment.municipality.name, str(row.state.label)
        yield [name, row.region, state, row.stage, due, late, row.line, row.professional]


@requires_agency(VIEW)
def workload(request: AgencyRequest) -> HttpResponse:
    """Who looks after how many, by line and by stage; as page, PDF or workbook."""
    with in_municipalities(queries.accepted_ids(request.agency)):
        drawn = board.board(request.agency, timezone.localdate())
    file = as_file(request, drawn, "carga-de-trabajo", issuer=request.agency)
    return file or render(request, "quality/result.html", {"board": drawn, "crumbs": _crumbs(_("Carga de trabajo"))})


def _crumbs(*more: str | Crumb) -> list[Crumb]:
    trail = [one if isinstance(one, Crumb) else Crumb(one) for one in more]
    return [Crumb(_("Municipalidades"), reverse("programme:municipalities")), *trail]


def page_of(enrolment: Enrolment) -> str:
    return reverse("programme:municipality", args=[enrolment.municipality.slug])


def _crumb(enrolment: Enrolment) -> Crumb:
    return Crumb(str(enrolment.municipality), page_of(enrolment))


@requires_agency(MANAGE)
def invite(request: AgencyRequest) -> HttpResponse:
    """Ask a municipality to take part; `municipalidad` in the address names whom to invite again."""
    free = Municipality.objects.exclude(pk__in=programme.taken_ids(request.agency)).order_by("name")
    asked = free.filter(slug=request.GET.get("municipalidad", "")).first()
    form = InviteForm(sent(request), agency=request.agency, free=free, initial={"municipality": asked})
    today = timezone.localdate()
    form_page = Page(
        heading=_("Invitar a una municipalidad"),
        lead=_("La municipalidad lee la invitación en su mesa de trabajo y responde ahí."),
        submit=_("Invitar"),
        act=lambda data: actions.invite(
            data.pop("municipality"), agency=request.agency, today=today, by=request.user, **data
        ),
        done=_("Invitación enviada."),
        back=page_of,
        cancel=reverse("programme:municipalities"),
        crumbs=_crumbs(),
        draft_key=f"calidad-invitar-{request.agency.pk}",
    )
    return answer(request, form, form_page)


@requires_agency(VIEW, on=find_enrolment)
def municipality(request: AgencyRequest, enrolment: Enrolment) -> HttpResponse:
    """One municipality: its invitation, its stages, its line, and the way into its pages for who may enter."""
    cycle = shown.cycle_of(enrolment)
    is_own = enrolment.agency_id == request.agency.pk
    context = {
        "enrolment": enrolment,
        "facts": shown.enrolment_facts(enrolment),
        "shown": cycle,
        "line_facts": shown.line_facts(cycle.cycle, cycle.standing) if cycle else [],
        "history": shown.line_history(cycle.decisions) if cycle else [],
        "may_manage": is_own and can_in_agency(request.user, MANAGE, request.agency),
        "may_confirm": cycle is not None and _may_confirm(request, enrolment) and _is_closed(cycle.cycle),
        "may_visit": enrolment.professional_id == request.user.pk,
        "crumbs": _crumbs(str(enrolment.municipality)),
    }
    return render(request, "quality/agency/municipality.html", context)


def _is_closed(cycle: Cycle) -> bool:
    return cycle.diagnosis is not None and not cycle.diagnosis.is_open


def _may_confirm(request: AgencyRequest, enrolment: Enrolment) -> bool:
    """Whoever leads the programme, for all; a professional, for those they look after."""
    if enrolment.agency_id != request.agency.pk:
        return False
    leads = can_in_agency(request.user, MANAGE, request.agency)
    confirms = can_in_agency(request.user, QualityPermission.CONFIRM_LINE, request.agency)
    return confirms and (leads or enrolment.professional_id == request.user.pk)


@requires_agency(MANAGE, on=find_own)
def assign(request: AgencyRequest, enrolment: Enrolment) -> HttpResponse:
    """Who looks after it from today, and which body validates."""
    people = people_of_agency(request.agency, [actions.PROFESSIONAL])
    initial = {"professional": enrolment.professional_id, "validating_agency": enrolment.validating_agency_id}
    form = AssignForm(sent(request), agency=request.agency, people=people, initial=initial)
    form_page = Page(
        heading=_("Acompañamiento de %s") % enrolment.municipality,
        submit=_("Guardar"),
        act=lambda data: actions.look_after(enrolment, today=timezone.localdate(), by=request.user, **data),
        done=_("Acompañamiento guardado."),
        back=page_of(enrolment),
        crumbs=_crumbs(_crumb(enrolment)),
    )
    return answer(request, form, form_page)


@requires_agency(QualityPermission.CONFIRM_LINE, on=find_own)
def confirm_line(request: AgencyRequest, enrolment: Enrolment) -> HttpResponse:
    """The programme confirms the line, or decides another, with its reason."""
    found = shown.cycle_of(enrolment)
    if found is None or not _may_confirm(request, enrolment):
        raise Http404
    cycle = found.cycle
    with in_municipality(enrolment.municipality):
        lead = shown.line_lead(cycle)
    form_page = Page(
        heading=_("Confirmar la línea de %s") % enrolment.municipality,
        lead=lead,
        submit=_("Confirmar"),
        act=lambda data: _confirm(enrolment, cycle, request, data),
        done=_("Línea confirmada."),
        back=page_of(enrolment),
        crumbs=_crumbs(_crumb(enrolment)),
        draft_key=f"calidad-linea-{cycle.pk}",
    )
    return answer(request, LineForm(sent(request), initial={"line": cycle.proposed_line}), form_page)


def _confirm(enrolment: Enrolment, cycle: Cycle, request: AgencyRequest, data: dict[str, Any]) -> None:
    with in_municipality(enrolment.municipality):
        actions.confirm_line(cycle, today=timezone.localdate(), by=request.user, **data)
