"""Which fields did somebody else change since I read them?"""

from collections.abc import Mapping


def conflicting(
    changes: Mapping[str, str],
    stored: Mapping[str, str],
    revisions: Mapping[str, int],
    base: int,
) -> tuple[str, ...]:
    """The fields of `changes` stored after the revision `base` with another text than the one brought now."""
    return tuple(name for name, text in changes.items() if revisions[name] > base and stored[name] != text)
