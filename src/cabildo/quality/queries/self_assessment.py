"""Stage 3 of a cycle: its models to choose from, a place in it, and which sheets a person has to write."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from cabildo.accounts.access import departments_where
from cabildo.accounts.scoping import current_municipality
from cabildo.content import queries as packs
from cabildo.content.kinds import Adopted
from cabildo.instruments.choices import MarkMode
from cabildo.instruments.models import Assessment, Evidence, Sheet
from cabildo.instruments.queries.filled import Filled
from cabildo.instruments.queries.glance import glance
from cabildo.instruments.queries.items import Item, items_of
from cabildo.instruments.queries.sheets import Whole, read
from cabildo.instruments.rules.structure import takes_both_ways
from cabildo.quality.choices import QualityPermission, Stage
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, Validation
from cabildo.quality.queries.cycles import leaving, run_pk_of
from cabildo.quality.rules.validation import MACHINE, MARKING
from cabildo.workflow.processes.choices import StageState
from cabildo.workflow.processes.models import StageRun

MODELS = "assessment_models"


@dataclass(frozen=True)
class Place:
    """The self-assessment of a cycle, or a sheet or an evidence of it."""

    cycle: Cycle
    sheet: Sheet | None = None
    evidence: Evidence | None = None

    @property
    def municipality_id(self) -> int:
        """Whose it is: the door asks."""
        return self.cycle.municipality_id

    @property
    def assessment(self) -> Assessment:
        """Only of a place in a self-assessment that has begun."""
        found = self.cycle.self_assessment
        if found is None:
            raise LookupError(self.cycle.pk)
        return found

    @property
    def item(self) -> Item:
        """The element of the sheet, as the model writes it."""
        name = self.sheet.element if self.sheet else ""
        return next(item for item in items_of(self.assessment) if item.id == name)

    @property
    def number(self) -> int:
        return self.cycle.number


@dataclass(frozen=True)
class Startable:
    """A model in use, in one of the ways it is marked; `mode` is empty where it has one alone."""

    adopted: Adopted
    body: Mapping[str, Any]
    mode: str

    @property
    def code(self) -> str:
        """How a form names it: «12», «12:attributes»."""
        return f"{self.adopted.version_id}:{self.mode}" if self.mode else str(self.adopted.version_id)


def startable() -> list[Startable]:
    """Every model in use, in each of its ways, by name."""
    found = [(one, packs.body(one)) for one in models_in_use()]
    return [
        Startable(one, body, mode)
        for one, body in found
        for mode in (MarkMode.values if takes_both_ways(body) else [""])
    ]


def models_in_use() -> list[Adopted]:
    """The assessment models that the municipality adopted, by name."""
    return packs.adopted(current_municipality().pk, MODELS)


def with_self_assessment() -> QuerySet[Cycle]:
    """Cycles with their self-assessment and its version, without reading the whole body of the pack."""
    found = Cycle.objects.select_related("self_assessment__version__pack").defer("self_assessment__version__body")
    return found.annotate(left=leaving())


def declaring_refused(cycle: Cycle) -> QualityError | None:
    """Why what was declared can neither be opened again nor sent again: the validators agreed their marks on it, or its
    stage is closed. Three queries."""
    state = Validation.objects.filter(cycle=cycle).values_list("state", flat=True).first()
    if state is not None and state not in MARKING:
        return QualityError("declaration_firm" if state in MACHINE.final else "declaration_agreed")
    closed = StageRun.objects.filter(run=run_pk_of(cycle), code=Stage.SELF_ASSESSMENT, state=StageState.CLOSED)
    stage = closed.defer("run__pack_version__body").select_related("run__pack_version").first()
    return QualityError("declaration_settled", stage=stage.label) if stage else None


def filled(cycle: Cycle, today: date) -> Filled:
    """How far a self-assessment is that has begun, and what is missing. Two queries."""
    return glance(Place(cycle).assessment, today)


def whole(cycle: Cycle, today: date) -> Whole:
    """All that was written in a self-assessment that has begun. Six queries."""
    return read(Place(cycle).assessment, today)


def sheets_of_person(user: Any) -> QuerySet[Sheet]:
    """Sheets of open self-assessments that the departments of this person write or help to write."""
    mine = departments_where(user, QualityPermission.WRITE_SHEETS)
    found = Sheet.objects.filter(
        Q(department__in=mine) | Q(helpers__in=mine),
        assessment__closed_at__isnull=True,
        assessment__in=Cycle.objects.filter(closed_on=None, self_assessment__isnull=False).values("self_assessment"),
    )
    return found.select_related("assessment__version__pack", "department").defer("assessment__version__body").distinct()


@dataclass(frozen=True)
class OwedSheet:
    """A sheet that somebody's department writes, with the element it is of and the cycle in which."""

    sheet: Sheet
    item: Item
    number: int

    @property
    def is_written(self) -> bool:
        return self.sheet.is_written


def owed_sheets(user: Any, limit: int | None = None) -> list[OwedSheet]:
    """The sheets of this person's departments, the first due first. Two queries, and the model once."""
    order = (F("due_on").asc(nulls_last=True), "pk")
    found = list(sheets_of_person(user).order_by(*order)[:limit])
    if not found:
        return []
    numbers = dict(Cycle.objects.filter(closed_on=None).values_list("self_assessment", "number"))
    assessments = {sheet.assessment_id: sheet.assessment for sheet in found}
    items = {pk: {item.id: item for item in items_of(one)} for pk, one in assessments.items()}
    return [
        OwedSheet(sheet, items[sheet.assessment_id][sheet.element], numbers[sheet.assessment_id]) for sheet in found
    ]
