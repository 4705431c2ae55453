"""The Informe de Validación del Plan as blocks: conclusion, recommendations by part of the plan, who read it."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from cabildo.documents.papers import Letterhead
from cabildo.documents.reports import Block, Facts, Grid, Heading, Prose, Report
from cabildo.quality.feedback_report import issuing, validators
from cabildo.quality.model_words import standing
from cabildo.quality.models import PlanValidation, Recommendation
from cabildo.quality.queries.plan_validation import PlanReading, ReadPart
from cabildo.ui import spanish


def report(reading: PlanReading) -> Report:
    """The plan as it was read, and what its validators recommend for carrying it out."""
    validation = reading.validation
    agency = reading.assignments[0].validator.agency
    return Report(
        title=_("Informe de Validación del Plan de Mejoras"),
        letterhead=Letterhead(municipality=agency.name, hue=agency.hue),
        lead=f"{validation.municipality.name} · {validation.cycle}",
        standing=standing_of(validation),
        facts=_cover(reading),
        blocks=list(_blocks(reading)),
        has_index=False,
    )


def standing_of(validation: PlanValidation) -> str:
    """Of the model whose gaps the plan closes, and whether it is official."""
    assessment = validation.cycle.self_assessment
    return standing(assessment.version) if assessment else ""


def _cover(reading: PlanReading) -> list[tuple[str, str]]:
    plan = reading.plan
    issued, validation = reading.reports[0] if reading.reports else None, reading.validation
    days = [(_("Comenzó a leerse el"), spanish.long_date(validation.opened_at))]
    if validation.issued_on is not None:
        days.append((_("Informe emitido el"), spanish.long_date(validation.issued_on)))
    return [
        (_("Plan"), plan.title),
        *issuing(issued),
        *days,
        (_("Período"), f"{spanish.long_date(plan.starts_on)} – {spanish.long_date(plan.ends_on)}"),
        (_("Lo leyeron"), ", ".join(map(str, reading.read)) or spanish.NO_DATA),
        (_("Recomendaciones"), str(len(reading.recommendations))),
    ]


def _blocks(reading: PlanReading) -> Iterator[Block]:
    yield Heading(_("Conclusión"))
    yield Prose(reading.validation.conclusion.split("\n"))
    yield Heading(_("Recomendaciones"))
    by_part = [(part, reading.of_part(part)) for part in reading.parts]
    of_parts = {one.pk for _part, found in by_part for one in found}
    whole = [one for one in reading.recommendations if one.pk not in of_parts]
    if whole:
        yield Heading(_("Sobre el plan en su conjunto"), 2)
        yield from _recommended(whole, None)
    for part, mine in by_part:
        if mine:
            yield Heading(str(part), 2)
            yield from _recommended(mine, part)
    yield Heading(_("El plan que se leyó"))
    head = [_("Nivel"), _("Código"), _("Parte del plan"), _("Comienza"), _("Termina")]
    yield Grid(head, [_row(part) for part in reading.parts], [4, 2, 8, 3, 3])
    yield Facts([(_("Leído el"), _days(reading))])
    yield from validators(reading.assignments)


def _recommended(found: Sequence[Recommendation], part: ReadPart | None) -> Iterator[Block]:
    """Each with what the municipality decided of it, once it did."""
    for one in found:
        yield Prose([_told(one, part)])
        if one.is_taken is not None and one.answered_on is not None:
            who = {"who": one.answered_by, "day": spanish.long_date(one.answered_on)}
            decided = _("Se acoge") if one.is_taken else _("No se acoge")
            yield Prose([f"{one.answer} ({_('%(who)s, %(day)s') % who})"], decided)


def _told(one: Recommendation, part: ReadPart | None) -> str:
    """With the name under which it was read, where the plan does not have it so any more."""
    if part is None:
        return f"{one.node_label}: {one.text}" if one.node_label else one.text
    if str(part) == one.node_label:
        return one.text
    return _("%(text)s (se leyó como «%(label)s»)") % {"text": one.text, "label": one.node_label}


def _row(part: ReadPart) -> list[str]:
    days = (spanish.short_date(day) if day else spanish.NO_DATA for day in (part.starts_on, part.ends_on))
    return [part.level, part.code, part.label, *days]


def _days(reading: PlanReading) -> str:
    read = [(one, one.plan_read_at) for one in reading.read if one.plan_read_at]
    return "; ".join(f"{one}, {spanish.long_date(at)}" for one, at in read) or spanish.NO_DATA
