"""What the desk of the validating body shows: the register with its load, and every validation by municipality."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from cabildo.accounts.models import Agency, Municipality
from cabildo.quality.models import Enrolment, Validation, Validator, ValidatorAssignment
from cabildo.quality.queries import validators as asked
from cabildo.quality.shown.validation import standing_of, steps

__all__ = ["load", "queue_rows", "register_rows", "steps"]
SOON_DAYS = 60  # a training that ends within them is renewed in time


@dataclass(frozen=True)
class RegisterRow:
    """`state`: on_time, due_soon when the training ends soon, late when it did."""

    validator: Validator
    cycles: int
    state: str


@dataclass(frozen=True)
class QueueRow:
    """A municipality with its validation, when it began, and its validators."""

    municipality: Municipality
    validation: Validation | None = None
    assignments: list[tuple[ValidatorAssignment, str]] = field(default_factory=list)


def load(assignments: Iterable[ValidatorAssignment]) -> Mapping[int, int]:
    """Validator → cycles in force."""
    return Counter(one.validator_id for one in assignments)


def register_rows(register: Iterable[Validator], cycles: Mapping[int, int], today: date) -> list[RegisterRow]:
    return [RegisterRow(one, cycles.get(one.pk, 0), _state(one, today)) for one in register]


def _state(validator: Validator, today: date) -> str:
    left = (validator.valid_until - today).days
    return "late" if left < 0 else "due_soon" if left < SOON_DAYS else "on_time"


def queue_rows(agency: Agency) -> list[QueueRow]:
    """The municipalities of the scope that the agency validates, by name. Three queries."""
    enrolments = Enrolment.objects.filter(validating_agency=agency).exclude(accepted_on=None)
    assignments: dict[int, list[tuple[ValidatorAssignment, str]]] = defaultdict(list)
    for one in asked.queue(agency):
        assignments[one.municipality_id].append((one, standing_of(one)))
    validations = Validation.objects.filter(cycle__closed_on=None).select_related("cycle")
    begun = {one.municipality_id: one for one in validations}
    return [
        QueueRow(one.municipality, begun.get(one.municipality_id), assignments[one.municipality_id])
        for one in enrolments.select_related("municipality").order_by("municipality__name")
    ]
