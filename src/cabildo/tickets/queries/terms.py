"""Which term does the law, or the ordinance, give this request?"""

from django.db.models import Q

from cabildo.tickets.models import Category, TermRule
from cabildo.workflow.rules.regimes import LEY_18695_PETITION
from cabildo.workflow.rules.terms import Rule, Unit

INTERNAL_ARTICLE = "meta interna de la municipalidad"


def legal_rule(category: Category, kind: str) -> Rule:
    """The most particular rule: of the category, else of the kind, else the municipality's, else the law's cap."""
    rules = TermRule.objects.filter(Q(category=category) | Q(category=None), kind__in=["", kind])
    ranked = sorted(rules, key=lambda rule: (rule.category_id is None, rule.kind == ""))
    if not ranked:
        return LEY_18695_PETITION
    found = ranked[0]
    return Rule(found.days, Unit(found.unit), found.article, extension_limit=found.extension_limit)


def goal_rule(category: Category) -> Rule | None:
    """The municipality's own goal, in business days; None when the category sets none."""
    if category.goal_days is None:
        return None
    return Rule(category.goal_days, Unit.HABILES, INTERNAL_ARTICLE, extension_limit=0)
