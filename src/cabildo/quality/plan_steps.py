"""When may the improvement plan take a step of its life? The engine of plans asks; the stages of the cycle answer."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabildo.plans import kinds
from cabildo.plans.models import Plan
from cabildo.plans.rules.states import APPROVE, START
from cabildo.quality.gates import implementation as gates
from cabildo.quality.models import Cycle
from cabildo.quality.plan_kind import KIND
from cabildo.quality.plan_shut import shut, why_shut
from cabildo.quality.queries.plan_validation import plan_validation_of, unexplained

NAMED = 3  # of the parts that changed, in the sentence that refuses


def refuses(plan: Plan, step: str) -> str:
    """While its cycle goes on: what was validated is approved (stage 6), and carried out once all know (stage 7)."""
    asked = {APPROVE: _not_validated, START: _not_told}.get(step)
    cycle = Cycle.objects.filter(pk=plan.on_id, closed_on=None).first() if asked and plan.on_id else None
    return asked(cycle) if asked and cycle else ""


def _not_validated(cycle: Cycle) -> str:
    """Without the report of its validators, or changed since where no recommendation that was taken up asks for it."""
    validation = plan_validation_of(cycle)
    if validation is None or validation.issued_on is None:
        return _("El Plan de Mejoras se aprueba cuando quienes lo validan emiten su informe. Espere ese informe.")
    changed = unexplained(validation)
    if not changed:
        return ""
    more = len(changed) - NAMED
    parts = "; ".join(str(one) for one in changed[:NAMED])
    if more > 0:
        parts = ngettext("%(parts)s, y otra parte", "%(parts)s, y otras %(count)s partes", more) % {
            "parts": parts,
            "count": more,
        }
    return _(
        "El plan cambió después de validado y no se acogió ninguna recomendación que lo explique en: %(parts)s."
        " Responda las recomendaciones de esas partes, o vuelva a lo que se validó. «Validación del plan» muestra qué"
        " decía antes."
    ) % {"parts": parts}


def _not_told(cycle: Cycle) -> str:
    missing = [*gates.plan_validation_diffused(cycle), *gates.follow_up_declared(cycle)]
    if not missing:
        return ""
    told = {"first": missing[0].what, "count": len(missing)}
    if len(missing) == 1:
        return _("Antes de comenzar falta: %(first)s.") % told
    return _("Antes de comenzar faltan %(count)s cosas. La primera: %(first)s.") % told


def register() -> None:
    kinds.register(replace(KIND, refuses=refuses, why_shut=why_shut, shut=shut))
