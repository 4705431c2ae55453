"""How are the squares of the public map counted again?"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Count, F, IntegerField, Q
from django.db.models.functions import Cast, Floor

from cabildo.accounts.scoping import current_municipality
from cabildo.tickets.choices import State
from cabildo.tickets.models import Ticket, TicketCell
from cabildo.tickets.rules import cells
from cabildo.tickets.rules.cells import Square

BATCH = 2_000

Counts = Mapping[tuple[Square, int | None], tuple[int, int]]
Key = tuple[int, int, int, int | None]


def refresh_cells() -> int:
    """Count the published requests of every square and write only what changed; how many squares changed.

    The database groups the nearest zoom in one pass over the published requests; each farther zoom is summed from
    the one before. All categories together have squares of their own: the map without a filter reads only those.
    Reading is done before the write begins, so that nobody waits for it.
    """
    wanted, known = _wanted(), _known()
    fresh = [_cell(key, counts) for key, counts in wanted.items() if key not in known]
    changed = [_cell(key, wanted[key], pk) for key, (pk, was) in known.items() if wanted.get(key, was) != was]
    gone = [pk for key, (pk, _was) in known.items() if key not in wanted]
    with transaction.atomic():
        TicketCell.objects.bulk_create(fresh, batch_size=BATCH)
        TicketCell.objects.bulk_update(changed, ["open_count", "closed_count"], batch_size=BATCH)
        for start in range(0, len(gone), BATCH):
            TicketCell.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    return len(fresh) + len(changed) + len(gone)


def _known() -> dict[Key, tuple[int, tuple[int, int]]]:
    """The key and the counts of each square there is."""
    rows = TicketCell.objects.order_by("pk").values_list(
        "zoom", "x", "y", "category_id", "pk", "open_count", "closed_count"
    )
    return {
        (zoom, x, y, category): (pk, (still_open, closed))
        for zoom, x, y, category, pk, still_open, closed in rows.iterator()
    }


def _wanted() -> dict[Key, tuple[int, int]]:
    found: dict[Key, tuple[int, int]] = {}
    counts: Counts = _with_all(_nearest())
    for zoom in range(cells.NEAREST, cells.FARTHEST - 1, -1):
        found |= {(zoom, x, y, category): both for ((x, y), category), both in counts.items()}
        counts = cells.coarser(counts)
    return found


def _nearest() -> dict[tuple[Square, int], tuple[int, int]]:
    scale = cells.squares_per_degree(cells.NEAREST)
    placed = Ticket.objects.filter(is_public=True, latitude__isnull=False, longitude__isnull=False).order_by()
    rows = (
        placed.annotate(
            x=Cast(Floor(F("longitude") * scale), IntegerField()), y=Cast(Floor(F("latitude") * scale), IntegerField())
        )
        .values_list("x", "y", "category_id")
        .annotate(open=Count("pk", filter=~Q(state=State.CLOSED)), closed=Count("pk", filter=Q(state=State.CLOSED)))
    )
    return {((x, y), category): (still_open, closed) for x, y, category, still_open, closed in rows}


def _with_all(counts: Mapping[tuple[Square, int], tuple[int, int]]) -> Counts:
    """The same counts, and under None those of all categories together."""
    both: dict[tuple[Square, int | None], tuple[int, int]] = {}
    for (square, category), (still_open, closed) in counts.items():
        before = both.get((square, None), (0, 0))
        both[square, None] = (before[0] + still_open, before[1] + closed)
        both[square, category] = (still_open, closed)
    return both


def _cell(key: Key, counts: tuple[int, int], pk: int | None = None) -> TicketCell:
    zoom, x, y, category = key
    return TicketCell(
        pk=pk,
        municipality=current_municipality(),
        zoom=zoom,
        x=x,
        y=y,
        category_id=category,
        open_count=counts[0],
        closed_count=counts[1],
    )
