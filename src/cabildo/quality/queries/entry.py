"""Stage 1 of a cycle."""

from collections.abc import Iterable
from dataclasses import dataclass

from cabildo.documents.models import Document
from cabildo.documents.queries import kept_documents_of
from cabildo.quality.choices import AccreditationStage, MovementKind, Stage
from cabildo.quality.models import Agreement, AgreementAmendment, Clause, Counterpart, Cycle, Support, SupportMovement
from cabildo.quality.queries.cycles import run_pk_of
from cabildo.quality.rules import support as rules
from cabildo.workflow.processes.choices import StageState
from cabildo.workflow.processes.models import StageRun

SIGNED_IN = (Stage.ENTRY, AccreditationStage.COMMITMENT)


@dataclass(frozen=True)
class Entry:
    """Stage 1 of a cycle, read once: the agreement with its clauses and papers, the counterparts, the supports."""

    cycle: Cycle
    agreement: Agreement | None
    clauses: tuple[Clause, ...]
    papers: tuple[Document, ...]
    amendments: tuple[AgreementAmendment, ...]
    counterparts: tuple[Counterpart, ...]
    supports: tuple[Support, ...]

    @property
    def counterparts_in_force(self) -> list[Counterpart]:
        return [one for one in self.counterparts if one.ended_on is None]


def entry_of(cycle: Cycle) -> Entry:
    """Seven queries, however many rows there are."""
    agreement = Agreement.objects.filter(cycle=cycle).first()
    return Entry(
        cycle=cycle,
        agreement=agreement,
        clauses=tuple(agreement.clauses.select_related("met_by")) if agreement else (),
        papers=tuple(kept_documents_of(agreement)) if agreement else (),
        amendments=tuple(agreement.amendments.select_related("document", "amended_by")) if agreement else (),
        counterparts=tuple(cycle.counterparts.select_related("user")),
        supports=tuple(cycle.supports.prefetch_related("movements")),
    )


def may_unsign(agreement: Agreement) -> bool:
    """May a signature still be taken back? No clause is met, and the stage of the agreement is open. Three queries."""
    if agreement.clauses.exclude(met_on=None).exists():
        return False
    stages = StageRun.objects.filter(run=run_pk_of(agreement.cycle), code__in=SIGNED_IN, state=StageState.CLOSED)
    return not stages.exists()


def book_of(movements: Iterable[SupportMovement]) -> list[rules.Line]:
    """The movements of a support as the rules read them."""
    return [rules.Line(one.on, one.amount_clp, one.kind == MovementKind.TRANSFER) for one in movements]
