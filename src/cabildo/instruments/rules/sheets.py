"""What do the levels that somebody attested grant, and do the marks that people propose agree?

Levels are cumulative: one is granted only together with all the lower ones. The lowest says that the thing is not done;
nobody attests it, it is what remains when no other is granted.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from cabildo.instruments.rules.scoring import Mark, element_score, granted_level
from cabildo.instruments.rules.structure import Method

type Attested = Mapping[str, bool]  # level, as a text → does it hold


def levels(method: Method) -> range:
    """Those that somebody attests: all but the lowest."""
    return range(method.minimum + 1, method.maximum + 1)


def granted(method: Method, attested: Attested) -> int:
    """The level that the checklist grants."""
    kept = {method.minimum: True, **{level: bool(attested.get(str(level))) for level in levels(method)}}
    found = granted_level(kept, lowest=method.minimum)
    return method.minimum if found is None else found


def stranded(method: Method, attested: Attested) -> tuple[int, ...]:
    """Levels attested over one that is not: they grant nothing."""
    reached = granted(method, attested)
    return tuple(level for level in levels(method) if level > reached and attested.get(str(level)))


def first_missing(method: Method, attested: Attested) -> int | None:
    """The lowest level that is not attested; None when all are."""
    reached = granted(method, attested)
    return reached + 1 if reached < method.maximum else None


def is_divergent(marks: Sequence[Mark]) -> bool:
    """Do these proposals say different things?"""
    return len({_said(mark) for mark in marks}) > 1


def spread(method: Method, marks: Iterable[Mark]) -> Fraction:
    """From the lowest to the highest score proposed, 0 with fewer than two. «No aplica» has no score."""
    scores = [element_score(method, mark) for mark in marks if not mark.is_excluded]
    return max(scores) - min(scores) if scores else Fraction(0)


def widest_attribute(method: Method, marks: Sequence[Mark]) -> tuple[str, int] | None:
    """The attribute in which the proposals differ most, and by how much; None when no attribute differs."""
    found = []
    for name in method.attributes:
        scores = [mark.attributes[name] for mark in marks if name in mark.attributes]
        found.append((name, max(scores, default=0) - min(scores, default=0)))
    widest = max(found, key=lambda one: one[1], default=None)
    return widest if widest is not None and widest[1] else None


def _said(mark: Mark) -> tuple[int | None, bool, tuple[tuple[str, int], ...]]:
    return mark.score, mark.is_excluded, tuple(sorted(mark.attributes.items()))


def longest_series(years: Mapping[str, Iterable[int]]) -> frozenset[int]:
    """Indicator → years with a figure; the years of the indicator that has most: a trend is of one of them."""
    return max((frozenset(found) for found in years.values()), key=len, default=frozenset())
