"""The Informe de Validación del Plan as blocks: conclusion, recommendations by part of the plan, who read it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cabildo.documents.papers import Letterhead
from cabildo.documents.reports import Block, Facts, Grid, Heading, Prose, Report
from cabildo.plans.models import PlanNode
from cabildo.quality.feedback_report import validators
from cabildo.quality.models import PlanValidation, Recommendation
from cabildo.quality.queries.plan_validation import PlanReading
from cabildo.quality.shown.diagnosis import standing
from cabildo.ui import spanish


def report(reading: PlanReading) -> Report:
    """The plan as it was read, and what its validators recommend for carrying it out."""
    validation = reading.validation
    agency = reading.assignments[0].validator.agency
    return Report(
        title=_("Informe de Validación del Plan de Mejoras"),
        letterhead=Letterhead(municipality=agency.name, hue=agency.hue),
        lead=f"{validation.municipality.name} · {validation.cycle}",
        standing=_standing(validation),
        facts=_cover(reading),
        blocks=list(_blocks(reading)),
    )


def _standing(validation: PlanValidation) -> str:
    assessment = validation.cycle.self_assessment
    return standing(assessment.version) if assessment else ""


def _cover(reading: PlanReading) -> list[tuple[str, str]]:
    plan, read = reading.plan, [one for one in reading.acting if one.plan_read_at]
    return [
        (_("Plan"), plan.title),
        (_("Período"), f"{spanish.long_date(plan.starts_on)} – {spanish.long_date(plan.ends_on)}"),
        (_("Lo leyeron"), ", ".join(str(one) for one in read)),
        (_("Recomendaciones"), str(len(reading.recommendations))),
    ]


def _blocks(reading: PlanReading) -> Iterator[Block]:
    yield Heading(_("Conclusión"))
    yield Prose(reading.validation.conclusion.split("\n"))
    yield Heading(_("Recomendaciones"))
    whole = [one for one in reading.recommendations if one.node_id is None]
    if whole:
        yield Heading(_("Sobre el plan en su conjunto"), 2)
        yield Prose([_told(one) for one in whole])
    for branch in reading.tree.walk():
        mine = reading.by_node.get(branch.node.pk, ())
        if mine:
            yield Heading(str(branch.node), 2)
            yield Prose([one.text for one in mine])
    yield Heading(_("El plan que se leyó"))
    head = [_("Código"), _("Parte del plan"), _("Comienza"), _("Termina")]
    yield Grid(head, [_row(branch.node) for branch in reading.tree.walk()], [2, 8, 3, 3])
    yield Facts([(_("Leído el"), _days(reading))])
    yield from validators(reading.assignments)


def _told(one: Recommendation) -> str:
    return f"{one.node_label}: {one.text}" if one.node_label else one.text


def _row(node: PlanNode) -> list[str]:
    days = (spanish.short_date(day) if day else spanish.NO_DATA for day in (node.starts_on, node.ends_on))
    return [node.code, node.label, *days]


def _days(reading: PlanReading) -> str:
    read = [(one, one.plan_read_at) for one in reading.acting if one.plan_read_at]
    return "; ".join(f"{one}, {spanish.long_date(at)}" for one, at in read) or spanish.NO_DATA
