"""What the verbs of a model being filled in share: the assessment and the sheet held open, and who does it."""

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.db.locking import lock_rows
from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.guards import refuse_shut
from cabildo.instruments.models import Assessment, Sheet
from cabildo.instruments.queries.items import Item, items_of

type By = User | audit.Actor


def hold_open(assessment_id: int) -> Assessment:
    """The assessment, locked to the end of the transaction. InstrumentsError assessment_closed, assessment_shut."""
    found = lock_rows(Assessment.objects.filter(pk=assessment_id)).get()
    if not found.is_open:
        raise InstrumentsError("assessment_closed")
    refuse_shut(found)
    return found


def hold_sheet(sheet: Sheet) -> Sheet:
    """The sheet as it is now, locked, of an open assessment. InstrumentsError assessment_closed."""
    hold_open(sheet.assessment_id)
    return lock_rows(Sheet.objects.filter(pk=sheet.pk)).select_related("assessment").get()


def item_of(assessment: Assessment, element: str) -> Item:
    """The element of the pinned version. InstrumentsError element_unknown."""
    found = next((item for item in items_of(assessment) if item.id == element), None)
    if found is None:
        raise InstrumentsError("element_unknown")
    return found


def person(by: By) -> User | None:
    return by if isinstance(by, User) else None
