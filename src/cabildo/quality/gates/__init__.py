"""What the programme can say of its own gates: what holds, and what is missing where. A module for each stage."""

from cabildo.quality.gates import (
    accreditation,
    committee,
    diagnosis,
    entry,
    implementation,
    improvement,
    learning,
    programme,
    report,
    self_assessment,
    validation,
)


def register() -> None:
    diagnosis.register()
    entry.register()
    programme.register()
    committee.register()
    learning.register()
    improvement.register()
    implementation.register()
    report.register()
    self_assessment.register()
    validation.register()
    accreditation.register()
