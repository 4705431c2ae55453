"""Named questions about instruments being answered."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from cabildo.content.queries import body
from cabildo.instruments.models import Answer, Assessment
from cabildo.instruments.rules import answers as rules


def assessments_of(on: Model) -> QuerySet[Assessment]:
    """Those of this owner, the newest first, with their version."""
    mine = Assessment.objects.filter(on_type=on._meta.label_lower, on_id=str(on.pk))
    return mine.select_related("version__pack").defer("version__body").order_by("-opened_at", "-pk")


def answers_of(assessment: Assessment) -> dict[str, Answer]:
    """What is answered so far, by question. One query."""
    return {answer.question: answer for answer in assessment.answers.select_related("answered_by")}


def chosen(assessment: Assessment) -> dict[str, rules.Answer]:
    """Question → answer, as the rules take them. One query."""
    rows = assessment.answers.values_list("question", "alternative", "is_not_applicable")
    return {question: rules.Answer(alternative, is_excluded) for question, alternative, is_excluded in rows}


def instrument(assessment: Assessment) -> Mapping[str, Any]:
    """The read-only body of the version it pins."""
    return body(assessment.version)


def words_of(assessment: Assessment, answer: Answer) -> str:
    """What an answer says, as the instrument writes it."""
    if answer.is_not_applicable:
        return _("No aplica")
    asked = (question for area in instrument(assessment)["areas"] for question in area["questions"])
    found = next(question for question in asked if question["id"] == answer.question)
    words: str = next(one["text"] for one in found["alternatives"] if one["id"] == answer.alternative)
    return words


def questionnaire(assessment: Assessment) -> rules.Questionnaire:
    """What of it is counted."""
    return rules.questionnaire_of(instrument(assessment))


def result(assessment: Assessment) -> rules.AnswersResult:
    """Points by area and in all, and the band. One query."""
    return rules.count(questionnaire(assessment), chosen(assessment))
