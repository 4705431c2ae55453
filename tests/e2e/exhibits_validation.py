"""The open cycle validated, observed, and its plan read: one of everything of stages 4 and 6."""

from datetime import date

from django.utils import timezone

from cabildo.accounts.models import User
from cabildo.quality.actions import feedback
from cabildo.quality.choices import Subject
from cabildo.quality.models import Cycle, Finding, Observation, Recommendation, Sending, Validation
from cabildo.quality.queries.improvement import plan_of
from cabildo.quality.queries.report import plan_fingerprint
from cabildo.site.demo import quality_validation
from e2e import exhibits_quality_plan
from e2e.site_map import Values


def gather(lead: User, today: date) -> Values:
    """The places of its addresses; its scores are declared and its plan written by the exhibits of the plan."""
    exhibits_quality_plan.write(lead, today)
    cycle = Cycle.objects.select_related("self_assessment").get(closed_on=None)
    quality_validation.validate(cycle, today)
    validation = Validation.objects.get(cycle=cycle)
    feedback.observe(validation, text="El decreto 12 sí está entre los documentos.", by=lead)
    _send_plan(cycle, today, lead)
    quality_validation.read_plan(cycle, today)
    found = Finding.objects.filter(cycle=cycle).earliest("pk")
    advised = Recommendation.objects.filter(validation__cycle=cycle).earliest("pk")
    desk = "mesa/calidad/{number}/validacion"
    return {
        f"{desk}/elementos/element": [found.element],
        f"{desk}/acuerdo/element": [found.element],
        f"{desk}/hallazgos/part": [found.subcriterion],
        f"{desk}/hallazgos/pk": [found.pk],
        f"{desk}/observaciones/pk": [Observation.objects.filter(validation=validation).earliest("pk").pk],
        "mesa/calidad/{number}/validacion-plan/recomendaciones/pk": [advised.pk],
    }


def _send_plan(cycle: Cycle, today: date, lead: User) -> None:
    Sending.objects.create(
        municipality_id=cycle.municipality_id,
        cycle=cycle,
        subject=Subject.PLAN,
        letter_number="31",
        letter_on=today,
        to="Centro Validador",
        sha256="0" * 64,
        content_sha256=plan_fingerprint(plan_of(cycle)),
        sent_at=timezone.now(),
        sent_by=lead,
    )
