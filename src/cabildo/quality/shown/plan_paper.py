"""The improvement plan as it is sent: what the engine of plans keeps of it, and what the programme adds.

That the model behind it is not official, the points that each line wins, the scores expected, what is done at once.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from cabildo.documents.reports import Block, Heading, Report
from cabildo.plans.models import Plan
from cabildo.plans.paper import plan_report
from cabildo.quality.models import Cycle
from cabildo.quality.shown.programme_paper import Told, immediate_part, lines_part, paper, targets_part, told
from cabildo.quality.shown.stage_papers import blocks_of, data


def report(cycle: Cycle, plan: Plan, today: date, *, at: datetime) -> Report:
    """The plan as it stands, whole. As many queries however much it holds."""
    found = told(cycle, plan, today)
    written = plan_report(found.grown, today, at=at)
    return replace(written, standing=found.standing, blocks=[*_expected(found), *written.blocks])


def xlsx(cycle: Cycle, plan: Plan, today: date) -> bytes:
    """The same as data: lines by programme, expected scores, what is done at once, every part; a sheet for each."""
    return data(paper(told(cycle, plan, today)))


def _expected(found: Told) -> Iterator[Block]:
    yield Heading(_("Lo que se espera del plan"))
    lines = lines_part(_("Líneas de acción y puntos que ganan"), found.lines, _("El plan no tiene líneas de acción."))
    for part in (lines, targets_part(found), immediate_part(found.immediate)):
        yield from blocks_of(part, level=2)
