"""Good practices: what every official reads, and how the committee registers and publishes them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.quality.actions import practices as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.methods import PracticeForm
from cabildo.quality.models import Cycle, GoodPractice
from cabildo.quality.queries import practices as lists
from cabildo.quality.queries.committee import published_practices
from cabildo.quality.views.committee import committee_crumbs, committee_url
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.parts import Crumb, Fact
from cabildo.ui.spanish import counted, short_date

PAGE_SIZE = 20


def find_published(_user: Any, pk: int) -> GoodPractice:
    return get_object_or_404(published_practices(), pk=pk)


def find_practice(_user: Any, number: int, pk: int) -> GoodPractice:
    return get_object_or_404(GoodPractice.objects.select_related("cycle"), cycle__number=number, pk=pk)


@requires(QualityPermission.READ_PRACTICES)
def practices(request: StaffRequest) -> HttpResponse:
    """What works in each department, for whoever wants to copy it."""
    listing = lists.spec().read(request.GET)
    found = lists.listed(listing.values)
    try:
        shown = page(found, listing.sort.order, listing.cursor, PAGE_SIZE)
    except InvalidCursor:
        return redirect("quality:practices")
    context = {
        "heading": _("Buenas prácticas"),
        "listing": listing,
        "page": shown,
        "count_words": counted(capped_count(found), _("buena práctica"), _("buenas prácticas")),
        "is_searched": bool(listing.chips),
    }
    return render(request, "quality/practices.html", context)


@requires(QualityPermission.READ_PRACTICES, on=find_published)
def practice(request: StaffRequest, shown: GoodPractice) -> HttpResponse:
    context = {
        "practice": shown,
        "facts": [
            Fact(_("Dirección"), shown.department),
            Fact(_("Desde"), short_date(shown.since_on)),
            Fact(
                _("A quién preguntar"), _("%(name)s, %(mail)s") % {"name": shown.contact, "mail": shown.contact.email}
            ),
            Fact(_("Publicada"), short_date(shown.published_on) if shown.published_on else ""),
        ],
        "crumbs": [Crumb(_("Buenas prácticas"), reverse("quality:practices")), Crumb(shown.title)],
    }
    return render(request, "quality/practice.html", context)


@requires(QualityPermission.LEAD, on=find_cycle)
def add(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    form = PracticeForm(sent(request))
    page_shown = Page(
        heading=_("Registrar una buena práctica"),
        lead=_(
            "Algo que resulta en una dirección y que otra puede copiar. Se lee en la municipalidad cuando se publica."
        ),
        submit=_("Registrar"),
        act=lambda data: actions.register_practice(cycle, **_fresh(request, data)),
        done=_("Buena práctica registrada. Publíquela cuando esté lista."),
        back=committee_url(cycle, "practicas"),
        crumbs=committee_crumbs(cycle),
        draft_key=f"calidad-practica-nueva-{cycle.pk}",
    )
    return answer(request, form, page_shown)


def _fresh(request: StaffRequest, data: dict[str, Any]) -> dict[str, Any]:
    written = {name: value for name, value in data.items() if name != "revision"}
    return {**written, "today": timezone.localdate(), "by": request.user}


@requires(QualityPermission.LEAD, on=find_practice)
def edit(request: StaffRequest, shown: GoodPractice) -> HttpResponse:
    form = PracticeForm(sent(request), instance=GoodPractice.objects.get(pk=shown.pk))
    page_shown = Page(
        heading=_("Cambiar la buena práctica"),
        submit=_("Guardar"),
        act=lambda data: actions.change_practice(shown, today=timezone.localdate(), by=request.user, **data),
        done=_("Buena práctica guardada."),
        back=committee_url(shown.cycle, "practicas"),
        crumbs=committee_crumbs(shown.cycle),
        draft_key=f"calidad-practica-{shown.pk}",
    )
    return answer(request, form, page_shown)


@requires(QualityPermission.LEAD, on=find_practice)
def publish(request: StaffRequest, shown: GoodPractice) -> HttpResponse:
    asked = Question(
        heading=_("¿Publicar la buena práctica?"),
        consequence=_("Todas las personas con cuenta en la municipalidad podrán leer «%s».") % shown.title,
        confirm=_("Publicar"),
        act=lambda: actions.publish_practice(shown, today=timezone.localdate(), by=request.user),
        done=_("Buena práctica publicada dentro de la municipalidad."),
        back=committee_url(shown.cycle, "practicas"),
    )
    return confirm(request, asked)


@requires(QualityPermission.LEAD, on=find_practice)
def withdraw(request: StaffRequest, shown: GoodPractice) -> HttpResponse:
    asked = Question(
        heading=_("¿Dejar de publicar la buena práctica?"),
        consequence=_("«%s» deja de verse en la lista. Sigue registrada en el ciclo.") % shown.title,
        confirm=_("Dejar de publicar"),
        act=lambda: actions.withdraw_practice(shown, by=request.user),
        done=_("La buena práctica ya no está publicada."),
        back=committee_url(shown.cycle, "practicas"),
    )
    return confirm(request, asked)


@requires(QualityPermission.LEAD, on=find_practice)
def remove(request: StaffRequest, shown: GoodPractice) -> HttpResponse:
    asked = Question(
        heading=_("¿Quitar la buena práctica?"),
        consequence=_("Deja de estar en el registro: «%s». Hágalo sólo si se anotó por error.") % shown.title,
        confirm=_("Quitar"),
        act=lambda: actions.remove_practice(shown, by=request.user),
        done=_("Buena práctica quitada."),
        back=committee_url(shown.cycle, "practicas"),
    )
    return confirm(request, asked)
