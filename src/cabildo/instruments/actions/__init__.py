"""Verbs of instruments; those of a questionnaire answer here by name."""

from cabildo.instruments.actions.answering import answer, close, open_assessment, reopen

__all__ = ["answer", "close", "open_assessment", "reopen"]
