"""Verbs of the group: each proposes alone, the consensus is opened, one mark is agreed."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.db.locking import lock_rows
from cabildo.db.revised import put
from cabildo.instruments.actions.holding import By, hold_open, hold_sheet, item_of, person
from cabildo.instruments.actions.sheets import refuse_outside
from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.models import Assessment, Proposal, Sheet
from cabildo.instruments.queries.items import Item
from cabildo.instruments.queries.sheets import proposed_mark
from cabildo.instruments.rules import sheets as rules
from cabildo.instruments.rules.scoring import Mark

STAMPS = ("agreed_at", "agreed_by", "revision", "touched")


@transaction.atomic
def propose(sheet: Sheet, *, mark: Mark, note: str = "", by: User) -> Proposal:
    """What this person would give; it replaces what they proposed before.

    InstrumentsError consensus_open, mark_missing, marks_refused, assessment_closed.
    """
    sheet = hold_sheet(sheet)
    if sheet.consensus_opened_at is not None:
        raise InstrumentsError("consensus_open")
    item = item_of(sheet.assessment, sheet.element)
    _refuse(sheet, item, mark)
    told = {**_fields(mark), "note": note.strip(), "proposed_at": timezone.now()}
    proposal, _is_new = Proposal.objects.update_or_create(
        sheet=sheet, user=by, defaults=told, create_defaults={**told, "municipality_id": sheet.municipality_id}
    )
    audit.record("proposal.written", on=proposal, by=by, data={"element": sheet.element})
    return proposal


@transaction.atomic
def withdraw_proposal(sheet: Sheet, *, by: User) -> None:
    """Take back one's own. InstrumentsError consensus_open, assessment_closed."""
    sheet = hold_sheet(sheet)
    if sheet.consensus_opened_at is not None:
        raise InstrumentsError("consensus_open")
    gone, _by_model = Proposal.objects.filter(sheet=sheet, user=by).delete()
    if gone:
        audit.record("proposal.withdrawn", on=sheet, by=by, data={"element": sheet.element})


@transaction.atomic
def open_consensus(assessment: Assessment, *, by: By, elements: Collection[str] | None = None) -> int:
    """From now on all proposals of these elements (of all without `elements`) are seen and none changes; how many."""
    assessment = hold_open(assessment.pk)
    closed = Sheet.objects.filter(assessment=assessment, consensus_opened_at__isnull=True)
    chosen = closed if elements is None else closed.filter(element__in=elements)
    names = sorted(sheet.element for sheet in lock_rows(chosen))
    closed.filter(element__in=names).update(consensus_opened_at=timezone.now())
    if names:
        audit.record("consensus.opened", on=assessment, by=by, data={"elements": names})
    return len(names)


@transaction.atomic
def agree(sheet: Sheet, *, mark: Mark, note: str = "", revision: int, by: By) -> Sheet:
    """The mark of the group, as seen at `revision`. A level needs its fact and those of all the lower ones.

    InstrumentsError consensus_not_open, mark_missing, marks_refused, level_not_granted, divergence_unexplained,
    exclusion_unexplained, assessment_closed; StaleError.
    """
    sheet = hold_sheet(sheet)
    if sheet.consensus_opened_at is None:
        raise InstrumentsError("consensus_not_open")
    item = item_of(sheet.assessment, sheet.element)
    _refuse(sheet, item, mark)
    _refuse_level(sheet, item, mark)
    _refuse_unexplained(sheet, mark, note)
    fields = _fields(mark)
    agreed = {
        "agreed_score": fields["score"],
        "agreed_attributes": fields["attributes"],
        "is_excluded": fields["is_excluded"],
        "agreement_note": note.strip(),
    }
    changes = put(sheet, agreed, revision=revision)
    sheet.agreed_at, sheet.agreed_by = timezone.now(), person(by)
    sheet.save(update_fields=[*changes, *STAMPS])
    audit.record("mark.agreed", on=sheet, by=by, data={"element": sheet.element, "fields": sorted(changes)})
    return sheet


@transaction.atomic
def withdraw_agreement(sheet: Sheet, *, reason: str, by: By) -> Sheet:
    """The element has no agreed mark again. InstrumentsError reason_missing, assessment_closed."""
    if not reason.strip():
        raise InstrumentsError("reason_missing")
    sheet = hold_sheet(sheet)
    blank: dict[str, object] = {"agreed_score": None, "agreed_attributes": {}, "is_excluded": False}
    changes = put(sheet, {**blank, "agreement_note": reason.strip()}, revision=sheet.revision)
    sheet.agreed_at = sheet.agreed_by = None
    sheet.save(update_fields=[*changes, *STAMPS])
    audit.record("mark.withdrawn", on=sheet, by=by, reason="correction", data={"element": sheet.element})
    return sheet


def _fields(mark: Mark) -> Mapping[str, object]:
    return {"score": mark.score, "attributes": dict(mark.attributes), "is_excluded": mark.is_excluded}


def _refuse(sheet: Sheet, item: Item, mark: Mark) -> None:
    if mark.score is None and not mark.attributes and not mark.is_excluded:
        raise InstrumentsError("mark_missing")
    if mark.attributes and set(mark.attributes) != set(item.element.method.attributes):
        raise InstrumentsError("attributes_missing")
    refuse_outside(sheet.assessment, {item.id: mark}, item.label)


def _refuse_level(sheet: Sheet, item: Item, mark: Mark) -> None:
    if not item.is_levelled or mark.score is None:
        return
    reached = rules.granted(item.element.method, sheet.attested)
    if mark.score > reached:
        raise InstrumentsError("level_not_granted", score=mark.score, granted=reached, missing=reached + 1)


def _refuse_unexplained(sheet: Sheet, mark: Mark, note: str) -> None:
    """Why it does not apply, and how the group came together when it did not begin so, is written down."""
    if note.strip():
        return
    if mark.is_excluded:
        raise InstrumentsError("exclusion_unexplained")
    if rules.is_divergent([proposed_mark(one) for one in sheet.proposals.all()]):
        raise InstrumentsError("divergence_unexplained")
