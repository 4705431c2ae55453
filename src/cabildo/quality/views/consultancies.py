"""The desk of an agency: the consultancies it contracted, their people and the municipalities they accompany."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cabildo.accounts import actions as accounts
from cabildo.accounts.access import AgencyRequest, can_in_agency, requires_agency
from cabildo.accounts.models import Agency, Municipality
from cabildo.accounts.scoping import in_municipalities
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.documents.models import Document
from cabildo.documents.responses import handed_over
from cabildo.quality.actions import consultancy as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.consultancy import ConsultancyForm, ConsultantForm
from cabildo.quality.forms.trainings import CallForm, MaterialForm
from cabildo.quality.models import Consultancy, ConsultancyMember, ConsultancyPlace
from cabildo.quality.queries import accepted_ids
from cabildo.quality.queries import consultancy as asked
from cabildo.quality.views.agency_papers import paper_among
from cabildo.quality.views.invitations import send_again
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.list_files import list_file, wanted_format
from cabildo.ui.lists import ChoiceFilter, ListSpec, SortOption, TextFilter
from cabildo.ui.parts import Column, Crumb, Fact
from cabildo.ui.spanish import counted, long_date

VIEW, MANAGE = QualityPermission.VIEW_PROGRAMME, QualityPermission.MANAGE_PROGRAMME
PAGE_SIZE = 25
SPEC = ListSpec(
    [
        TextFilter("q", gettext_lazy("Empresa, licitación o contrato")),
        ChoiceFilter(
            "estado",
            gettext_lazy("Estado"),
            [(asked.RUNNING, gettext_lazy("Vigentes")), (asked.ENDED, gettext_lazy("Terminadas"))],
        ),
    ],
    [
        Column("firm", gettext_lazy("Consultoría"), sort="nombre"),
        Column("tender", gettext_lazy("Licitación")),
        Column("contract", gettext_lazy("Contrato")),
        Column("days", gettext_lazy("Vigencia"), sort="fecha"),
    ],
    [
        SortOption("fecha", gettext_lazy("Las últimas primero"), ("-starts_on", "-pk")),
        SortOption("nombre", gettext_lazy("Por nombre"), ("firm", "pk")),
    ],
)


def find_consultancy(agency: Agency, pk: int) -> Consultancy:
    return get_object_or_404(Consultancy.objects.select_related("agency"), agency=agency, pk=pk)


def find_member(agency: Agency, pk: int, member: int) -> ConsultancyMember:
    found = ConsultancyMember.objects.select_related("consultancy__agency", "user")
    return get_object_or_404(found, consultancy__agency=agency, consultancy=pk, pk=member, ended_on=None)


def find_place(agency: Agency, pk: int, slug: str) -> ConsultancyPlace:
    """A municipality of the contract today, among those that take part with the agency."""
    consultancy = find_consultancy(agency, pk)
    with in_municipalities(accepted_ids(agency)):
        places = [one.place for one in asked.covered_by(consultancy) if one.place.ended_on is None]
    found = next((one for one in places if one.municipality.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Consultorías"), reverse("programme:consultancies")), *more]


def page_of(consultancy: Consultancy) -> str:
    return reverse("programme:consultancy", args=[consultancy.pk])


def _within(consultancy: Consultancy) -> list[Crumb]:
    return _crumbs(Crumb(str(consultancy), page_of(consultancy)))


@requires_agency(VIEW)
def consultancies(request: AgencyRequest) -> HttpResponse:
    """Every contract of the agency, those that ended too."""
    listing = SPEC.read(request.GET)
    found = asked.consultancies_of(request.agency, words=listing.values["q"], state=listing.values["estado"])
    if wanted := wanted_format(request):
        return _file(found.order_by(*listing.sort.order), wanted)
    try:
        part = page(found, listing.sort.order, listing.cursor, PAGE_SIZE)
    except InvalidCursor:
        return redirect("programme:consultancies")
    context = {
        "heading": _("Consultorías"),
        "listing": listing,
        "page": part,
        "rows": part.items,
        "count_words": counted(capped_count(found), _("consultoría"), _("consultorías")),
        "may_manage": can_in_agency(request.user, MANAGE, request.agency),
    }
    return render(request, "quality/agency/consultancies.html", context)


def _file(found: QuerySet[Consultancy], wanted: str) -> HttpResponse:
    headings = [
        _("Empresa"), _("Licitación"), _("Se adjudicó el"), _("Contrato"), _("Primer día"), _("Último día"),
        _("Terminó el"),
    ]  # fmt: skip
    return list_file(wanted, name="consultorias", title=_("Consultorías"), headings=headings, rows=_rows(found))


def _rows(found: QuerySet[Consultancy]) -> Iterator[list[Any]]:
    for one in found:
        yield [
            one.firm, one.tender_number, one.awarded_on, one.contract_number, one.starts_on, one.ends_on, one.ended_on
        ]  # fmt: skip


@requires_agency(VIEW, on=find_consultancy)
def consultancy(request: AgencyRequest, shown: Consultancy) -> HttpResponse:
    """One contract: its people, its municipalities and how many visits each has had."""
    with in_municipalities(accepted_ids(request.agency)):
        covered = asked.covered_by(shown)
    manages = can_in_agency(request.user, MANAGE, request.agency)
    context = {
        "consultancy": shown,
        "facts": facts_of(shown),
        "covered": covered,
        "members": asked.members_of(shown),
        "may_manage": manages and shown.ended_on is None,
        "is_covering": any(one.place.ended_on is None for one in covered),
        "papers": next((one.papers for one in covered if one.papers), ()),
        "crumbs": _crumbs(Crumb(str(shown))),
    }
    return render(request, "quality/agency/consultancy.html", context)


def facts_of(shown: Consultancy) -> list[Fact]:
    facts = [
        Fact(_("Licitación"), shown.tender_number),
        Fact(_("Se adjudicó el"), long_date(shown.awarded_on)),
        Fact(_("Contrato"), shown.contract_number),
        Fact(_("Primer día del contrato"), long_date(shown.starts_on)),
        Fact(_("Último día del contrato"), long_date(shown.ends_on)),
    ]
    return [*facts, Fact(_("Terminó el"), long_date(shown.ended_on))] if shown.ended_on else facts


@requires_agency(MANAGE)
def add(request: AgencyRequest) -> HttpResponse:
    today = timezone.localdate()
    form_page = Page(
        heading=_("Registrar una consultoría"),
        lead=_("La licitación, su adjudicación y el contrato. Después se agregan las personas y las municipalidades."),
        submit=_("Registrar"),
        act=lambda data: actions.contract(
            request.agency,
            today=today,
            by=request.user,
            **{name: value for name, value in data.items() if name != "revision"},
        ),
        done=_("Consultoría registrada."),
        back=page_of,
        cancel=reverse("programme:consultancies"),
        crumbs=_crumbs(),
        draft_key=f"calidad-consultoria-nueva-{request.agency.pk}",
    )
    return answer(request, ConsultancyForm(sent(request)), form_page)


@requires_agency(MANAGE, on=find_consultancy)
def edit(request: AgencyRequest, shown: Consultancy) -> HttpResponse:
    form_page = Page(
        heading=_("Cambiar la consultoría"),
        submit=_("Guardar"),
        act=lambda data: actions.change_contract(shown, today=timezone.localdate(), by=request.user, **data),
        done=_("Consultoría guardada."),
        back=page_of(shown),
        crumbs=_within(shown),
        draft_key=f"calidad-consultoria-{shown.pk}",
    )
    return answer(request, ConsultancyForm(sent(request), instance=Consultancy.objects.get(pk=shown.pk)), form_page)


@requires_agency(MANAGE, on=find_consultancy)
def consultant_add(request: AgencyRequest, shown: Consultancy) -> HttpResponse:
    """Whoever has no account gets one, and the mail that opens it."""
    form_page = Page(
        heading=_("Agregar a un consultor"),
        lead=_("Desde hoy entra a las municipalidades del contrato, y a ninguna otra. Quien valida no puede serlo."),
        submit=_("Agregar"),
        act=lambda data: _entered(request, shown, data),
        done=_("Consultor agregado."),
        back=page_of(shown),
        crumbs=_within(shown),
    )
    return answer(request, ConsultantForm(sent(request)), form_page)


def _entered(request: AgencyRequest, shown: Consultancy, data: dict[str, Any]) -> ConsultancyMember:
    user, is_new = accounts.save_official(email=data["email"], full_name=data["full_name"], by=request.user)
    member = actions.add_consultant(shown, user=user, today=timezone.localdate(), by=request.user)
    if is_new:
        accounts.invite_user(user, by=request.user, agency=request.agency)
    return member


@require_POST
@requires_agency(MANAGE, on=find_member)
def consultant_invite(request: AgencyRequest, shown: ConsultancyMember) -> HttpResponse:
    return send_again(request, shown.user, page_of(shown.consultancy))


@requires_agency(MANAGE, on=find_member)
def consultant_end(request: AgencyRequest, shown: ConsultancyMember) -> HttpResponse:
    question = Question(
        heading=_("¿%s deja la consultoría?") % shown,
        consequence=_("Hoy es el último día en que entra a las municipalidades del contrato. Lo que escribió queda."),
        confirm=_("Sí, deja la consultoría"),
        act=lambda: actions.end_consultant(shown, today=timezone.localdate(), by=request.user),
        done=_("Anotado."),
        back=page_of(shown.consultancy),
    )
    return confirm(request, question)


@requires_agency(MANAGE, on=find_consultancy)
def cover(request: AgencyRequest, shown: Consultancy) -> HttpResponse:
    """Among those that take part and have no consultancy."""
    ids = accepted_ids(request.agency)
    with in_municipalities(ids):
        taken = set(ConsultancyPlace.objects.filter(ended_on=None).values_list("municipality_id", flat=True))
    free = Municipality.objects.filter(pk__in=set(ids) - taken).order_by("name")
    today = timezone.localdate()
    form = CallForm(sent(request), free=free)
    form.fields["municipality"].help_text = _("Sus consultores entran desde hoy; la municipalidad lee el contrato.")
    form_page = Page(
        heading=_("Agregar una municipalidad"),
        lead=str(shown),
        submit=_("Agregar"),
        act=lambda data: actions.cover(shown, data["municipality"], today=today, by=request.user),
        done=_("Municipalidad agregada."),
        back=page_of(shown),
        crumbs=_within(shown),
    )
    return answer(request, form, form_page)


@requires_agency(MANAGE, on=find_place)
def uncover(request: AgencyRequest, shown: ConsultancyPlace) -> HttpResponse:
    question = Question(
        heading=_("¿Dejar de acompañar a %s?") % shown.municipality,
        consequence=_("Hoy es el último día en que sus consultores entran. Las visitas y sus informes quedan."),
        confirm=_("Dejar de acompañar"),
        act=lambda: actions.uncover(shown, today=timezone.localdate(), by=request.user),
        done=_("Anotado."),
        back=page_of(shown.consultancy),
    )
    return confirm(request, question)


@requires_agency(MANAGE, on=find_consultancy)
def end(request: AgencyRequest, shown: Consultancy) -> HttpResponse:
    question = Question(
        heading=_("¿Terminar la consultoría?"),
        consequence=_("Hoy es su último día: ninguno de sus consultores vuelve a entrar. Lo que escribieron queda."),
        confirm=_("Terminar"),
        act=lambda: actions.end_consultancy(shown, today=timezone.localdate(), by=request.user),
        done=_("Consultoría terminada."),
        back=page_of(shown),
    )
    return confirm(request, question)


@requires_agency(MANAGE, on=find_consultancy)
def paper_add(request: AgencyRequest, shown: Consultancy) -> HttpResponse:
    form_page = Page(
        heading=_("Agregar el contrato"),
        lead=_("Lo lee cada municipalidad de la consultoría, también las que agregue después."),
        submit=_("Agregar"),
        act=lambda data: actions.add_contract_paper(shown, paper=data["paper"], by=request.user),
        done=_("Contrato agregado."),
        back=page_of(shown),
        crumbs=_within(shown),
    )
    return answer(request, MaterialForm(sent(request), request.FILES or None), form_page)


def find_paper(agency: Agency, pk: int, public_id: UUID) -> Document:
    shown = find_consultancy(agency, pk)
    with in_municipalities(accepted_ids(agency)):
        return paper_among((one.papers for one in asked.covered_by(shown)), public_id)


@requires_agency(VIEW, on=find_paper)
def paper(_request: AgencyRequest, found: Document) -> FileResponse:
    """The contract itself, for the agency that signed it."""
    return handed_over(found)
