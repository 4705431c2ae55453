"""Which extra questions apply, which notices stop the way, and are the answers well given?"""

from collections.abc import Mapping, Sequence
from typing import Any

Answers = Mapping[str, Any]


def is_visible(question: Mapping[str, Any], answers: Answers) -> bool:
    """A question without condition always applies; else its `visible_if` decides."""
    return _holds(question.get("visible_if"), answers)


def visible_questions(questions: Sequence[Mapping[str, Any]], answers: Answers) -> list[Mapping[str, Any]]:
    """Questions that apply, in order; an answer to a hidden question shows nothing further."""
    shown: list[Mapping[str, Any]] = []
    heard: dict[str, Any] = {}
    for question in questions:
        if is_visible(question, heard):
            shown.append(question)
            heard[question["id"]] = answers.get(question["id"])
    return shown


def active_notices(notices: Sequence[Mapping[str, Any]], answers: Answers) -> list[Mapping[str, Any]]:
    """Notices to show for these answers."""
    return [notice for notice in notices if _holds(notice.get("answer"), answers)]


def stopping_notice(notices: Sequence[Mapping[str, Any]], answers: Answers) -> Mapping[str, Any] | None:
    """The first notice that ends the way here: this is not for the municipality, or not by this door."""
    return next((n for n in active_notices(notices, answers) if n.get("effect") == "stop"), None)


def _holds(condition: Mapping[str, Any] | None, answers: Answers) -> bool:
    if not condition:
        return True
    given = answers.get(condition["question"])
    wanted = condition["in"] if "in" in condition else [condition["equals"]]
    if isinstance(given, (list, tuple)):
        return any(value in wanted for value in given)
    return given in wanted


def told(questions: Sequence[Mapping[str, Any]], answers: Answers) -> list[dict[str, Any]]:
    """The answers as they are stored: with the question's words, so that a later pack changes nothing."""
    return [
        {
            "id": question["id"],
            "label": question["label"],
            "value": answers[question["id"]],
            "shown": _shown(question, answers[question["id"]]),
        }
        for question in visible_questions(questions, answers)
        if answers.get(question["id"]) not in (None, "", [])
    ]


def _shown(question: Mapping[str, Any], value: Any) -> str:
    labels = {option["id"]: option["label"] for option in question.get("options", [])}
    values = value if isinstance(value, (list, tuple)) else [value]
    return ", ".join(str(labels.get(item, item)) for item in values)
