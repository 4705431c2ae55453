"""Which term does the law, or the ordinance, give this request?"""

from django.db.models import Q

from cabildo.tickets import redirects
from cabildo.tickets.models import Category, TermRule
from cabildo.workflow.rules.regimes import LEY_18695_PETITION
from cabildo.workflow.rules.terms import Rule, Unit

INTERNAL_ARTICLE = "meta interna de la municipalidad"


def legal_rule(category: Category, kind: str) -> Rule:
    """The most particular rule: of the category, else of its own regime, else of the kind, else the law's cap.

    What belongs to another regime (Ley 20.285, art. 14) is answered within that law's term, wherever it came in: the
    term that an ordinance gives to a kind is that of petitions (Ley 18.695, art. 98).
    """
    rules = TermRule.objects.filter(Q(category=category) | Q(category=None), kind__in=["", kind])
    ranked = sorted(rules, key=lambda rule: (rule.category_id is None, rule.kind == ""))
    if not ranked or ranked[0].category_id is None:
        regime = redirects.of_category(category)
        if regime is not None and regime.rule is not None:
            return regime.rule
    if not ranked:
        return LEY_18695_PETITION
    found = ranked[0]
    return Rule(found.days, Unit(found.unit), found.article, extension_limit=found.extension_limit)


def goal_rule(category: Category) -> Rule | None:
    """The municipality's own goal, in business days; None when the category sets none."""
    if category.goal_days is None:
        return None
    return Rule(category.goal_days, Unit.HABILES, INTERNAL_ARTICLE, extension_limit=0)
