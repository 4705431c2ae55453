"""Stages 4 and 6: who validates, the interview, marks with their reasons, both reports."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.meetings.choices import State
from cabildo.quality.choices import Subject
from cabildo.quality.gates.cycles import of_cycle
from cabildo.quality.models import Cycle
from cabildo.quality.queries import plan_validation, validators
from cabildo.quality.queries import validation as queries
from cabildo.quality.rules.validation import unexplained
from cabildo.workflow.processes import gates
from cabildo.workflow.processes.gates import Missing


def register() -> None:
    gates.register("quality.validators_without_conflict", of_cycle(validators_without_conflict))
    gates.register("quality.interview_minuted", of_cycle(interview_minuted))
    gates.register("quality.validated_scores_settled", of_cycle(validated_scores_settled))
    gates.register("quality.feedback_report_issued", of_cycle(feedback_report_issued))
    gates.register("quality.plan_validation_by_same_validators", of_cycle(plan_validation_by_same_validators))
    gates.register("quality.plan_validation_report_issued", of_cycle(plan_validation_report_issued))


def validators_without_conflict(cycle: Cycle) -> Iterator[Missing]:
    """Somebody validates, and everybody who does declared in writing that they have no conflict."""
    page = reverse("quality:feedback", args=[cycle.number])
    going = [one for one in validators.assignments_of(cycle) if one.ended_on is None]
    if not going:
        yield Missing(_("El organismo que valida debe asignar a los validadores"), page)
    for one in going:
        if one.has_conflict is None:
            yield Missing(_("Falta la declaración de conflictos de interés de %s") % one, page)
        elif one.has_conflict:
            yield Missing(_("%s declaró un conflicto de interés: el organismo debe asignar a otra persona") % one, page)


def interview_minuted(cycle: Cycle) -> Iterator[Missing]:
    """It was held and its acta, which says when, who spoke and what was cleared up, is closed."""
    validation = queries.validation_of(cycle)
    meeting = validation.interview if validation else None
    if meeting is None or meeting.state == State.CANCELLED:
        yield Missing(_("Planificar la entrevista telefónica"), reverse("quality:feedback", args=[cycle.number]))
    elif meeting.state not in (State.MINUTED, State.SIGNED):
        words = _("Hacer la entrevista telefónica y cerrar su acta")
        yield Missing(words, reverse("meetings:detail", args=[meeting.pk]))


def validated_scores_settled(cycle: Cycle) -> Iterator[Missing]:
    """The agreed marks are sealed, on what the municipality declares today, each change with its code and words."""
    page = reverse("quality:feedback", args=[cycle.number])
    validation = queries.validation_of(cycle)
    whole = queries.whole_of(validation) if validation else None
    if whole is None or whole.consensus is None:
        yield Missing(_("Sellar los puntajes que acuerden los validadores"), page)
        return
    if whole.is_stale:
        yield Missing(_("La municipalidad declaró de nuevo: los validadores deben revisar lo que cambió"), page)
    for name in unexplained(whole.declared.marks, whole.consensus.marks, whole.consensus.reasons):
        labels = {item.id: item.label for item in whole.items}
        yield Missing(_("Dar la razón del cambio de puntaje: %s") % labels[name], page)


def feedback_report_issued(cycle: Cycle) -> Iterator[Missing]:
    if not queries.reports_of(cycle, Subject.REPORT):
        words = _("Emitir el Informe de Retroalimentación")
        yield Missing(words, reverse("quality:feedback", args=[cycle.number]))


def plan_validation_by_same_validators(cycle: Cycle) -> Iterator[Missing]:
    """All who validated the self-assessment read the plan, or were replaced by force majeure; nobody else is left."""
    page = reverse("quality:plan_feedback", args=[cycle.number])
    validation = plan_validation.plan_validation_of(cycle)
    if validation is None:
        yield Missing(_("Los validadores deben comenzar a leer el plan"), page)
        return
    reading = plan_validation.reading_of(validation)
    for one in reading.lost:
        yield Missing(_("%s validó la autoevaluación y no lee el plan: decidir su reemplazo") % one, page)
    for one in reading.unread:
        yield Missing(_("%s debe terminar de leer el plan") % one, page)


def plan_validation_report_issued(cycle: Cycle) -> Iterator[Missing]:
    if not queries.reports_of(cycle, Subject.PLAN):
        words = _("Emitir el Informe de Validación del Plan")
        yield Missing(words, reverse("quality:plan_feedback", args=[cycle.number]))
