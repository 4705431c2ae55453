"""What departments owe to the programme: the sheets that nobody wrote yet, and the immediate actions not done.

A visit of the consultancy is a task of the process, and counts there.
"""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabildo.instruments.models import Sheet
from cabildo.instruments.queries.items import items_of
from cabildo.quality.models import Cycle, ImmediateAction
from cabildo.quality.queries.cycles import leaving
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


def _undone(_user: Any) -> QuerySet[ImmediateAction]:
    """Of cycles that go on."""
    pending = ImmediateAction.objects.filter(done_on=None, cycle__closed_on=None)
    return pending.exclude(cycle__in=Cycle.objects.filter(leaving()).values("pk"))


def _action(action: ImmediateAction) -> Owed:
    url = reverse("quality:improvement", args=[action.cycle.number])
    return Owed(_("Ciclo %s") % action.cycle.number, action.what, str(action.responsible), action.due_on, url)


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
    ledgers.register(
        Ledger(
            "inmediatas",
            gettext_lazy("Acciones inmediatas"),
            _undone,
            _action,
            department="",
            related=("cycle", "responsible"),
            persons=("responsible",),
        )
    )
