"""What the request desk does in the background. Each may run twice without harm."""

from cabildo import audit
from cabildo.accounts.scoping import current_municipality
from cabildo.jobs import progress, task
from cabildo.tickets.actions import clocks
from cabildo.tickets.models import Ticket


@task(name="tickets.recount_deadlines")
def recount_deadlines() -> None:
    """Count every open deadline of the municipality again: its calendar has changed."""
    ids = clocks.open_ticket_ids()
    for done, pk in enumerate(ids):
        clocks.recount_after_calendar_change(Ticket.objects.get(pk=pk), by=audit.SYSTEM)
        progress(done + 1, len(ids))
    audit.record(
        "deadlines.recounted", by=audit.SYSTEM, municipality_id=current_municipality().pk, data={"n": len(ids)}
    )
