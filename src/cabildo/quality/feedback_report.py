"""The Informe de Retroalimentación as blocks: what was declared and what was validated, apart, with every reason.

What each validator marked before agreeing is not in it: the municipality reads what all of them answer for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cabildo.documents.papers import Letterhead
from cabildo.documents.reports import Block, Drawing, Facts, Grid, Heading, Notice, Prose, Report
from cabildo.indicators import drawings
from cabildo.instruments.queries import instrument
from cabildo.instruments.rules.bands import Achieved
from cabildo.instruments.rules.structure import in_order
from cabildo.meetings.queries.sessions import items_of, listed
from cabildo.quality.choices import FindingKind
from cabildo.quality.marking import agreement_facts, mark_words, reason_words
from cabildo.quality.models import Finding, Observation, ValidatorAssignment
from cabildo.quality.queries.validation import Marked, Whole
from cabildo.quality.shown.diagnosis import standing
from cabildo.ui import spanish

FINDINGS = ((FindingKind.STRENGTH, "Fortalezas"), (FindingKind.OPPORTUNITY, "Oportunidades de mejora"))
type Body = Mapping[str, Any]


@dataclass(frozen=True)
class Content:
    """What the report is made of. `number` is its version."""

    whole: Whole
    consensus: Marked
    findings: Sequence[Finding]
    observations: Sequence[Observation]
    number: int

    @property
    def criteria(self) -> list[Body]:
        body = instrument(self.whole.assessment)
        return in_order(body["criteria"], body["model"]["order"])


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
        (_("Validaron"), ", ".join(str(one) for one in whole.acting)),
        (_("Puntajes declarados"), _sealed(whole.declared)),
        (_("Puntajes validados"), _sealed(content.consensus)),
        (_("Porcentaje de logro declarado"), achieved(whole.declared_result)),
        (_("Porcentaje de logro validado"), achieved(whole.validated_result)),
    ]
    return [*facts, (_("Sobre el modelo"), notice)] if notice else facts


def _sealed(marked: Marked) -> str:
    words = _("sellados el %(day)s; huella %(sha)s")
    return words % {"day": spanish.long_date(marked.layer.sealed_at), "sha": in_halves(marked.layer.sha256)}


def in_halves(sha256: str) -> str:
    """A hash that breaks where the line does."""
    return f"{sha256[:32]} {sha256[32:]}"


def achieved(found: Achieved | None) -> str:
    """«31,5 % (63 de 200 puntos)»; «sin dato» when nothing is in scope."""
    if found is None or not found.maximum:
        return spanish.NO_DATA
    points = f"{spanish.number(found.points)} de {spanish.number(found.maximum)}"
    return f"{spanish.percentage(found.share())} ({points} {_('puntos')})"


def _blocks(content: Content) -> Iterator[Block]:
    yield Heading(_("Síntesis"))
    yield Prose(content.whole.validation.summary.split("\n"))
    yield from _result(content)
    yield from _agreement(content)
    yield from _findings(content)
    yield from _scores(content)
    yield from _interview(content)
    yield from _observed(content)
    yield from validators(content.whole.assignments)


def _result(content: Content) -> Iterator[Block]:
    whole, found = content.whole, content.whole.validated_result
    if found is None:
        return
    yield Heading(_("Resultado por criterio"))
    yield Notice(_("Lo declarado lo acordó el comité; lo validado lo acordaron los validadores. No se mezclan."))
    labels = {one["id"]: one["label"] for one in content.criteria}
    bars = tuple((labels[one.id], one.share()) for one in found.criteria)
    title = _("Logro validado por criterio")
    svg = drawings.bars(title, standing(whole.assessment.version), bars, _("Porcentaje de logro"))
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
    yield Heading(_("Puntajes por elemento"))
    declared, agreed = content.whole.declared, content.consensus
    rows = [
        [
            f"{item.part['label']}: {item.label}",
            mark_words(item, declared.marks.get(item.id)),
            mark_words(item, agreed.marks.get(item.id)),
            reason_words(agreed.reasons.get(item.id)) or "—",
        ]
        for item in content.whole.items
    ]
    head = [_("Elemento de gestión"), _("Declarado"), _("Validado"), _("Por qué cambia")]
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


def validators(assignments: Sequence[ValidatorAssignment]) -> Iterator[Block]:
    """Everybody who was sent, what they declared, and who took over from whom and why."""
    yield Heading(_("Quiénes validaron"))
    head = [_("Validador"), _("Trabaja en, según declara"), _("Declaración"), _("Cambios")]
    yield Grid(head, [_row(one) for one in assignments], [3, 3, 5, 5])


def _row(one: ValidatorAssignment) -> list[str]:
    if one.declared_at is None:
        said = _("todavía no declara")
    else:
        kind = _("Con conflicto de interés") if one.has_conflict else _("Sin conflicto de interés")
        said = f"{kind}. {one.declaration} ({spanish.short_date(one.declared_at)})"
    changes = []
    if one.replaces:
        changes.append(_("Reemplaza a %s por fuerza mayor.") % one.replaces)
    if one.ended_on:
        told = {"day": spanish.short_date(one.ended_on), "why": one.end_reason}
        changes.append(_("Dejó de validar el %(day)s: %(why)s") % told)
    return [str(one), one.validator.employer, said, " ".join(changes) or "—"]
