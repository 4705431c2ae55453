"""What a gate asks for, as a page of the cycle says it."""

from collections.abc import Iterable

from cabildo.quality.models import Cycle
from cabildo.quality.queries import goes_on
from cabildo.ui import parts
from cabildo.workflow.processes.gates import Missing


def lacking(cycle: Cycle, found: Iterable[Missing]) -> list[parts.Missing]:
    """In words, and with its page while something can be done there: not once the cycle ended or left."""
    leads = goes_on(cycle)
    return [parts.Missing(item.what, item.url if leads else "") for item in found]
