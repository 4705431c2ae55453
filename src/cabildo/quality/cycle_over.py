"""Why is nothing written any more of what belongs to a cycle? It ended, or left the programme."""

from cabildo.quality import queries
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle


def why_over(cycle_id: str) -> str:
    """In words; empty while the cycle goes on, or of what belongs to none. Two queries, one of a cycle that ended."""
    cycle = Cycle.objects.filter(pk=cycle_id).first() if cycle_id else None
    if cycle is None:
        return ""
    if cycle.closed_on is not None:
        return QualityError("cycle_closed", number=cycle.number).sentence
    return QualityError("cycle_left", number=cycle.number).sentence if queries.has_left(cycle) else ""
