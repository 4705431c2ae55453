"""The tables of workflow: folios, holidays, the shapes of a clock and of a timeline; and those of the processes."""

from cabildo.workflow.models.records import UNITS, ClockRecord, FolioSequence, HolidayChange, TimelineEntry
from cabildo.workflow.processes import models as processes

__all__ = ["UNITS", "ClockRecord", "FolioSequence", "HolidayChange", "TimelineEntry", "processes"]
