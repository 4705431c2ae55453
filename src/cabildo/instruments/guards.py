"""May what an assessment is about be written at all? The app that it is of may say no, and why."""

from collections.abc import Callable

from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.models import Assessment

type WhyShut = Callable[[Assessment], str]

_guards: dict[str, WhyShut] = {}


def register_guard(on_type: str, why_shut: WhyShut) -> None:
    """Declare, in `AppConfig.ready()`, when assessments of this type of owner are shut: a sentence, or nothing."""
    _guards[on_type] = why_shut


def refuse_shut(assessment: Assessment) -> None:
    """InstrumentsError assessment_shut, with what the app that it is of says."""
    guard = _guards.get(assessment.on_type)
    if guard is not None and (why := guard(assessment)):
        raise InstrumentsError("assessment_shut", why=why)
