"""All that both reports of the validators store, as tables: the sheets of their workbooks.

What each validator marked before all agreed is in none of them, nor is who of them wrote a finding: all answer for it.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from cabildo.instruments.queries.items import Item
from cabildo.kit.rounding import half_up
from cabildo.meetings.queries.sessions import items_of, listed
from cabildo.quality.feedback_report import Content, validator_facts
from cabildo.quality.marking import agreement_facts, mark_words, reason_words
from cabildo.quality.model_words import words_of
from cabildo.quality.models import IssuedReport, Recommendation, ValidatorAssignment
from cabildo.quality.queries.plan_validation import PlanReading
from cabildo.quality.queries.validation import Marked
from cabildo.quality.queries.validators import released
from cabildo.quality.shown.report_tables import Rows
from cabildo.quality.shown.validation import shared


def feedback_tables(content: Content) -> list[Rows]:
    """The Informe de Retroalimentación."""
    return [
        _about(content),
        _criteria(content),
        _scores(content),
        _agreement(content),
        _findings(content),
        _interview(content),
        _observations(content),
        _steps(content),
        validators(content.whole.assignments),
    ]


def plan_tables(reading: PlanReading) -> list[Rows]:
    """The Informe de Validación del Plan, with what the municipality decided."""
    return [
        _about_plan(reading),
        _recommendations(reading),
        _plan_parts(reading),
        validators(reading.assignments),
    ]


def _about(content: Content) -> Rows:
    whole = content.whole
    rows: list[list[Any]] = [
        [_("Municipalidad"), whole.validation.municipality.name],
        [_("Ciclo"), str(whole.validation.cycle)],
        [_("Versión del informe"), content.number],
        [_("Comenzó a validarse el"), whole.validation.opened_at],
        [_("Síntesis"), content.summary],
        *_layer(_("Puntajes declarados"), whole.declared),
        *_layer(_("Puntajes validados"), content.consensus),
        *_issued(content.issued),
    ]
    return Rows(_("Informe"), [_("Dato"), _("Valor")], rows)


def _layer(what: str, marked: Marked) -> list[list[Any]]:
    layer = marked.layer
    rows: list[list[Any]] = [
        [_("%s: de quién") % what, layer.label],
        [_("%s: sellados el") % what, layer.sealed_at],
        [_("%s: sellados por") % what, str(layer.sealed_by or "")],
        [_("%s: huella") % what, layer.sha256],
    ]
    return [*rows, [_("%s: por qué se corrigieron") % what, layer.reason]] if layer.reason else rows


def _issued(issued: IssuedReport | None) -> list[list[Any]]:
    if issued is None:
        return []
    return [
        [_("Informe emitido el"), issued.issued_at],
        [_("Informe emitido por"), str(issued.issued_by or "")],
        [_("Archivo que vale"), issued.document.original_name],
        [_("Huella del archivo"), issued.sha256],
    ]


def _criteria(content: Content) -> Rows:
    columns = [_("Criterio"), _("Parte"), _("Puntos"), _("Puntos posibles"), _("Logro (%)")]
    names = {one["id"]: one["label"] for one in content.criteria}
    rows: list[list[Any]] = []
    for label, result in (
        (_("Declarado"), content.whole.declared_result),
        (_("Validado"), content.whole.validated_result),
    ):
        if result is not None:
            rows += [[names[one.id], label, *_points(one)] for one in result.criteria]
            rows.append([_("En total"), label, *_points(result)])
    return Rows(_("Criterios"), columns, rows)


def _points(found: Any) -> list[Any]:
    return [half_up(found.points, 1), half_up(found.maximum, 1), shared(found)]


def _scores(content: Content) -> Rows:
    columns = [
        _("Criterio"),
        _("Subcriterio"),
        words_of(content.whole.assessment).head,
        _("Declarado"),
        _("Puntaje declarado"),
        _("Validado"),
        _("Puntaje validado"),
        _("Por qué cambia"),
    ]
    return Rows(_("Puntajes"), columns, [_score(content, item) for item in content.whole.items])


def _score(content: Content, item: Item) -> list[Any]:
    declared, agreed = content.whole.declared, content.consensus
    told: list[Any] = [item.criterion["label"], item.part["label"], item.label]
    for marked in (declared, agreed):
        mark = marked.marks.get(item.id)
        told += [mark_words(item, mark), mark.score if mark else None]
    return [*told, reason_words(agreed.reasons.get(item.id))]


def _agreement(content: Content) -> Rows:
    facts = agreement_facts(content.whole.agreement_with(content.consensus))
    return Rows(_("Coincidencia"), [_("Medida"), _("Valor")], [list(one) for one in facts])


def _findings(content: Content) -> Rows:
    items = content.whole.items
    parts = {item.part["id"]: item.part["label"] for item in items}
    names = {item.id: item.label for item in items}
    columns = [_("Subcriterio"), words_of(content.whole.assessment).head, _("Qué es"), _("Qué se encontró")]
    rows = [
        [parts[one.subcriterion], names.get(one.element, ""), one.get_kind_display(), one.text]
        for one in content.findings
    ]
    return Rows(_("Hallazgos"), columns, rows)


def _interview(content: Content) -> Rows:
    meeting = content.whole.validation.interview
    columns = [_("Reunión"), _("Fecha"), _("Hablaron"), _("Punto"), _("Lo tratado")]
    if meeting is None or meeting.started_at is None:
        return Rows(_("Entrevista"), columns, [])
    spoke = "; ".join(str(one.full_name) for one in listed(meeting) if one.came)
    rows = []
    for item in items_of(meeting):
        minute = getattr(item, "minute", None)
        rows.append([meeting.folio, meeting.started_at, spoke, item.title, minute.text if minute else ""])
    return Rows(_("Entrevista"), columns, rows)


def _observations(content: Content) -> Rows:
    parts = {item.part["id"]: item.part["label"] for item in content.whole.items}
    columns = [_("Sobre"), _("Observación"), _("Fecha"), _("Por"), _("Respuesta"), _("Respondida el"), _("Respondió")]
    rows = [
        [
            parts.get(one.subcriterion, _("Sobre el informe")),
            one.text,
            one.made_at,
            str(one.made_by),
            one.reply,
            one.replied_at,
            str(one.replied_by or ""),
        ]
        for one in content.observations
    ]
    return Rows(_("Observaciones"), columns, rows)


def _steps(content: Content) -> Rows:
    rows = [[one.at, one.get_state_display(), str(one.by or "")] for one in content.steps]
    return Rows(_("Pasos"), [_("Fecha"), _("Estado desde entonces"), _("Por")], rows)


def validators(assignments: Sequence[ValidatorAssignment]) -> Rows:
    """A row for every fact of every validator, as both papers tell them."""
    stayed = released(assignments)
    told = ((one, validator_facts(one, stayed=one in stayed)) for one in assignments)
    rows = [[str(one), label, value] for one, facts in told for label, value in facts]
    return Rows(_("Validadores"), [_("Validador"), _("Dato"), _("Valor")], rows)


def _about_plan(reading: PlanReading) -> Rows:
    validation, plan = reading.validation, reading.plan
    rows: list[list[Any]] = [
        [_("Municipalidad"), validation.municipality.name],
        [_("Ciclo"), str(validation.cycle)],
        [_("Plan"), plan.title],
        [_("Comienza"), plan.starts_on],
        [_("Termina"), plan.ends_on],
        [_("Comenzó a leerse el"), validation.opened_at],
        [_("Conclusión"), validation.conclusion],
        [_("Emitido el"), validation.issued_on],
        *_issued(reading.reports[0] if reading.reports else None),
    ]
    return Rows(_("Informe"), [_("Dato"), _("Valor")], rows)


def _recommendations(reading: PlanReading) -> Rows:
    columns = [
        _("Parte del plan"),
        _("Se leyó como"),
        _("Recomendación"),
        _("Decisión"),
        _("Qué se hará, o por qué no"),
        _("Se decidió el"),
        _("Decidió"),
    ]
    return Rows(_("Recomendaciones"), columns, [_recommended(one) for one in reading.recommendations])


def _recommended(one: Recommendation) -> list[Any]:
    decided = {None: None, True: _("se acoge"), False: _("no se acoge")}[one.is_taken]
    part = str(one.node) if one.node else _("el plan en su conjunto")
    return [part, one.node_label, one.text, decided, one.answer, one.answered_on, str(one.answered_by or "")]


def _plan_parts(reading: PlanReading) -> Rows:
    rows = [[part.level, part.code, part.label, part.starts_on, part.ends_on] for part in reading.parts]
    return Rows(_("Plan"), [_("Nivel"), _("Código"), _("Parte del plan"), _("Comienza"), _("Termina")], rows)
