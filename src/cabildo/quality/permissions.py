"""On which sheets of a self-assessment does a permission hold?"""

from typing import Any

from cabildo.accounts.access import can, departments_where, holds_everywhere, register_predicate
from cabildo.instruments.models import Evidence, EvidenceUse, Sheet
from cabildo.quality.choices import QualityPermission
from cabildo.quality.models import Cycle, ImmediateAction
from cabildo.quality.queries.self_assessment import Place


def _may_read(user: Any, place: Place) -> bool:
    """Whoever sees the cycles, outsiders once it is closed; and the departments that write the sheet."""
    if can(user, QualityPermission.VIEW):
        assessment = place.cycle.self_assessment
        return _reads_all(user) or (assessment is not None and not assessment.is_open)
    return _is_theirs(user, place, QualityPermission.READ_SHEETS)


def _may_write(user: Any, place: Place) -> bool:
    """Whoever writes for the whole municipality, and the departments that have the sheet."""
    return _writes_all(user) or _is_theirs(user, place, QualityPermission.WRITE_SHEETS)


def _writes_all(user: Any) -> bool:
    return holds_everywhere(user, QualityPermission.WRITE_SHEETS)


def _reads_all(user: Any) -> bool:
    return can(user, QualityPermission.VIEW) and _sees_drafts(user)


def _sees_drafts(user: Any) -> bool:
    """Validators and the programme read what was finished, not what is still being written."""
    comes_from_outside = can(user, QualityPermission.VALIDATE) or can(user, QualityPermission.SUPPORT)
    return not comes_from_outside or can(user, QualityPermission.ANSWER)


def _is_theirs(user: Any, place: Place, permission: str) -> bool:
    mine = departments_where(user, permission)
    if place.sheet is not None:
        helpers = (one.pk for one in place.sheet.helpers.all())
        return bool(mine & {place.sheet.department_id, *helpers})
    return place.evidence is not None and _uses_it(place.evidence, mine)


def _uses_it(evidence: Evidence, departments: frozenset[int]) -> bool:
    """Does a sheet of these departments use this evidence?"""
    used = EvidenceUse.objects.filter(evidence=evidence).values("element")
    sheets = Sheet.objects.filter(assessment=evidence.assessment_id, element__in=used)
    return sheets.filter(department__in=departments).exists() or sheets.filter(helpers__in=departments).exists()


def may_read_evidence(user: Any, evidence: Evidence) -> bool:
    """Who opens its files: whoever reads its self-assessment, or writes a sheet that uses it."""
    cycle = Cycle.objects.filter(self_assessment=evidence.assessment_id).select_related("self_assessment").first()
    place = Place(cycle, evidence=evidence) if cycle else None
    return place is not None and can(user, QualityPermission.READ_SHEETS) and _may_read(user, place)


def may_write(user: Any, place: Place) -> bool:
    """Would the door of writing open for this person here?"""
    return can(user, QualityPermission.WRITE_SHEETS) and _may_write(user, place)


def _may_finish(user: Any, action: ImmediateAction) -> bool:
    """Who answers for an immediate action, and whoever leads the cycle."""
    return action.responsible_id == user.pk or can(user, QualityPermission.LEAD)


def register() -> None:
    register_predicate(QualityPermission.READ_SHEETS, _may_read, unless=_reads_all)
    register_predicate(QualityPermission.WRITE_SHEETS, _may_write, unless=_writes_all)
    register_predicate(QualityPermission.FINISH_ACTION, _may_finish)
