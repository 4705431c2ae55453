"""The desk of an agency: its trainings, whom it called, their materials and who came."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabildo.accounts.access import AgencyRequest, can_in_agency, requires_agency
from cabildo.accounts.models import Agency, Municipality
from cabildo.accounts.scoping import in_municipalities
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.documents.models import Document
from cabildo.documents.responses import handed_over
from cabildo.quality.actions import trainings as actions
from cabildo.quality.choices import QualityPermission, TrainingKind
from cabildo.quality.forms.trainings import AttendanceForm, CallForm, MaterialForm, TrainingForm
from cabildo.quality.models import Training, TrainingPlace
from cabildo.quality.queries import accepted_ids
from cabildo.quality.queries import trainings as asked
from cabildo.quality.queries.trainings import Called, Turnout
from cabildo.quality.views.agency_papers import paper_among
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.list_files import list_file, wanted_format
from cabildo.ui.lists import ChoiceFilter, ListSpec, SortOption, TextFilter
from cabildo.ui.parts import Column, Crumb, Fact
from cabildo.ui.spanish import counted, long_date

VIEW, MANAGE = QualityPermission.VIEW_PROGRAMME, QualityPermission.MANAGE_PROGRAMME
PAGE_SIZE = 25
SPEC = ListSpec(
    [
        TextFilter("q", gettext_lazy("Nombre, lugar o quién la da")),
        ChoiceFilter("tipo", gettext_lazy("Tipo"), [(str(value), label) for value, label in TrainingKind.choices]),
        ChoiceFilter(
            "cuando",
            gettext_lazy("Cuándo"),
            [(asked.COMING, gettext_lazy("Por venir")), (asked.HELD, gettext_lazy("Hechas"))],
        ),
    ],
    [
        Column("title", gettext_lazy("Capacitación"), sort="nombre"),
        Column("kind", gettext_lazy("Tipo")),
        Column("days", gettext_lazy("Fechas"), sort="fecha"),
        Column("called", gettext_lazy("Municipalidades"), numeric=True),
        Column("came", gettext_lazy("Asistencia")),
    ],
    [
        SortOption("fecha", gettext_lazy("Las últimas primero"), ("-starts_on", "-pk")),
        SortOption("nombre", gettext_lazy("Por nombre"), ("title", "pk")),
    ],
)


@dataclass(frozen=True)
class Place:
    """A municipality of a training of the agency, with its people and materials."""

    called: Called

    @property
    def place(self) -> TrainingPlace:
        return self.called.place

    @property
    def training(self) -> Training:
        training: Training = self.place.training
        return training


def find_training(agency: Agency, pk: int) -> Training:
    return get_object_or_404(Training, agency=agency, pk=pk)


def find_place(agency: Agency, pk: int, slug: str) -> Place:
    """A municipality that was called, among those that take part with the agency."""
    training = find_training(agency, pk)
    with in_municipalities(accepted_ids(agency)):
        found = [one for one in asked.called_to(training) if one.place.municipality.slug == slug]
    if not found:
        raise Http404
    return Place(found[0])


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Capacitaciones"), reverse("programme:trainings")), *more]


def training_url(training: Training) -> str:
    return reverse("programme:training", args=[training.pk])


def _within(training: Training) -> list[Crumb]:
    return _crumbs(Crumb(str(training), training_url(training)))


@requires_agency(VIEW)
def trainings(request: AgencyRequest) -> HttpResponse:
    """Every training of the agency with how many were expected and came."""
    listing = SPEC.read(request.GET)
    values = listing.values
    found = asked.trainings_of(request.agency, words=values["q"], kind=values["tipo"], when=values["cuando"])
    with in_municipalities(accepted_ids(request.agency)):
        if wanted := wanted_format(request):
            return _file(found.order_by(*listing.sort.order), wanted)
        try:
            part = page(found, listing.sort.order, listing.cursor, PAGE_SIZE)
        except InvalidCursor:
            return redirect("programme:trainings")
        people = asked.turnouts(part.items)
    context = {
        "heading": _("Capacitaciones"),
        "listing": listing,
        "page": part,
        "rows": [(one, people.get(one.pk, Turnout())) for one in part.items],
        "count_words": counted(capped_count(found), _("capacitación"), _("capacitaciones")),
        "may_manage": can_in_agency(request.user, MANAGE, request.agency),
    }
    return render(request, "quality/agency/trainings.html", context)


def _file(found: QuerySet[Training], wanted: str) -> HttpResponse:
    headings = [
        _("Capacitación"), _("Tipo"), _("Primer día"), _("Último día"), _("Lugar"), _("Quiénes la dan"),
        _("Municipalidades"), _("Personas esperadas"), _("Asistieron"), _("Sin anotar"),
    ]  # fmt: skip
    return list_file(wanted, name="capacitaciones", title=_("Capacitaciones"), headings=headings, rows=_rows(found))


def _rows(found: QuerySet[Training]) -> Iterator[list[Any]]:
    listed = list(found)
    people = asked.turnouts(listed)
    for one in listed:
        many = people.get(one.pk, Turnout())
        told = [one.title, one.get_kind_display(), one.starts_on, one.ends_on, one.place, one.trainers]
        yield [*told, many.municipalities, many.expected, many.came, many.unmarked]


@requires_agency(VIEW, on=find_training)
def training(request: AgencyRequest, shown: Training) -> HttpResponse:
    """One training: its days, its materials, and each municipality with its people."""
    with in_municipalities(accepted_ids(request.agency)):
        called = asked.called_to(shown)
    context = {
        "training": shown,
        "facts": [
            Fact(_("Tipo"), shown.get_kind_display()),
            Fact(_("Primer día"), long_date(shown.starts_on)),
            Fact(_("Último día"), long_date(shown.ends_on)),
            Fact(_("Lugar"), shown.place),
            Fact(_("Quiénes la dan"), shown.trainers),
        ],
        "called": called,
        "materials": called[0].materials if called else (),
        "has_begun": shown.starts_on <= timezone.localdate(),
        "may_manage": can_in_agency(request.user, MANAGE, request.agency),
        "crumbs": _crumbs(Crumb(str(shown))),
    }
    return render(request, "quality/agency/training.html", context)


@requires_agency(MANAGE)
def add(request: AgencyRequest) -> HttpResponse:
    form_page = Page(
        heading=_("Planificar una capacitación"),
        lead=_("Después convoque a las municipalidades y agregue el material."),
        submit=_("Planificar"),
        act=lambda data: actions.plan_training(
            request.agency, by=request.user, **{name: value for name, value in data.items() if name != "revision"}
        ),
        done=_("Capacitación planificada."),
        back=training_url,
        cancel=reverse("programme:trainings"),
        crumbs=_crumbs(),
        draft_key=f"calidad-capacitacion-nueva-{request.agency.pk}",
    )
    return answer(request, TrainingForm(sent(request)), form_page)


@requires_agency(MANAGE, on=find_training)
def edit(request: AgencyRequest, shown: Training) -> HttpResponse:
    form_page = Page(
        heading=_("Cambiar la capacitación"),
        submit=_("Guardar"),
        act=lambda data: actions.change_training(shown, by=request.user, **data),
        done=_("Capacitación guardada."),
        back=training_url(shown),
        crumbs=_within(shown),
        draft_key=f"calidad-capacitacion-{shown.pk}",
    )
    return answer(request, TrainingForm(sent(request), instance=Training.objects.get(pk=shown.pk)), form_page)


@requires_agency(MANAGE, on=find_training)
def call(request: AgencyRequest, shown: Training) -> HttpResponse:
    """Among those that take part and were not called."""
    ids = accepted_ids(request.agency)
    with in_municipalities(ids):
        called = {one.place.municipality_id for one in asked.called_to(shown)}
    free = Municipality.objects.filter(pk__in=set(ids) - called).order_by("name")
    today = timezone.localdate()
    form_page = Page(
        heading=_("Convocar a una municipalidad"),
        lead=str(shown),
        submit=_("Convocar"),
        act=lambda data: actions.call_municipality(shown, data["municipality"], today=today, by=request.user),
        done=_("Municipalidad convocada."),
        back=training_url(shown),
        crumbs=_within(shown),
    )
    return answer(request, CallForm(sent(request), free=free), form_page)


@requires_agency(MANAGE, on=find_training)
def material_add(request: AgencyRequest, shown: Training) -> HttpResponse:
    form_page = Page(
        heading=_("Agregar material"),
        lead=_("Lo descarga cada municipalidad convocada, también las que convoque después."),
        submit=_("Agregar"),
        act=lambda data: actions.add_material(shown, paper=data["paper"], by=request.user),
        done=_("Material agregado."),
        back=training_url(shown),
        crumbs=_within(shown),
    )
    return answer(request, MaterialForm(sent(request), request.FILES or None), form_page)


def find_material(agency: Agency, pk: int, public_id: UUID) -> Document:
    training = find_training(agency, pk)
    with in_municipalities(accepted_ids(agency)):
        return paper_among((one.materials for one in asked.called_to(training)), public_id)


@requires_agency(VIEW, on=find_material)
def material(_request: AgencyRequest, found: Document) -> FileResponse:
    """The file itself, for who gives the training."""
    return handed_over(found)


@requires_agency(MANAGE, on=find_place)
def attendance(request: AgencyRequest, shown: Place) -> HttpResponse:
    """Who of a municipality came."""
    form_page = Page(
        heading=_("Asistencia de %s") % shown.place.municipality,
        lead=str(shown.training),
        submit=_("Guardar"),
        act=lambda data: actions.note_attendance(
            shown.place, came=data["came"], today=timezone.localdate(), by=request.user
        ),
        done=_("Asistencia guardada."),
        back=training_url(shown.training),
        crumbs=_within(shown.training),
    )
    return answer(request, AttendanceForm(sent(request), people=shown.called.attendances), form_page)


@requires_agency(MANAGE, on=find_place)
def renew_list(request: AgencyRequest, shown: Place) -> HttpResponse:
    question = Question(
        heading=_("¿Poner al día la lista de %s?") % shown.place.municipality,
        consequence=_("Se agregan quienes entraron después al comité. Nadie sale de la lista."),
        confirm=_("Poner al día"),
        act=lambda: actions.renew_list(shown.place, today=timezone.localdate(), by=request.user),
        done=_("Lista al día."),
        back=training_url(shown.training),
    )
    return confirm(request, question)
