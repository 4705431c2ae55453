"""What do the lists offer, and which rows do they show?"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.db.folded import matching
from cabildo.meetings.choices import AgreementState, BodyKind, MeetingKind, State
from cabildo.meetings.models import Agreement, Body, Meeting
from cabildo.ui.lists import ChoiceFilter, DateRangeFilter, ListSpec, MultipleFilter, SortOption, TextFilter
from cabildo.ui.parts import Column

SEARCH = TextFilter("q", _("Buscar"))
STANDING = [("late", _("Fuera de plazo")), ("mine", _("A mi cargo"))]


def meeting_spec(bodies: QuerySet[Body]) -> ListSpec:
    """The list of meetings; `bodies` are those this person may choose among."""
    return ListSpec(
        filters=[
            SEARCH,
            MultipleFilter("estado", _("Estado"), State.choices),
            ChoiceFilter("tipo", _("Tipo"), MeetingKind.choices),
            ChoiceFilter("cuerpo", _("Cuerpo"), lambda: [(str(body.pk), body.name) for body in bodies]),
            DateRangeFilter("fecha", _("Fecha")),
        ],
        columns=[
            Column("folio", _("Reunión")),
            Column("when", _("Cuándo"), sort="recientes"),
            Column("body", _("Cuerpo")),
            Column("state", _("Estado")),
        ],
        sorts=[
            SortOption("recientes", _("Más recientes primero"), ("-planned_start_at", "-pk")),
            SortOption("antiguas", _("Más antiguas primero"), ("planned_start_at", "pk")),
        ],
    )


def filtered_meetings(meetings: QuerySet[Meeting], values: Mapping[str, Any]) -> QuerySet[Meeting]:
    found = meetings.filter(matching(values["q"], "title", "body__name", "place")).select_related("body")
    if values["estado"]:
        found = found.filter(state__in=values["estado"])
    if values["tipo"]:
        found = found.filter(kind=values["tipo"])
    if values["cuerpo"]:
        found = found.filter(body=values["cuerpo"])
    if values["fecha"].since:
        found = found.filter(planned_start_at__gte=_midnight(values["fecha"].since))
    if values["fecha"].until:
        found = found.filter(planned_start_at__lt=_midnight(values["fecha"].until) + timedelta(days=1))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def body_spec() -> ListSpec:
    return ListSpec(
        filters=[
            SEARCH,
            ChoiceFilter("tipo", _("Tipo"), BodyKind.choices),
            ChoiceFilter("vigencia", _("Vigencia"), [("now", _("Vigentes hoy")), ("over", _("Terminados"))]),
        ],
        columns=[
            Column("name", _("Cuerpo")),
            Column("kind", _("Tipo")),
            Column("act", _("Creado por")),
            Column("people", _("Integrantes hoy"), numeric=True),
        ],
        sorts=[SortOption("nombre", _("Por nombre"), ("name", "pk"))],
    )


def filtered_bodies(bodies: QuerySet[Body], values: Mapping[str, Any], today: date) -> QuerySet[Body]:
    """With `people`: how many have a seat today."""
    seated = Q(members__starts_on__lte=today) & (Q(members__ends_on__isnull=True) | Q(members__ends_on__gte=today))
    found = bodies.filter(matching(values["q"], "name"))
    if values["tipo"]:
        found = found.filter(kind=values["tipo"])
    over = Q(ends_on__lt=today)
    if values["vigencia"]:
        found = found.filter(over if values["vigencia"] == "over" else ~over | Q(ends_on=None))
    return found.annotate(people=Count("members", filter=seated, distinct=True))


def agreement_spec() -> ListSpec:
    return ListSpec(
        filters=[
            SEARCH,
            MultipleFilter("estado", _("Estado"), AgreementState.choices),
            ChoiceFilter("situacion", _("Situación"), STANDING),
            DateRangeFilter("plazo", _("Plazo")),
        ],
        columns=[
            Column("what", _("Acuerdo")),
            Column("responsible", _("Responsable")),
            Column("due", _("Plazo"), sort="plazo"),
            Column("state", _("Estado")),
        ],
        sorts=[
            SortOption("plazo", _("Por plazo"), ("due_on", "pk")),
            SortOption("recientes", _("Los últimos primero"), ("-pk",)),
        ],
    )


def filtered_agreements(
    agreements: QuerySet[Agreement], values: Mapping[str, Any], today: date, mine: Q
) -> QuerySet[Agreement]:
    """`mine` says which are of who asks."""
    found = agreements.filter(matching(values["q"], "what")).select_related("meeting", "user", "department")
    if values["estado"]:
        found = found.filter(state__in=values["estado"])
    if values["situacion"] == "late":
        found = found.filter(state=AgreementState.OPEN, due_on__lt=today)
    if values["situacion"] == "mine":
        found = found.filter(mine)
    if values["plazo"].since:
        found = found.filter(due_on__gte=values["plazo"].since)
    if values["plazo"].until:
        found = found.filter(due_on__lte=values["plazo"].until)
    return found
