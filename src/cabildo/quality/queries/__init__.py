"""Named questions of the programme; those of a cycle and its entry answer here by name."""

from cabildo.quality.queries.cycles import (
    cycle_of,
    cycles,
    diagnosis_meeting,
    is_repeated,
    left_runs,
    open_cycle,
    process_version,
    questionnaire_in_use,
    run_of,
    run_pk_of,
    stages_before,
    was_led_by,
)
from cabildo.quality.queries.entry import Entry, book_of, entry_of
from cabildo.quality.queries.programme import (
    accepted_ids,
    enrolment_here,
    enrolments_of,
    levelling_of,
    line_decisions,
    standing_decision,
)

__all__ = [
    "Entry",
    "accepted_ids",
    "book_of",
    "cycle_of",
    "cycles",
    "diagnosis_meeting",
    "enrolment_here",
    "enrolments_of",
    "entry_of",
    "is_repeated",
    "left_runs",
    "levelling_of",
    "line_decisions",
    "open_cycle",
    "process_version",
    "questionnaire_in_use",
    "run_of",
    "run_pk_of",
    "stages_before",
    "standing_decision",
    "was_led_by",
]
