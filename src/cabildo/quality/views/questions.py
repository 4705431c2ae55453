"""A question as its page draws it: the words, the answer so far, what it includes, the form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cabildo.instruments import queries as answered
from cabildo.instruments.models import Answer, Assessment
from cabildo.instruments.rules import answers as rules
from cabildo.instruments.rules.structure import in_order
from cabildo.quality.forms.diagnosis import NOT_APPLICABLE, AnswerForm


@dataclass(frozen=True)
class Question:
    """`implied` are the texts that the answer also affirms; `words` is the alternative chosen, as it is written."""

    number: int
    body: Mapping[str, Any]
    answer: Answer | None
    words: str
    implied: tuple[str, ...]
    form: AnswerForm

    @property
    def code(self) -> str:
        code: str = self.body["id"]
        return code

    def with_form(self, form: AnswerForm) -> "Question":
        """The same question with what was typed and what was wrong; what it would include, said."""
        chosen = form.data.get(form.add_prefix("alternative"), "")
        return replace(self, form=form, implied=_implied(self.body, chosen))


def questions_of(assessment: Assessment, code: str) -> list[Question]:
    """The questions of an area, numbered through the whole instrument. One query."""
    body = answered.instrument(assessment)
    kept, number, found = answered.answers_of(assessment), 0, []
    for area in in_order(body["areas"], body["settings"]["order"]):
        for question in area["questions"]:
            number += 1
            if area["id"] == code:
                found.append(_question(assessment, number, question, kept.get(question["id"])))
    return found


def form_for(assessment: Assessment, question: Mapping[str, Any], **more: Any) -> AnswerForm:
    allowed = answered.instrument(assessment)["settings"]["allow_not_applicable"]
    return AnswerForm(question=question, may_not_apply=allowed, **more)


def _question(assessment: Assessment, number: int, body: Mapping[str, Any], answer: Answer | None) -> Question:
    if answer is None:
        return Question(number, body, None, "", (), form_for(assessment, body, initial={"revision": 0}))
    initial = {
        "alternative": answer.alternative or NOT_APPLICABLE,
        "dissent": answer.dissent,
        "confirms": True,
        "revision": answer.revision,
    }
    form, words = form_for(assessment, body, initial=initial), answered.words_of(assessment, answer)
    return Question(number, body, answer, words, _implied(body, answer.alternative), form)


def _implied(body: Mapping[str, Any], chosen: str) -> tuple[str, ...]:
    words = {one["id"]: one["text"] for one in body["alternatives"]}
    return tuple(words[one.id] for one in rules.implied(rules.question_of(body), chosen))
