"""Verbs of the programme; those of a cycle and its diagnosis answer here by name."""

from cabildo.quality.actions.cycles import (
    begin,
    close_diagnosis,
    plan_diagnosis_meeting,
    reopen_diagnosis,
    write_acta,
)

__all__ = ["begin", "close_diagnosis", "plan_diagnosis_meeting", "reopen_diagnosis", "write_acta"]
