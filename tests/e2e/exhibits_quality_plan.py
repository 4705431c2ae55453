"""A plan for the gaps of the open cycle, half carried out: one of everything of stages 5 and 7."""

from datetime import date

from cabildo.accounts.models import User
from cabildo.instruments.actions import layers
from cabildo.instruments.queries.items import items_of
from cabildo.instruments.rules.scoring import Mark
from cabildo.meetings.models import Meeting
from cabildo.quality.choices import Scope
from cabildo.quality.models import Cycle, FollowUp, ImmediateAction, Option
from cabildo.quality.queries import improvement as queries
from cabildo.quality.queries.validation import DECLARED
from cabildo.site.demo import quality_plan
from e2e.site_map import Values


def write(lead: User, today: date) -> None:
    """A plan to send. Without scores of its own the cycle declares two of every element."""
    cycle = Cycle.objects.select_related("self_assessment").get(closed_on=None)
    if queries.baseline_of(cycle) is None and cycle.self_assessment is not None:
        marks = {item.id: Mark(2) for item in items_of(cycle.self_assessment)}
        layers.seal(cycle.self_assessment, party=DECLARED, label="Comité de Mejora", marks=marks, by=lead)
    if queries.plan_of(cycle) is None:
        quality_plan.design(cycle, today, lead)


def gather(lead: User, today: date) -> Values:
    """The places of its addresses, once its validators wrote their report."""
    cycle = Cycle.objects.select_related("self_assessment").get(closed_on=None)
    quality_plan.carry_out(cycle, today, lead)
    # the page that plans the dissemination shows while there is none
    Meeting.objects.filter(on_type=queries.DISSEMINATION, on_id=str(cycle.pk)).update(on_type="", on_id="")
    plan, seventh = "mesa/calidad/{number}/plan", "mesa/calidad/{number}/implementacion"
    option = Option.objects.filter(cycle=cycle).exclude(line=None).earliest("pk")
    return {
        f"{plan}/matriz/metodologia/methodology": [option.methodology],
        f"{plan}/programa/pk": [option.line_id],
        f"{plan}/inmediatas/pk": [ImmediateAction.objects.filter(cycle=cycle).earliest("pk").pk],
        f"{seventh}/difusion/code": ["operaciones"],
        f"{seventh}/seguimiento/pk": [FollowUp.objects.filter(cycle=cycle, scope=Scope.PLAN).earliest("pk").pk],
    }
