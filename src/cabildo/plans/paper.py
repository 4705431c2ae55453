"""A whole plan on paper: every field of every node, as PDF and as editable Word."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from cabildo.accounts.queries import arms_png
from cabildo.accounts.scoping import current_municipality
from cabildo.documents.papers import Letterhead
from cabildo.documents.reports import Block, Facts, Heading, Report
from cabildo.indicators.boards import words
from cabildo.plans.exports import headings, plan_rows
from cabildo.plans.kinds import kind_of
from cabildo.plans.models import PlanVersion
from cabildo.plans.queries.snapshot import differs_from_approved, last_version
from cabildo.plans.queries.tree import Branch, Tree
from cabildo.ui.spanish import short_date

DEEPEST = 3  # headings below this level look alike
TITLES = 3  # level, code and name stand in the heading


def plan_report(grown: Tree, today: date, *, at: datetime) -> Report:
    """The plan as it stands, with what of it an act approved. Eleven queries beside the tree's."""
    plan, version, municipality = grown.plan, last_version(grown.plan), current_municipality()
    return Report(
        title=plan.title,
        letterhead=Letterhead(
            municipality=municipality.name,
            department=str(plan.department or ""),
            hue=municipality.hue,
            arms=arms_png(municipality),
        ),
        issued_at=at,
        lead=str(kind_of(plan).label),
        facts=[
            (_("Período"), f"{short_date(plan.starts_on)} – {short_date(plan.ends_on)}"),
            (_("Estado"), plan.get_state_display()),
            (_("Dirección que lo conduce"), str(plan.department or _("Toda la municipalidad"))),
            (_("Versión aprobada"), _approved(version)),
            *_since_then(differs=differs_from_approved(plan, version)),
        ],
        blocks=list(_blocks(grown, today)),
    )


def _approved(version: PlanVersion | None) -> str:
    if version is None:
        return _("todavía ninguna")
    return _("versión %(number)s, %(act)s N° %(act_number)s del %(on)s") % {
        "number": version.number,
        "act": version.get_act_kind_display(),
        "act_number": version.act_number,
        "on": short_date(version.act_on),
    }


def _since_then(*, differs: bool) -> list[tuple[str, str]]:
    """Told on the cover: what follows is not what was approved."""
    return [(_("Desde entonces"), _("El plan cambió después de su última aprobación."))] if differs else []


def _blocks(grown: Tree, today: date) -> Iterator[Block]:
    names = headings()[TITLES:]
    for branch, row in zip(grown.walk(), plan_rows(grown, today), strict=True):
        yield Heading(node_title(branch, row), min(branch.node.level + 1, DEEPEST))
        told = [
            (name, words(value)) for name, value in zip(names, row[TITLES:], strict=True) if value not in ("", None)
        ]
        yield Facts(told)


def node_title(branch: Branch, row: Sequence[Any]) -> str:
    """«Actividad 1.2.1: Reunir los datos»."""
    return f"{row[0]} {branch.node.code}: {branch.node.label}".replace(" :", ":")
