"""What the programme records ends the task of the process that asked for it, and says who holds each role."""

from cabildo.quality.endings.listening import register

__all__ = ["register"]
