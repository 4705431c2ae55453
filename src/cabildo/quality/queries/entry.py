"""Stage 1 of a cycle."""

from collections.abc import Iterable
from dataclasses import dataclass

from cabildo.documents.models import Document
from cabildo.documents.queries import kept_documents_of
from cabildo.quality.choices import MovementKind
from cabildo.quality.models import Agreement, Clause, Counterpart, Cycle, Support, SupportMovement
from cabildo.quality.rules import support as rules


@dataclass(frozen=True)
class Entry:
    """Stage 1 of a cycle, read once: the agreement with its clauses and papers, the counterparts, the supports."""

    cycle: Cycle
    agreement: Agreement | None
    clauses: tuple[Clause, ...]
    papers: tuple[Document, ...]
    counterparts: tuple[Counterpart, ...]
    supports: tuple[Support, ...]

    @property
    def counterparts_in_force(self) -> list[Counterpart]:
        return [one for one in self.counterparts if one.ended_on is None]


def entry_of(cycle: Cycle) -> Entry:
    """Six queries, however many rows there are."""
    agreement = Agreement.objects.filter(cycle=cycle).first()
    return Entry(
        cycle=cycle,
        agreement=agreement,
        clauses=tuple(agreement.clauses.select_related("met_by")) if agreement else (),
        papers=tuple(kept_documents_of(agreement)) if agreement else (),
        counterparts=tuple(cycle.counterparts.select_related("user")),
        supports=tuple(cycle.supports.prefetch_related("movements")),
    )


def book_of(movements: Iterable[SupportMovement]) -> list[rules.Line]:
    """The movements of a support as the rules read them."""
    return [rules.Line(one.on, one.amount_clp, one.kind == MovementKind.TRANSFER) for one in movements]
