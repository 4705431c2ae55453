"""A cycle with declared and with validated scores on a small model, up to a written plan."""

from datetime import date

from django.utils import timezone

from cabildo.accounts.models import User
from cabildo.content.models import PackVersion
from cabildo.documents.actions import store_generated
from cabildo.documents.choices import Kind, Visibility
from cabildo.instruments import actions as instruments
from cabildo.instruments.actions import layers, sheets
from cabildo.instruments.models import Layer
from cabildo.instruments.rules.scoring import Mark
from cabildo.plans.models import Plan
from cabildo.quality.actions import improvement, improvement_plan
from cabildo.quality.choices import Subject
from cabildo.quality.models import Agreement, Cycle, IssuedReport, Option, PlanValidation
from cabildo.quality.queries import improvement as queries
from cabildo.quality.queries.validation import DECLARED
from factories.assessment_models import element_ids

TODAY = date(2026, 11, 23)
ENDS = date(2027, 11, 22)
VALUES = {"relevance": 5, "feasibility": 4, "impact": 3, "cost": 2, "note": ""}


def assess(cycle: Cycle, model: PackVersion, by: User, score: int = 2) -> Layer:
    """The self-assessment, declared: every element at the same score."""
    made = instruments.open_assessment(version=model, title="Autoevaluación", on=cycle, by=by)
    sheets.open_sheets(made, by=by)
    cycle.self_assessment = made
    cycle.save(update_fields=["self_assessment"])
    return seal(cycle, DECLARED, by, score)


def seal(cycle: Cycle, party: str, by: User, score: int, marks: dict[str, Mark] | None = None) -> Layer:
    """Every element at the same score, unless its marks are given."""
    marks = marks or {name: Mark(score) for name in element_ids()}
    return layers.seal(cycle.self_assessment, party=party, label=party, marks=marks, by=by)


def issue(cycle: Cycle, by: User, score: int = 1, marks: dict[str, Mark] | None = None) -> Layer:
    """The feedback report goes out with the validated scores."""
    layer = seal(cycle, "consensus", by, score, marks)
    kept = {"kind": Kind.EVIDENCE, "visibility": Visibility.INTERNAL, "by": by}
    owner, _made = Agreement.objects.get_or_create(cycle=cycle, municipality=cycle.municipality, agency="SUBDERE")
    paper = store_generated(b"%PDF-1.4", name="informe.pdf", owner=owner, **kept)
    IssuedReport.objects.create(
        municipality=cycle.municipality,
        cycle=cycle,
        phase=Subject.REPORT,
        number=1,
        layer=layer,
        document=paper,
        sha256=layer.sha256,
        issued_at=layer.sealed_at,
        issued_by=by,
    )
    return layer


def offered(cycle: Cycle) -> list[str]:
    """Codes of the methodologies offered, in the order of the model."""
    return [one.code for one in queries.offers_of(cycle, queries.baseline_of(cycle))]


def value(cycle: Cycle, methodology: str, by: User, *, revision: int = 0, **values) -> Option:
    wanted = {**VALUES, "is_feasible": True, "is_chosen": False, **values}
    return improvement.value_option(cycle, methodology, revision=revision, by=by, **wanted)


def let_it_be_approved(cycle: Cycle) -> PlanValidation:
    """The validators' report of its plan went out."""
    told = {"conclusion": "Responde a las brechas.", "opened_at": timezone.now(), "issued_on": TODAY}
    seat = {"municipality": cycle.municipality, "cycle": cycle, "plan": queries.plan_of(cycle)}
    return PlanValidation.objects.create(**seat, **told)


def write_plan(cycle: Cycle, by: User) -> Plan:
    """Choose the first methodology and write the plan with it."""
    value(cycle, offered(cycle)[0], by, is_chosen=True)
    return improvement_plan.write_plan(cycle, title="Plan de Mejoras", starts_on=TODAY, ends_on=ENDS, by=by)
