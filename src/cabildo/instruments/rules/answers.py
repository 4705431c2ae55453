"""What is a questionnaire worth? One answer per question; choosing one attests every inclusive one before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cabildo.instruments.rules.bands import Achieved, Band, bands_of, classify
from cabildo.instruments.rules.structure import in_order


@dataclass(frozen=True, slots=True)
class Alternative:
    """`is_inclusive`: choosing it supposes the inclusive ones before it. «No se hace» supposes nothing."""

    id: str
    points: int
    is_inclusive: bool


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    alternatives: tuple[Alternative, ...]

    @property
    def maximum(self) -> int:
        return max(alternative.points for alternative in self.alternatives)

    def position(self, alternative_id: str) -> int | None:
        return next((i for i, alternative in enumerate(self.alternatives) if alternative.id == alternative_id), None)


@dataclass(frozen=True, slots=True)
class Area:
    id: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    areas: tuple[Area, ...]
    bands: tuple[Band, ...] = ()
    allow_not_applicable: bool = False

    def questions(self) -> Iterator[Question]:
        for area in self.areas:
            yield from area.questions


@dataclass(frozen=True, slots=True)
class Answer:
    """The alternative chosen, or that the question does not apply."""

    alternative: str = ""
    is_not_applicable: bool = False


NOT_APPLICABLE = Answer(is_not_applicable=True)
type Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """What an answer breaks: the question, a stable code and its facts."""

    question: str
    code: str
    facts: Mapping[str, Any]


class AnswersError(Exception):
    """Answers that cannot be counted; `faults` says which and why."""

    def __init__(self, faults: list[AnswerFault]) -> None:
        super().__init__(", ".join(f"{fault.question}: {fault.code}" for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaResult(Achieved):
    id: str
    answered: int
    missing: tuple[str, ...]
    not_applicable: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersResult(Achieved):
    """While a question is missing it counts zero, and the band is only what the answers so far would give."""

    areas: tuple[AreaResult, ...]
    band: Band | None

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(question for area in self.areas for question in area.missing)

    @property
    def is_complete(self) -> bool:
        return not self.missing


def questionnaire_of(body: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire of the completed body of a `questionnaires` pack."""
    settings = body["settings"]
    return Questionnaire(
        areas=tuple(_area_of(area) for area in in_order(body["areas"], settings["order"])),
        bands=bands_of(settings["bands"]),
        allow_not_applicable=settings["allow_not_applicable"],
    )


def _area_of(body: Mapping[str, Any]) -> Area:
    return Area(body["id"], tuple(question_of(question) for question in body["questions"]))


def question_of(body: Mapping[str, Any]) -> Question:
    """The question of its part of the body."""
    alternatives = (Alternative(item["id"], item["points"], item["is_inclusive"]) for item in body["alternatives"])
    return Question(body["id"], tuple(alternatives))


def implied(question: Question, alternative_id: str) -> tuple[Alternative, ...]:
    """What choosing an alternative attests besides itself: the inclusive ones before it, if it is inclusive."""
    position = question.position(alternative_id)
    if position is None or not question.alternatives[position].is_inclusive:
        return ()
    return tuple(alternative for alternative in question.alternatives[:position] if alternative.is_inclusive)


def count(questionnaire: Questionnaire, answers: Answers) -> AnswersResult:
    """Points by area and in total, exact. Raises AnswersError when an answer is not of the questionnaire."""
    faults = list(answer_faults(questionnaire, answers))
    if faults:
        raise AnswersError(faults)
    areas = tuple(_area(area, answers) for area in questionnaire.areas)
    points = sum((area.points for area in areas), Fraction(0))
    maximum = sum((area.maximum for area in areas), Fraction(0))
    band = classify(points / maximum if maximum else None, questionnaire.bands)
    return AnswersResult(points=points, maximum=maximum, areas=areas, band=band)


def answer_faults(questionnaire: Questionnaire, answers: Answers) -> Iterator[AnswerFault]:
    """Answers to unknown questions, unknown alternatives, and «no aplica» where it is not allowed."""
    questions = {question.id: question for question in questionnaire.questions()}
    for name, answer in answers.items():
        if name not in questions:
            yield AnswerFault(name, "unknown_question", {"known": tuple(questions)})
        elif answer.is_not_applicable:
            if not questionnaire.allow_not_applicable:
                yield AnswerFault(name, "not_applicable_not_allowed", {})
        elif questions[name].position(answer.alternative) is None:
            known = tuple(alternative.id for alternative in questions[name].alternatives)
            yield AnswerFault(name, "unknown_alternative", {"alternative": answer.alternative, "known": known})


def _area(area: Area, answers: Answers) -> AreaResult:
    in_scope = [question for question in area.questions if not answers.get(question.id, Answer()).is_not_applicable]
    answered = [question for question in in_scope if question.id in answers]
    return AreaResult(
        id=area.id,
        points=Fraction(sum(_points(question, answers[question.id]) for question in answered)),
        maximum=Fraction(sum(question.maximum for question in in_scope)),
        answered=len(answered),
        missing=tuple(question.id for question in in_scope if question.id not in answers),
        not_applicable=tuple(question.id for question in area.questions if question not in in_scope),
    )


def _points(question: Question, answer: Answer) -> int:
    return next(item.points for item in question.alternatives if item.id == answer.alternative)
