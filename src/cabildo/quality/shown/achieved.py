"""What a self-assessment obtains, as it may be said: per cent of what is whole, else the points so far and of how many.

Nobody knows the percentage of something that is scored in part: what lacks its score is unknown, which is not zero.
"""

from decimal import Decimal

from django.utils.translation import gettext as _

from cabildo.instruments.queries.filled import Filled
from cabildo.instruments.rules.scoring import Part, known_share, scored
from cabildo.kit.rounding import half_up
from cabildo.quality.model_words import words_of
from cabildo.ui import spanish


def known(filled: Filled, part: Part) -> Decimal | None:
    """Per cent; None while something of it lacks its score and the assessment is open."""
    return known_share(part, is_final=not filled.assessment.is_open)


def obtained(part: Part) -> Decimal | None:
    """Points, rounded once; None while nothing of it has a score."""
    found = scored(part)
    return half_up(part.points, 1) if found.count or found.is_whole else None


def counted(part: Part) -> str:
    """«3 de 9»: how many have their score."""
    found = scored(part)
    return _("%(count)s de %(total)s") % {"count": spanish.number(found.count), "total": spanish.number(found.total)}


def in_words(filled: Filled, part: Part) -> str:
    """«55,0 %»; «33,0 puntos hasta ahora, 3 de 9 elementos»; «sin dato» of what nobody scored."""
    share, points = known(filled, part), obtained(part)
    if share is not None or points is None:
        return spanish.percentage(share)
    told = {"points": spanish.number(points, 1), "counted": counted(part), "units": words_of(filled.assessment).many}
    return _("%(points)s puntos hasta ahora, %(counted)s %(units)s") % told
