"""What departments owe to a self-assessment, for management control: the sheets that nobody wrote yet."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabildo.instruments.models import Sheet
from cabildo.instruments.queries.items import items_of
from cabildo.quality.models import Cycle
from cabildo.workflow import ledgers
from cabildo.workflow.ledgers import Ledger, Owed


def _unwritten(_user: Any) -> QuerySet[Sheet]:
    """Of cycles that go on, in self-assessments that are still open; each with the number of its cycle."""
    cycle = Cycle.objects.filter(closed_on=None, self_assessment=OuterRef("assessment")).values("number")[:1]
    found = Sheet.objects.filter(Q(text="") | Q(written_at=None), assessment__closed_at=None)
    numbered = found.annotate(cycle_number=Subquery(cycle)).filter(cycle_number__isnull=False)
    return numbered.defer("assessment__version__body")


def _sheet(sheet: Any) -> Owed:
    label = next(item.label for item in items_of(sheet.assessment) if item.id == sheet.element)
    url = reverse("quality:sheet", args=[sheet.cycle_number, sheet.element])
    return Owed(_("Ciclo %s") % sheet.cycle_number, _("Autoevaluación: %s") % label, "", sheet.due_on, url)


def register() -> None:
    ledgers.register(
        Ledger(
            "fichas",
            gettext_lazy("Fichas de la autoevaluación"),
            _unwritten,
            _sheet,
            related=("assessment__version__pack",),
        )
    )
