"""Named questions about instruments; those of a questionnaire answer here by name."""

from cabildo.instruments.queries.answering import (
    answers_of,
    assessments_of,
    chosen,
    instrument,
    questionnaire,
    result,
    words_of,
)

__all__ = ["answers_of", "assessments_of", "chosen", "instrument", "questionnaire", "result", "words_of"]
