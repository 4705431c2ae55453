"""How is the agreement written and signed, and how are its clauses met?"""

from datetime import date
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Max

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.db.revised import first_revision, write
from cabildo.documents.actions import store_upload
from cabildo.documents.choices import Kind, Visibility
from cabildo.documents.models import Document
from cabildo.documents.queries import kept_documents_of
from cabildo.quality.actions.editing import hold_open, must_have_come
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Agreement, AgreementAmendment, Clause, Cycle
from cabildo.quality.queries.entry import may_unsign


@transaction.atomic
def save_agreement(
    cycle: Cycle, *, revision: int, today: date, by: User, paper: File | None = None, reason: str = "", **wanted: Any
) -> Agreement:
    """Write the agreement of the cycle, as seen at `revision` (0 when there was none), and keep its signed file.

    Once both parties signed, any change is an amendment with its reason and its file, and what it said before is kept.
    QualityError cycle_closed, in_future, amendment_untold, amendment_paper, signature_stays; StaleError; DocumentsError
    for the file.
    """
    cycle = hold_open(cycle.pk)
    signed = {name: wanted.get(name) for name in ("municipality_signed_on", "agency_signed_on")}
    must_have_come(today, **signed)
    agreement = Agreement.objects.filter(cycle=cycle).first()
    if agreement is None:
        written = first_revision(wanted)
        agreement, changed = _new(cycle, written), sorted(wanted)
    elif agreement.is_signed:
        return _amend(agreement, wanted, revision=revision, paper=paper, reason=reason.strip(), by=by)
    else:
        changed = sorted(write(agreement, wanted, revision=revision))
    if paper is not None:
        _keep(paper, agreement, by)
    audit.record("agreement.saved", on=agreement, by=by, data={"fields": changed})
    return agreement


def _keep(paper: File, agreement: Agreement, by: User) -> Document:
    return store_upload(paper, owner=agreement, kind=Kind.EVIDENCE, visibility=Visibility.INTERNAL, by=by)


def _amend(
    agreement: Agreement, wanted: dict[str, Any], *, revision: int, paper: File | None, reason: str, by: User
) -> Agreement:
    """Of one that both signed; nothing is done where nothing would change, and its first file changes nothing."""
    changes = write(agreement, wanted, revision=revision)
    if not changes and (paper is None or not kept_documents_of(agreement)):
        if paper is not None:
            _keep(paper, agreement, by)
            audit.record("agreement.saved", on=agreement, by=by, data={"fields": ["paper"]})
        return agreement
    if not agreement.is_signed and not may_unsign(agreement):
        raise QualityError("signature_stays")
    if not reason:
        raise QualityError("amendment_untold")
    if paper is None:
        raise QualityError("amendment_paper")
    made = AgreementAmendment.objects.create(
        municipality_id=agreement.municipality_id,
        agreement=agreement,
        reason=reason,
        before={name: before for name, (before, _after) in changes.items()},
        document=_keep(paper, agreement, by),
        amended_by=by,
    )
    audit.record("agreement.saved", on=agreement, by=by, data={"fields": sorted(changes), "amendment": made.pk})
    return agreement


def _new(cycle: Cycle, written: dict[str, Any]) -> Agreement:
    created: Agreement = Agreement.objects.create(municipality_id=cycle.municipality_id, cycle=cycle, **written)
    return created


@transaction.atomic
def add_clause(agreement: Agreement, *, by: User, **values: Any) -> Clause:
    """Add a clause after the others. QualityError clauses_fixed once both parties signed, cycle_closed."""
    agreement = _unsigned(agreement)
    last = agreement.clauses.aggregate(last=Max("position"))["last"] or 0
    clause: Clause = Clause.objects.create(
        municipality_id=agreement.municipality_id, agreement=agreement, position=last + 1, **first_revision(values)
    )
    audit.record("clause.added", on=clause, by=by, data={"agreement": agreement.pk})
    return clause


@transaction.atomic
def change_clause(clause: Clause, *, revision: int, by: User, **wanted: Any) -> Clause:
    """Write a clause as seen at `revision`. QualityError clauses_fixed, stale, cycle_closed."""
    _unsigned(clause.agreement)
    clause = Clause.objects.get(pk=clause.pk)
    changed = sorted(write(clause, wanted, revision=revision))
    audit.record("clause.changed", on=clause, by=by, data={"fields": changed})
    return clause


@transaction.atomic
def remove_clause(clause: Clause, *, by: User) -> None:
    """Take out a clause that nobody signed yet. QualityError clauses_fixed, cycle_closed."""
    _unsigned(clause.agreement)
    audit.record("clause.removed", on=clause, by=by, data={"agreement": clause.agreement_id})
    Clause.objects.filter(pk=clause.pk).delete()


@transaction.atomic
def meet_clause(clause: Clause, *, met_on: date, met_note: str, today: date, by: User) -> Clause:
    """Note that a clause was met, when, and what shows it.

    QualityError note_missing, in_future, clause_met, cycle_closed.
    """
    hold_open(clause.agreement.cycle_id)
    clause = Clause.objects.get(pk=clause.pk)
    if not met_note.strip():
        raise QualityError("note_missing")
    must_have_come(today, met_on=met_on)
    if clause.met_on is not None:
        raise QualityError("clause_met", who=clause.met_by)
    clause.met_on, clause.met_note, clause.met_by = met_on, met_note.strip(), by
    clause.save(update_fields=["met_on", "met_note", "met_by"])
    audit.record("clause.met", on=clause, by=by, data={"on": met_on.isoformat()})
    return clause


@transaction.atomic
def clear_clause(clause: Clause, *, by: User) -> Clause:
    """The clause is pending again: what was noted was a mistake. QualityError cycle_closed."""
    hold_open(clause.agreement.cycle_id)
    clause = Clause.objects.get(pk=clause.pk)
    clause.met_on, clause.met_note, clause.met_by = None, "", None
    clause.save(update_fields=["met_on", "met_note", "met_by"])
    audit.record("clause.cleared", on=clause, by=by, reason="correction")
    return clause


def _unsigned(agreement: Agreement) -> Agreement:
    """The agreement as it is now, in an open cycle, while its clauses may change."""
    hold_open(agreement.cycle_id)
    now: Agreement = Agreement.objects.get(pk=agreement.pk)
    if now.is_signed:
        raise QualityError("clauses_fixed")
    return now
