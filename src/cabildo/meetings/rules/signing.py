"""Whose signature does an acta need?"""

from collections.abc import Collection, Sequence

SIGNING_ROLES = ("chair", "secretary")


def who_must_sign(present: Sequence[tuple[int, str]]) -> frozenset[int]:
    """Of those present, as (id, role), who chairs and who keeps the minutes; nobody in particular without them."""
    return frozenset(pk for pk, role in present if role in SIGNING_ROLES)


def is_fully_signed(present: Sequence[tuple[int, str]], signed: Collection[int]) -> bool:
    """All who must have signed; where nobody must, one signature of somebody present is enough."""
    must = who_must_sign(present)
    return must <= set(signed) if must else any(pk in signed for pk, _role in present)
