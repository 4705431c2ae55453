from cabildo.quality.models.accreditation import Points, PointsLayer, Service
from cabildo.quality.models.benchmarking import BenchmarkConsent, CycleResult, ResultPart
from cabildo.quality.models.committee import (
    ChannelReach,
    Committee,
    FollowUp,
    GoodPractice,
    InterventionMethod,
    MethodDepartment,
)
from cabildo.quality.models.consultancy import Consultancy, ConsultancyMember, ConsultancyPlace, Visit
from cabildo.quality.models.cycle import Cycle
from cabildo.quality.models.entry import Agreement, AgreementAmendment, Clause, Counterpart, Support, SupportMovement
from cabildo.quality.models.help import HelpEntry, HelpRequest, HelpTerm
from cabildo.quality.models.improvement import DiffusionReach, ImmediateAction, MatrixWeights, Option
from cabildo.quality.models.learning import LevellingRequest, Training, TrainingAttendance, TrainingPlace
from cabildo.quality.models.programme import Enrolment, LevellingActivity, LineDecision
from cabildo.quality.models.publications import Publication, PublishedPlace, PublishedResult
from cabildo.quality.models.report import Background, BackgroundFigure, ConsultantReview, Report, Sending
from cabildo.quality.models.validation import (
    DraftMark,
    Finding,
    IssuedReport,
    Observation,
    PlanValidation,
    Recommendation,
    Validation,
    ValidationStep,
)
from cabildo.quality.models.validators import Validator, ValidatorAssignment

__all__ = [
    "Agreement",
    "AgreementAmendment",
    "Background",
    "BackgroundFigure",
    "BenchmarkConsent",
    "ChannelReach",
    "Clause",
    "Committee",
    "Consultancy",
    "ConsultancyMember",
    "ConsultancyPlace",
    "ConsultantReview",
    "Counterpart",
    "Cycle",
    "CycleResult",
    "DiffusionReach",
    "DraftMark",
    "Enrolment",
    "Finding",
    "FollowUp",
    "GoodPractice",
    "HelpEntry",
    "HelpRequest",
    "HelpTerm",
    "ImmediateAction",
    "InterventionMethod",
    "IssuedReport",
    "LevellingActivity",
    "LevellingRequest",
    "LineDecision",
    "MatrixWeights",
    "MethodDepartment",
    "Observation",
    "Option",
    "PlanValidation",
    "Points",
    "PointsLayer",
    "Publication",
    "PublishedPlace",
    "PublishedResult",
    "Recommendation",
    "Report",
    "ResultPart",
    "Sending",
    "Service",
    "Support",
    "SupportMovement",
    "Training",
    "TrainingAttendance",
    "TrainingPlace",
    "Validation",
    "ValidationStep",
    "Validator",
    "ValidatorAssignment",
    "Visit",
]
