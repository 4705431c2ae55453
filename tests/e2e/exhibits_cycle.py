"""The open cycle of the demonstration as it was before its first stages closed, so that their forms show."""

from cabildo.meetings.models import Meeting
from cabildo.quality import queries
from cabildo.quality.models import Agreement, Clause, Counterpart, Cycle, Support, SupportMovement
from e2e.site_map import Values


def open_again() -> Cycle:
    """The page that plans the meeting of a diagnosis shows while there is none, a clause while not all signed."""
    cycle = queries.open_cycle()
    assert cycle is not None
    Meeting.objects.filter(on_type=cycle._meta.label_lower, on_id=str(cycle.pk)).update(on_type="", on_id="")
    Agreement.objects.filter(cycle=cycle).update(agency_signed_on=None)
    return cycle


def entry(cycle: Cycle) -> Values:
    """One of everything of stage 1."""
    below = "mesa/calidad/{number}/ingreso"
    return {
        f"{below}/clausulas/pk": [Clause.objects.filter(agreement__cycle=cycle).earliest("pk").pk],
        f"{below}/contrapartes/pk": [Counterpart.objects.filter(cycle=cycle).earliest("pk").pk],
        f"{below}/apoyos/pk": [Support.objects.filter(cycle=cycle).earliest("pk").pk],
        f"{below}/movimientos/pk": [SupportMovement.objects.filter(support__cycle=cycle).earliest("pk").pk],
    }
