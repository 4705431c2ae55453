"""Who reads the papers of an agreement? Whoever sees the cycles of its municipality."""

from typing import Any

from cabildo.accounts.access import can
from cabildo.documents import owners
from cabildo.quality.choices import QualityPermission
from cabildo.quality.models import (
    Agreement,
    ConsultancyPlace,
    PlanValidation,
    PointsLayer,
    Report,
    Sending,
    TrainingPlace,
    Validation,
    Visit,
)

AGREEMENT_TYPE = "quality.agreement"
REPORT_TYPE = "quality.report"
SENDING_TYPE = "quality.sending"


def _may_read_agreement(user: Any, owner_id: str) -> bool:
    agreement = Agreement.objects.filter(pk=owner_id).first()
    return agreement is not None and can(user, QualityPermission.VIEW, agreement)


def _may_read_report(user: Any, owner_id: str) -> bool:
    report = Report.objects.filter(pk=owner_id).first()
    return report is not None and can(user, QualityPermission.VIEW, report)


def _may_read_sending(user: Any, owner_id: str) -> bool:
    """What was sent is read by whoever sees the cycles; validators and the programme among them."""
    sending = Sending.objects.filter(pk=owner_id).first()
    return sending is not None and can(user, QualityPermission.VIEW, sending)


def _may_read_validation(user: Any, owner_id: str) -> bool:
    """The papers of a validation are reports that went out: whoever sees the cycles reads them."""
    validation = Validation.objects.filter(pk=owner_id).first()
    return validation is not None and can(user, QualityPermission.VIEW, validation)


def _may_read_plan_validation(user: Any, owner_id: str) -> bool:
    validation = PlanValidation.objects.filter(pk=owner_id).first()
    return validation is not None and can(user, QualityPermission.VIEW, validation)


def _may_read_place(user: Any, owner_id: str) -> bool:
    """The contract of the consultancy is for whoever sees the cycles of a municipality of it."""
    place = ConsultancyPlace.objects.filter(pk=owner_id).first()
    return place is not None and can(user, QualityPermission.VIEW, place)


def _may_read_visit(user: Any, owner_id: str) -> bool:
    visit = Visit.objects.filter(pk=owner_id).first()
    return visit is not None and can(user, QualityPermission.VIEW, visit)


def _may_read_training(user: Any, owner_id: str) -> bool:
    """Materials are for whoever sees the cycles of a municipality that was called."""
    place = TrainingPlace.objects.filter(pk=owner_id).first()
    return place is not None and can(user, QualityPermission.VIEW, place)


def _may_read_points(user: Any, owner_id: str) -> bool:
    """The paper behind points of accreditation is for whoever sees the cycles, as its figures are."""
    layer = PointsLayer.objects.filter(pk=owner_id).first()
    return layer is not None and can(user, QualityPermission.VIEW, layer)


def register() -> None:
    owners.register("quality.pointslayer", may_read=_may_read_points)
    owners.register("quality.consultancyplace", may_read=_may_read_place)
    owners.register("quality.visit", may_read=_may_read_visit)
    owners.register("quality.trainingplace", may_read=_may_read_training)
    owners.register("quality.validation", may_read=_may_read_validation)
    owners.register("quality.planvalidation", may_read=_may_read_plan_validation)
    owners.register(REPORT_TYPE, may_read=_may_read_report)
    owners.register(SENDING_TYPE, may_read=_may_read_sending)
    owners.register(AGREEMENT_TYPE, may_read=_may_read_agreement)
