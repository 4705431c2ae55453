"""Indicators: definitions, computed sources and stored observations. What other apps call."""

from cabildo.indicators.rules import Definition, Direction, Observation, Period, Ratio
from cabildo.indicators.sources import compute, register

__all__ = ["Definition", "Direction", "Observation", "Period", "Ratio", "compute", "register"]
