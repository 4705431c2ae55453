"""How does a batch of rows become requests, all in one short transaction and in a few statements?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.db.locking import lock_rows
from cabildo.people.actions import Contact, put_on_record
from cabildo.tickets import search
from cabildo.tickets.actions import naming, redirecting
from cabildo.tickets.actions.events import By, as_event
from cabildo.tickets.actions.import_catalogue import Catalogue
from cabildo.tickets.actions.import_terms import ImportTerms
from cabildo.tickets.actions.intake import FOLIO_SERIES
from cabildo.tickets.choices import EventKind
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.imports.rows import Normalised, RowError
from cabildo.tickets.imports.source_map import SourceMap
from cabildo.tickets.models import ImportProblem, ImportRun, SourceMapping, Ticket, TicketClock, TicketEvent
from cabildo.tickets.queries import imports
from cabildo.tickets.rules import folio as folios
from cabildo.tickets.rules import publication
from cabildo.workflow.actions import take_number
from cabildo.workflow.models import FolioSequence

CHANGEABLE = (
    "kind", "category", "channel", "channel_detail", "state", "outcome", "addressee", "text", "answers", "department",
    "latitude", "longitude", "is_coarse", "is_outside", "is_reserved", "place", "area", "received_at", "closed_at",
    "answered_at", "spared_at", "legal_due_on", "goal_due_on", "is_public", "public_text", "moderation", "version",
    "updated_at", "official", "official_pending",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What a batch would do: rows to create, requests to change, how many stay, and why the others cannot come in."""

    new: list[Normalised] = field(default_factory=list)
    changed: list[tuple[Ticket, Normalised]] = field(default_factory=list)
    unchanged: list[Normalised] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """Rows refused, however many cells of each are wrong."""
        return len({error.row for error in self.errors})


@dataclass(frozen=True)
class Importer:
    """What all batches of a run share."""

    mapping: SourceMap
    catalogue: Catalogue
    terms: ImportTerms
    place_of: imports.PlaceOf
    by: By

    @classmethod
    def of(cls, mapping: SourceMap, *, by: By) -> "Importer":
        return cls(mapping, Catalogue(mapping, by=by), ImportTerms(mapping), imports.place_finder(), by)

    def plan(self, rows: Sequence[Normalised], errors: Sequence[RowError] = ()) -> Plan:
        """Compare the rows with what is here. Three queries, whatever their number; nothing is written."""
        known = imports.known_tickets(self.mapping.source, (row.external_id for row in rows))
        noted = imports.last_imports(known.values())
        plan = Plan(errors=list(errors))
        for row in rows:
            ticket = known.get(row.external_id)
            if fault := self.catalogue.fault(row):
                plan.errors.append(fault)
            elif ticket is None:
                plan.new.append(row)
            else:
                self._compare(row, ticket, noted.get(ticket.pk, {}), plan)
        return plan

    def _compare(self, row: Normalised, ticket: Ticket, note: dict[str, Any], plan: Plan) -> None:
        """The same row again changes nothing; what was worked on here is not written over."""
        if note.get("digest") == self._digest(row):
            plan.unchanged.append(row)
        elif note.get("version") == ticket.version:
            plan.changed.append((ticket, row))
        else:
            column = self.mapping.columns["external_id"]
            facts = {"folio": ticket.folio}
            plan.errors.append(RowError(row.number, column, row.external_id, "changed_here", facts))

    @transaction.atomic
    def write(self, run: ImportRun, rows: Sequence[Normalised], errors: Sequence[RowError], *, position: int) -> Plan:
        """Carry out a batch and note on the run how far it is, together or not at all."""
        self._take_turn(run)
        plan = self.plan(rows, errors)
        now = timezone.now()
        tickets = [self._new_ticket(row, folio) for row, folio in zip(plan.new, _folios(len(plan.new)), strict=True)]
        changed = [self._changed(ticket, row, now) for ticket, row in plan.changed]
        maybe = naming.prepare_together([*tickets, *changed])
        Ticket.objects.bulk_create(tickets)
        Ticket.objects.bulk_update(changed, CHANGEABLE)
        naming.keep_again(maybe, changed)
        touched = [*zip(tickets, plan.new, strict=True), *plan.changed]
        self._write_clocks(touched, changed)
        came = [self._event(ticket, row, run, now) for ticket, row in touched]
        TicketEvent.objects.bulk_create([*came, *_notes(tickets)])
        search.index_many([*tickets, *changed])
        self._note(run, plan, position)
        return plan

    def _take_turn(self, run: ImportRun) -> None:
        """Runs of one source go one batch at a time; a run that another worker took over stops here."""
        lock_rows(SourceMapping.objects.filter(source=self.mapping.source)).first()
        fresh = lock_rows(ImportRun.objects.filter(pk=run.pk)).get()
        if fresh.position != run.position or fresh.state != run.state:
            raise TicketsError("import_taken_over")

    def _new_ticket(self, row: Normalised, folio: str) -> Ticket:
        ticket = Ticket(
            municipality=current_municipality(),
            folio=folio,
            source=self.mapping.source,
            external_id=row.external_id,
            requester=self._requester(row),
        )
        self._fill(ticket, row)
        return ticket

    def _changed(self, ticket: Ticket, row: Normalised, now: datetime) -> Ticket:
        self._fill(ticket, row)
        ticket.version += 1
        ticket.updated_at = now
        return ticket

    def _fill(self, ticket: Ticket, row: Normalised) -> None:
        _keep_first_ending(ticket, row)
        department = self.catalogue.department_of(row)
        place = self.place_of(row.latitude, row.longitude)
        for name in ("kind", "channel", "state", "outcome", "addressee", "text", "place", "latitude", "longitude"):
            setattr(ticket, name, getattr(row, name))
        ticket.category = self.catalogue.category_of(row, department)
        ticket.is_reserved = ticket.is_reserved or ticket.category.is_reserved
        ticket.department = department
        ticket.channel_detail = row.channel_word
        ticket.answers = [{"id": "", "label": label, "value": text, "shown": text} for label, text in row.kept]
        ticket.area, ticket.is_outside, ticket.is_coarse = place.area, place.is_outside or row.is_far, row.is_coarse
        ticket.received_at, ticket.closed_at = row.received_at, row.closed_at
        ticket.legal_due_on, ticket.goal_due_on = self.terms.dates(ticket, row)
        self._publish(ticket)

    def _publish(self, ticket: Ticket) -> None:
        shown = publication.at_import(
            ticket.text,
            shows_request=self.mapping.published,
            shows_text=self.mapping.published_texts,
            publishes=ticket.category.publishes_text,
            is_reserved=ticket.is_reserved,
            concerns_official=ticket.category.concerns_official,
        )
        ticket.is_public, ticket.public_text, ticket.moderation = shown.is_public, shown.text, shown.state

    def _digest(self, row: Normalised) -> str:
        """What tells the row from another version of it, read with another decision on what is public."""
        return f"{row.digest}{'+' * (self.mapping.published + self.mapping.published_texts)}"

    def _requester(self, row: Normalised) -> Any:
        """Who asked, when the source says so; what an office kept of a person is as good as what it writes down."""
        return put_on_record(Contact(**row.contact), by=self.by, trusted=True) if row.contact else None

    def _write_clocks(self, touched: Sequence[tuple[Ticket, Normalised]], changed: Sequence[Ticket]) -> None:
        if changed:
            TicketClock.objects.filter(ticket__in=[ticket.pk for ticket in changed]).delete()
        TicketClock.objects.bulk_create(clock for ticket, row in touched for clock in self.terms.clocks(ticket, row))

    def _event(self, ticket: Ticket, row: Normalised, run: ImportRun, now: datetime) -> TicketEvent:
        """The event remembers the row it came from, so that the same row again is recognised."""
        return TicketEvent(
            municipality_id=ticket.municipality_id,
            ticket=ticket,
            at=now,
            kind=EventKind.IMPORTED,
            by=self.by if isinstance(self.by, User) else None,
            is_public=True,
            words=f"{self.mapping.label}, {row.external_id}",
            data={"run": run.pk, "row": row.number, "digest": self._digest(row), "version": ticket.version},
        )

    def _note(self, run: ImportRun, plan: Plan, position: int) -> None:
        ImportProblem.objects.bulk_create(problem_of(run, error) for error in plan.errors)
        run.created += len(plan.new)
        run.updated += len(plan.changed)
        run.unchanged += len(plan.unchanged)
        run.refused += plan.refused
        run.position = position
        run.save(update_fields=["created", "updated", "unchanged", "refused", "position"])
        if plan.new or plan.changed:
            counts = {"created": len(plan.new), "updated": len(plan.changed), "published": self.mapping.published}
            audit.record("tickets.imported", on=run, by=self.by, data=counts)


def _notes(tickets: Sequence[Ticket]) -> list[TicketEvent]:
    """What the office must know of the open ones whose subject belongs to another regime."""
    steps = {category: redirecting.of_subject(category) for category in {ticket.category for ticket in tickets}}
    return [as_event(ticket, step) for ticket in tickets if ticket.is_open for step in steps[ticket.category]]


def problem_of(run: ImportRun, error: RowError) -> ImportProblem:
    """A refused cell as it is stored."""
    return ImportProblem(
        municipality_id=run.municipality_id,
        run=run,
        row=error.row,
        column=error.column[:120],
        value=error.value[:200],
        code=error.code,
        facts=dict(error.facts),
    )


def _folios(count: int) -> list[str]:
    """The next folios, taken from the series in one step; its row stays locked until the batch commits."""
    if not count:
        return []
    year = _today().year
    first = take_number(FOLIO_SERIES, year)
    FolioSequence.objects.filter(series=FOLIO_SERIES, year=year).update(last=F("last") + count - 1)
    return [folios.folio(year, number) for number in range(first, first + count)]


def _today() -> date:
    return timezone.localdate()


def _keep_first_ending(ticket: Ticket, row: Normalised) -> None:
    """A request opened again at its source goes on counting by how it first ended, as one opened again here."""
    if row.closed_at is None:
        ticket.spared_at = ticket.first_spared_at
    else:
        ticket.answered_at = row.answered_at
