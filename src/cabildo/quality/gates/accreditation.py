"""The accreditation line: which services, what is declared of them, what the visit found."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.quality import queries as asked
from cabildo.quality.choices import AccreditationStage
from cabildo.quality.gates.cycles import of_cycle
from cabildo.quality.models import Cycle
from cabildo.quality.queries import accreditation as queries
from cabildo.quality.queries.accreditation import Accreditation, Stated
from cabildo.workflow.processes import gates
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.gates import Missing


def register() -> None:
    gates.register(queries.SERVICES_GATE, of_cycle(services_chosen))
    gates.register("quality.accreditation_points_declared", of_cycle(points_declared))
    gates.register("quality.accreditation_points_validated", of_cycle(points_validated))


def services_chosen(cycle: Cycle) -> Iterator[Missing]:
    """At least one; its department and its reason the database guarantees."""
    if not queries.services_of(cycle):
        yield Missing(_("Elegir los servicios que se presentan"), reverse("quality:service_add", args=[cycle.number]))


def points_declared(cycle: Cycle) -> Iterator[Missing]:
    """Global management and every service, with the paper that says so."""
    found = queries.accreditation_of(cycle)
    page = reverse("quality:points_declare", args=[cycle.number])
    if found.declared is None:
        yield Missing(_("Declarar los puntos de gestión global y de cada servicio"), page)
    else:
        yield from _of_all(found, found.declared, page)


def points_validated(cycle: Cycle) -> Iterator[Missing]:
    """What the visit found of the same, in answer to what stands declared."""
    found = queries.accreditation_of(cycle)
    page = reverse("quality:accreditation_result", args=[cycle.number])
    if found.declared is None:
        yield from points_declared(cycle)
    elif found.validated is None:
        yield Missing(_("Los validadores deben anotar los puntos que resulten de la visita"), page)
    else:
        if found.is_stale:
            yield Missing(_("La municipalidad declaró de nuevo: los validadores deben anotar otra vez"), page)
        elif _is_before_the_visit(cycle, found.validated):
            yield Missing(_("Los puntos validados son de antes de la visita: los validadores deben anotarlos"), page)
        yield from _of_all(found, found.validated, page)


def _of_all(found: Accreditation, stated: Stated, page: str) -> Iterator[Missing]:
    for service in stated.without_points(found.services):
        yield Missing(_("Anotar los puntos del servicio: %s") % service, page)
    for service in stated.dropped(found.withdrawn):
        yield Missing(_("Anotar de nuevo los puntos sin el servicio que se retiró: %s") % service, page)


def _is_before_the_visit(cycle: Cycle, stated: Stated) -> bool:
    """Were they sealed before the stage that visits the services began?"""
    run = asked.run_of(cycle)
    found = processes.stages_of(run) if run else []
    visit = next((stage for stage in found if stage.code == AccreditationStage.ACCREDITATION), None)
    began_on = visit.started_on if visit else None
    return began_on is not None and timezone.localdate(stated.layer.sealed_at) < began_on
