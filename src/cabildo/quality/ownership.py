"""Who reads the papers of an agreement? Whoever sees the cycles of its municipality."""

from typing import Any

from cabildo.accounts.access import can
from cabildo.documents import owners
from cabildo.quality.choices import QualityPermission
from cabildo.quality.models import Agreement

AGREEMENT_TYPE = "quality.agreement"


def _may_read_agreement(user: Any, owner_id: str) -> bool:
    agreement = Agreement.objects.filter(pk=owner_id).first()
    return agreement is not None and can(user, QualityPermission.VIEW, agreement)


def register() -> None:
    owners.register(AGREEMENT_TYPE, may_read=_may_read_agreement)
