"""What is done and what is missing before a municipality can open to the public."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cabildo.accounts import queries as accounts
from cabildo.accounts.models import Department, Membership, Municipality
from cabildo.content import queries as content
from cabildo.content.kinds import adoptable_kinds
from cabildo.notifications.queries import mail_server
from cabildo.territory.models import Commune
from cabildo.tickets.models import Category, TermRule
from cabildo.tickets.people_warnings import sentence
from cabildo.tickets.queries.unattended import empty_departments
from cabildo.ui.parts import Missing, Step
from cabildo.workflow.models import HolidayChange

UNSTAFFED_SHOWN = 8
NEEDED_ROLES = {
    "requests_office": gettext_lazy("Nombrar a alguien en la oficina de solicitudes (OIRS)"),
    # blocking a datum while it is reviewed is decided in two business days (Ley 19.628, art. 11)
    "data_protection": gettext_lazy(
        "Nombrar a quien responde los derechos sobre datos personales, con el rol «Protección de datos personales» "
        "(Ley 19.628, artículo 11: hasta 30 días corridos, y 2 hábiles para un bloqueo)"
    ),
}


@dataclass(frozen=True)
class Stage:
    """One stage: where it is done, what is there already, what it still asks for. Optional ones ask for nothing."""

    title: str
    url: str
    note: str = ""
    done: bool = True
    missing: Sequence[Missing] = ()


def stages(municipality: Municipality) -> list[Stage]:
    """All stages but the opening itself, in the order in which they are best done."""
    return [stage(municipality) for stage in STAGES]


def missing(municipality: Municipality) -> list[Missing]:
    """Everything without which the municipality cannot receive requests, each with where it is done."""
    return [item for stage in stages(municipality) for item in stage.missing]


def steps(municipality: Municipality) -> list[Step]:
    """The stages as the page draws them, with the opening, which names all that is missing, as the last."""
    found = stages(municipality)
    lacking = [item for stage in found for item in stage.missing]
    first = next((stage for stage in found if not stage.done), None)
    drawn = [
        Step(stage.title, _state(stage, first), note=stage.note, url=stage.url, missing=stage.missing)
        for stage in found
    ]
    return [*drawn, _opening(municipality, lacking, is_next=first is None)]


def _state(stage: Stage, first: Stage | None) -> str:
    if stage.done:
        return "done"
    return "current" if stage is first else "pending"


def _opening(municipality: Municipality, lacking: Sequence[Missing], *, is_next: bool) -> Step:
    title, url = _("Abrir al público"), reverse("setup:opening")
    if municipality.opened_at is not None:
        return Step(title, "done", note=_("Los vecinos ya pueden entrar."), url=url)
    if lacking:
        return Step(title, "blocked", url=url, missing=lacking)
    return Step(title, "current" if is_next else "pending", note=_("No falta nada obligatorio."), url=url)


def _identity(municipality: Municipality) -> Stage:
    note = municipality.name
    if not municipality.arms_url:
        note = _("%s, sin escudo todavía") % note
    return Stage(_("Nombre y escudo"), reverse("setup:identity"), note)


def _colour(municipality: Municipality) -> Stage:
    return Stage(_("Color"), reverse("setup:colour"), _("Tono %s") % municipality.hue)


def _commune(municipality: Municipality) -> Stage:
    url = reverse("setup:commune")
    commune = Commune.objects.filter(code=municipality.commune_code).select_related("province__region").first()
    if commune is None:
        return Stage(_("Comuna"), url, done=False, missing=[Missing(_("Indicar qué comuna gobierna"), url)])
    return Stage(_("Comuna"), url, f"{commune.name}, {commune.province.region.short_name}")


def _departments(_municipality: Municipality) -> Stage:
    url = reverse("setup:sheet", args=["direcciones"])
    count = Department.objects.filter(is_active=True).count()
    if not count:
        missing = [Missing(_("Cargar al menos una dirección o unidad"), url)]
        return Stage(_("Direcciones y unidades"), url, done=False, missing=missing)
    return Stage(_("Direcciones y unidades"), url, ngettext("%s activa", "%s activas", count) % count)


def _officials(_municipality: Municipality) -> Stage:
    url = reverse("setup:sheet", args=["funcionarios"])
    people = accounts.people_here().count()
    lacking: list[Missing] = []
    in_force = Membership.objects.filter(accounts.in_force(timezone.localdate()), user__is_active=True)
    held, invite = set(in_force.values_list("role", flat=True)), reverse("accounts:invite")
    lacking += [Missing(words, invite) for role, words in NEEDED_ROLES.items() if role not in held]
    lacking += [Missing(_("Dar un rol a alguien en %s") % department.name, invite) for department in _unstaffed()]
    lacking += [Missing(sentence(empty), invite) for empty in empty_departments()]
    note = ngettext("%s persona con rol", "%s personas con rol", people) % people
    return Stage(_("Funcionarias y funcionarios"), url, note, done=not lacking, missing=lacking)


def _unstaffed() -> Iterable[Department]:
    """Departments that must answer some open category and in which nobody works today, without open requests yet."""
    answering = Category.objects.filter(is_open=True).values("department_id")
    waiting = [empty.department.pk for empty in empty_departments()]
    return accounts.departments_without_people().filter(pk__in=answering).exclude(pk__in=waiting)[:UNSTAFFED_SHOWN]


def _mail(_municipality: Municipality) -> Stage:
    url, server = reverse("notifications:mail_server"), mail_server()
    if server is None:
        missing = [Missing(_("Indicar el servidor de correo de salida y probarlo"), url)]
        return Stage(_("Correo"), url, done=False, missing=missing)
    incoming = server.incoming_address or _("sin correo de entrada")
    return Stage(
        _("Correo"), url, _("Salida: %(out)s. Entrada: %(in)s.") % {"out": server.from_address, "in": incoming}
    )


def _holidays(_municipality: Municipality) -> Stage:
    count = HolidayChange.objects.count()
    note = (
        ngettext("%s cambio propio", "%s cambios propios", count) % count if count else _("Los nacionales, sin cambios")
    )
    return Stage(_("Feriados"), reverse("setup:holidays"), note)


def _packs(municipality: Municipality) -> Stage:
    url, in_use = reverse("setup:packs"), content.in_use(municipality.pk)
    used = {one.kind for one in in_use}
    lacking = [
        Missing(adoptable.needed, url)
        for kind, adoptable in adoptable_kinds()
        if adoptable.needed and kind.kind not in used
    ]
    note = "; ".join(f"{one.title}, {_('versión')} {one.version}" for one in in_use)
    return Stage(_("Contenidos adoptados"), url, note, done=not lacking, missing=lacking)


def _terms(_municipality: Municipality) -> Stage:
    """Done when the municipality fixed the terms itself, or confirmed those that its tree proposes."""
    url, proposed = reverse("setup:terms"), Q(is_proposed=True)
    counts = TermRule.objects.aggregate(all=Count("pk", filter=Q(category=None)), proposed=Count("pk", filter=proposed))
    lacking = []
    if not counts["all"]:
        lacking.append(Missing(_("Fijar los plazos de la ordenanza, con su artículo"), url))
    if counts["proposed"]:
        lacking.append(Missing(_("Confirmar o cambiar los plazos propuestos (%s)") % counts["proposed"], url))
    note = ngettext("%s plazo fijado", "%s plazos fijados", counts["all"]) % counts["all"]
    return Stage(_("Plazos de la ordenanza"), url, "" if lacking else note, done=not lacking, missing=lacking)


def _categories(_municipality: Municipality) -> Stage:
    url = reverse("setup:categories")
    orphan = Q(department=None) | Q(department__is_active=False)
    counts = Category.objects.filter(is_open=True).aggregate(open=Count("pk"), orphans=Count("pk", filter=orphan))
    lacking = []
    if not counts["open"]:
        lacking.append(Missing(_("Abrir al menos una categoría"), url))
    if counts["orphans"]:
        words = _("Indicar quién responde en %s categorías abiertas") % counts["orphans"]
        lacking.append(Missing(words, f"{url}?sin=direccion"))
    note = ngettext("%s abierta", "%s abiertas", counts["open"]) % counts["open"]
    return Stage(_("Categorías"), url, note, done=not lacking, missing=lacking)


STAGES: Sequence[Callable[[Any], Stage]] = (
    _identity,
    _colour,
    _commune,
    _departments,
    _packs,
    _officials,
    _categories,
    _terms,
    _holidays,
    _mail,
)
