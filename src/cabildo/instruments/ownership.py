"""Who reads the files of an evidence? Whoever the app says that its assessment is of."""

from collections.abc import Callable
from typing import Any

from cabildo.documents import owners
from cabildo.instruments.models import Evidence

EVIDENCE_TYPE = "instruments.evidence"
type MayRead = Callable[[Any, Evidence], bool]

_readers: dict[str, MayRead] = {}


def register_readers(on_type: str, may_read: MayRead) -> None:
    """Declare, in `AppConfig.ready()`, who reads the evidence of assessments of this type of owner; else nobody."""
    _readers[on_type] = may_read


def _may_read(user: Any, owner_id: str) -> bool:
    evidence = Evidence.objects.select_related("assessment").filter(pk=owner_id).first()
    may_read = _readers.get(evidence.assessment.on_type) if evidence else None
    return evidence is not None and may_read is not None and may_read(user, evidence)


def register() -> None:
    owners.register(EVIDENCE_TYPE, may_read=_may_read)
