"""The Informe de Retroalimentación as blocks: what was declared and what was validated, apart, with every reason.

What each validator marked before agreeing is not in it: the municipality reads what all of them answer for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cabildo.accounts.models import User
from cabildo.documents.papers import Letterhead
from cabildo.documents.reports import Block, Drawing, Facts, Grid, Heading, Notice, Prose, Report, breakable
from cabildo.indicators import drawings
from cabildo.instruments.queries import instrument
from cabildo.instruments.rules.scoring import CriterionResult, Result
from cabildo.instruments.rules.structure import in_order
from cabildo.meetings.queries.sessions import items_of, listed
from cabildo.quality.choices import FindingKind
from cabildo.quality.marking import agreement_facts, mark_words, reason_words
from cabildo.quality.model_words import standing, words_of
from cabildo.quality.models import Finding, IssuedReport, Observation, Validation, ValidationStep, ValidatorAssignment
from cabildo.quality.queries import validation as queries
from cabildo.quality.queries.validation import Marked, Whole
from cabildo.quality.queries.validators import released
from cabildo.quality.shown.validation import shared
from cabildo.ui import spanish

FINDINGS = ((FindingKind.STRENGTH, "Fortalezas"), (FindingKind.OPPORTUNITY, "Oportunidades de mejora"))
type Body = Mapping[str, Any]


@dataclass(frozen=True)
class Content:
    """What the report is made of. `number` is its version; `issued` and `said`, once it went out, which one it was and
    the summary it told."""

    whole: Whole
    consensus: Marked
    findings: Sequence[Finding]
    observations: Sequence[Observation]
    number: int
    steps: Sequence[ValidationStep] = ()
    said: str | None = None
    issued: IssuedReport | None = None

    @property
    def summary(self) -> str:
        return self.whole.validation.summary if self.said is None else self.said

    @property
    def criteria(self) -> list[Body]:
        body = instrument(self.whole.assessment)
        return in_order(body["criteria"], body["model"]["order"])


def as_issued(validation: Validation, issued: IssuedReport) -> Content:
    """What a report said when it went out, and nothing that was written since."""
    told, day = queries.told(issued), issued.issued_at
    observed = validation.observations.filter(made_at__lte=day).select_related("made_by", "replied_by")
    return Content(
        whole=queries.whole_of(validation),
        consensus=told.consensus,
        findings=told.findings,
        observations=list(observed),
        number=issued.number,
        steps=list(validation.steps.filter(at__lte=day).select_related("by")),
        said=told.summary,
        issued=issued,
    )


def report(content: Content) -> Report:
    """Cover, summary, result, agreement, findings by subcriterion, scores by element, interview, observations, who."""
    whole = content.whole
    cycle, version = whole.validation.cycle, whole.assessment.version
    agency = whole.assignments[0].validator.agency
    return Report(
        title=_("Informe de Retroalimentación"),
        letterhead=Letterhead(municipality=agency.name, hue=agency.hue),
        lead=f"{whole.validation.municipality.name} · {cycle}",
        standing=standing(version),
        facts=_cover(content),
        blocks=list(_blocks(content)),
    )


def _cover(content: Content) -> list[tuple[str, str]]:
    whole = content.whole
    notice = instrument(whole.assessment)["model"].get("notice", "")
    facts = [
        (_("Versión del informe"), str(content.number)),
        *issuing(content.issued),
        (_("Comenzó a validarse el"), spanish.long_date(whole.validation.opened_at)),
        (_("Validaron"), ", ".join(str(one) for one in whole.took_part)),
        (_("Puntajes declarados"), _sealed(whole.declared)),
        (_("Puntajes validados"), _sealed(content.consensus)),
        (_("Porcentaje de logro declarado"), achieved(whole.declared_result)),
        (_("Porcentaje de logro validado"), achieved(whole.validated_result)),
    ]
    return [*facts, (_("Sobre el modelo"), notice)] if notice else facts


def issuing(issued: IssuedReport | None) -> list[tuple[str, str]]:
    """Which paper holds: the one that went out, of which this is a copy."""
    if issued is None:
        return []
    told = {"day": spanish.long_date(issued.issued_at), "who": issued.issued_by or "—", "sha": breakable(issued.sha256)}
    words = _("el PDF que emitió %(who)s el %(day)s; huella %(sha)s. Este documento es una copia.")
    return [(_("Documento que vale"), words % told)]


def _sealed(marked: Marked) -> str:
    layer = marked.layer
    words = _("%(label)s; sellados el %(day)s por %(who)s; huella %(sha)s")
    told = words % {
        "label": layer.label,
        "day": spanish.long_date(layer.sealed_at),
        "who": layer.sealed_by or "—",
        "sha": breakable(layer.sha256),
    }
    return f"{told}. {_('Corrige la anterior:')} {layer.reason}" if layer.reason else told


def achieved(found: Result | CriterionResult | None) -> str:
    """«31,5 % (63 de 200 puntos)»; «sin dato» when nothing is in scope or has a score."""
    if found is None or not found.maximum or shared(found) is None:
        return spanish.NO_DATA
    points = f"{spanish.number(found.points)} de {spanish.number(found.maximum)}"
    return f"{spanish.percentage(found.share())} ({points} {_('puntos')})"


def _blocks(content: Content) -> Iterator[Block]:
    yield Heading(_("Síntesis"))
    yield Prose(content.summary.split("\n"))
    yield from _result(content)
    yield from _agreement(content)
    yield from _findings(content)
    yield from _scores(content)
    yield from _interview(content)
    yield from _observed(content)
    yield from _history(content)
    yield from validators(content.whole.assignments)


def _result(content: Content) -> Iterator[Block]:
    whole, found = content.whole, content.whole.validated_result
    if found is None:
        return
    yield Heading(_("Resultado por criterio"))
    yield Notice(_("Lo declarado lo acordó el comité; lo validado lo acordaron los validadores. No se mezclan."))
    labels = {one["id"]: one["label"] for one in content.criteria}
    bars = tuple((labels[one.id], shared(one)) for one in found.criteria)
    title = _("Logro validado por criterio")
    svg = drawings.bars(title, standing(whole.assessment.version), bars, _("Porcentaje de logro"), top=100)
    yield Drawing(title, svg, "; ".join(f"{label}: {spanish.percentage(share)}" for label, share in bars))
    head = [_("Criterio"), _("Declarado"), _("Validado")]
    pairs = zip(whole.declared_result.criteria, found.criteria, strict=True)
    rows = [[labels[before.id], achieved(before), achieved(after)] for before, after in pairs]
    total = [_("En total"), achieved(whole.declared_result), achieved(found)]
    yield Grid(head, [*rows, total], [4, 3, 3], note=_("El total suma puntos; no es el promedio de los criterios."))


def _agreement(content: Content) -> Iterator[Block]:
    yield Heading(_("Cuánto coinciden lo declarado y lo validado"))
    yield Facts(agreement_facts(content.whole.agreement_with(content.consensus)))


def _findings(content: Content) -> Iterator[Block]:
    yield Heading(_("Fortalezas y oportunidades de mejora"))
    names = {item.id: item.label for item in content.whole.items}
    for criterion in content.criteria:
        yield Heading(criterion["label"], 2)
        for part in criterion["subcriteria"]:
            yield Heading(part["label"], 3)
            yield from _of_part(content, part["id"], names)


def _of_part(content: Content, part: str, names: Mapping[str, str]) -> Iterator[Block]:
    here = [one for one in content.findings if one.subcriterion == part]
    for kind, label in FINDINGS:
        texts = [f"{names[one.element]}: {one.text}" if one.element else one.text for one in here if one.kind == kind]
        if texts:
            yield Prose(texts, _(label))
    if not here:
        yield Prose([_("Sin hallazgos.")])


def _scores(content: Content) -> Iterator[Block]:
    yield Heading(_("Puntajes por %s") % words_of(content.whole.assessment).one)
    declared, agreed = content.whole.declared, content.consensus
    rows = [
        [
            item.label if item.is_part else f"{item.part['label']}: {item.label}",
            mark_words(item, declared.marks.get(item.id)),
            mark_words(item, agreed.marks.get(item.id)),
            reason_words(agreed.reasons.get(item.id)) or "—",
        ]
        for item in content.whole.items
    ]
    head = [words_of(content.whole.assessment).full_head, _("Declarado"), _("Validado"), _("Por qué cambia")]
    yield Grid(head, rows, [4, 3, 3, 5])


def _interview(content: Content) -> Iterator[Block]:
    meeting = content.whole.validation.interview
    if meeting is None or meeting.started_at is None:
        return
    spoke = [str(one.full_name) for one in listed(meeting) if one.came]
    yield Heading(_("Entrevista telefónica"))
    when = f"{spanish.long_date(meeting.started_at)}, {spanish.clock(meeting.started_at)}"
    yield Facts([(_("Reunión"), meeting.folio), (_("Fecha"), when), (_("Hablaron"), ", ".join(spoke))])
    for item in items_of(meeting):
        minute = getattr(item, "minute", None)
        yield Prose((minute.text if minute else "").split("\n"), item.title)


def _observed(content: Content) -> Iterator[Block]:
    if not content.observations:
        return
    yield Heading(_("Observaciones de la municipalidad y respuestas"))
    labels = {item.part["id"]: item.part["label"] for item in content.whole.items}
    for one in content.observations:
        about = labels.get(one.subcriterion) or _("Sobre el informe")
        told = _("%(who)s, %(day)s") % {"who": one.made_by, "day": spanish.long_date(one.made_at)}
        yield Prose([f"{one.text} ({told})"], about)
        if one.replied_at:
            told = _("%(who)s, %(day)s") % {"who": one.replied_by, "day": spanish.long_date(one.replied_at)}
            yield Prose([f"{one.reply} ({told})"], _("Respuesta"))


def _history(content: Content) -> Iterator[Block]:
    if not content.steps:
        return
    yield Heading(_("Pasos de la validación"))
    rows = [[spanish.long_date(one.at), one.get_state_display(), str(one.by or "—")] for one in content.steps]
    yield Grid([_("Fecha"), _("Estado desde entonces"), _("Por")], rows, [3, 6, 4])


def validators(assignments: Sequence[ValidatorAssignment]) -> Iterator[Block]:
    """Everybody who was sent, what they declared, and who took over from whom and why."""
    yield Heading(_("Quiénes validaron"))
    stayed = released(assignments)
    for one in assignments:
        yield Heading(str(one), 2, is_listed=False)
        yield Facts(validator_facts(one, stayed=one in stayed))


def validator_facts(one: ValidatorAssignment, *, stayed: bool) -> list[tuple[str, str]]:
    """What is known of a validator in this cycle; what did not happen is left out. `stayed`: until the cycle ended."""
    day, known = spanish.short_date, one.validator
    facts = [
        (_("Trabaja en, según declara"), known.employer),
        (
            _("Formación"),
            _("el %(day)s; vale hasta el %(end)s") % {"day": day(known.trained_on), "end": day(known.valid_until)},
        ),
        (_("Asignación"), _by(day(one.assigned_on), one.assigned_by)),
        (_("Conflicto de interés"), _declared(one)),
    ]
    if one.plan_read_at:
        facts.append((_("Terminó de leer el plan"), day(one.plan_read_at)))
    if one.replaces:
        facts.append((_("Reemplazo"), _("Reemplaza a %s por fuerza mayor.") % one.replaces))
    if one.ended_on and stayed:
        facts.append((_("Validó hasta"), _("%s, al terminar el ciclo") % day(one.ended_on)))
    elif one.ended_on:
        facts.append((_("Dejó de validar"), f"{_by(day(one.ended_on), one.ended_by)}: {one.end_reason}"))
    return facts


def _declared(one: ValidatorAssignment) -> str:
    if one.declared_at is None:
        return _("todavía no declara")
    kind = _("declara que sí lo tiene") if one.has_conflict else _("declara que no lo tiene")
    return f"{kind}. {one.declaration} ({spanish.short_date(one.declared_at)})"


def _by(day: str, who: User | None) -> str:
    return _("%(day)s, por %(who)s") % {"day": day, "who": who} if who else day
