"""Named questions of the programme; those of a cycle and its entry answer here by name."""

from cabildo.quality.queries.cycles import (
    cycle_of,
    cycles,
    diagnosis_meeting,
    open_cycle,
    process_version,
    questionnaire_in_use,
    run_of,
    was_led_by,
)
from cabildo.quality.queries.entry import Entry, book_of, entry_of

__all__ = [
    "Entry",
    "book_of",
    "cycle_of",
    "cycles",
    "diagnosis_meeting",
    "entry_of",
    "open_cycle",
    "process_version",
    "questionnaire_in_use",
    "run_of",
    "was_led_by",
]
