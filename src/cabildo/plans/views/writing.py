"""Where a page of a plan leads back to."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.plans.models import Plan, PlanNode
from cabildo.ui.parts import Crumb


def page_of(made: Plan | PlanNode) -> str:
    """The page of what was just written."""
    return reverse("plans:plan" if isinstance(made, Plan) else "plans:node", args=[made.pk])


def plan_url(plan: Plan) -> str:
    return reverse("plans:plan", args=[plan.pk])


def node_url(node: PlanNode) -> str:
    return reverse("plans:node", args=[node.pk])


def plan_crumbs(plan: Plan) -> list[Crumb]:
    return [Crumb(_("Planes"), reverse("plans:list")), Crumb(plan.title, plan_url(plan))]


def node_crumbs(node: PlanNode) -> list[Crumb]:
    return [*plan_crumbs(node.plan), Crumb(str(node), node_url(node))]


def chosen(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """These of the cleaned data, where the form has them: a reason is asked only of an approved plan."""
    return {name: data[name] for name in names if name in data}
