"""A service of the open cycle and what the committee states of it: the pages of the accreditation line show them."""

from decimal import Decimal

from django.utils import timezone

from cabildo.accounts.models import Department, User
from cabildo.quality import queries
from cabildo.quality.choices import PointsSide
from cabildo.quality.models import Cycle, Points, PointsLayer, Service
from cabildo.quality.queries import accreditation as line
from e2e.site_map import Values


def gather(lead: User) -> Values:
    """The demonstration goes through the other line: the rows are written as they stand, without its process."""
    cycle = queries.open_cycle()
    assert cycle is not None
    here = {"municipality_id": cycle.municipality_id}
    service = Service.objects.create(
        **here,
        cycle=cycle,
        name="Licencias de conducir",
        department=Department.objects.get(code="transito"),
        delivers="La licencia, en el mesón.",
        reason="Hay registros de tres años.",
    )
    _declare(cycle, service, lead)
    return {"mesa/calidad/{number}/acreditacion/servicios/pk": [service.pk]}


def _declare(cycle: Cycle, service: Service, lead: User) -> None:
    rules = line.rules_in_use(timezone.localdate())
    assert rules is not None
    here = {"municipality_id": cycle.municipality_id}
    layer = PointsLayer.objects.create(
        **here,
        cycle=cycle,
        side=PointsSide.DECLARED,
        rules=rules,
        paper="Acta N° 12",
        sealed_at=timezone.now(),
        sealed_by=lead,
    )
    for total in line.totals_of(rules):
        Points.objects.create(**here, layer=layer, total=total.id, label=total.label, points=Decimal(110))
    Points.objects.create(**here, layer=layer, service=service, label=service.name, points=Decimal("95.5"))
