"""Who may write in a cycle now? What stands on a page says so before a form is opened."""

from cabildo.accounts.access import StaffRequest, can
from cabildo.quality.choices import QualityPermission
from cabildo.quality.models import Cycle
from cabildo.quality.queries import goes_on


def may_write(request: StaffRequest, cycle: Cycle, permission: QualityPermission) -> bool:
    """May this person, in this cycle? Nobody in one that ended or left the programme."""
    return goes_on(cycle) and can(request.user, permission)


def may_lead(request: StaffRequest, cycle: Cycle) -> bool:
    return may_write(request, cycle, QualityPermission.LEAD)
