"""The order in which a plan is read: each part with all below it, before the next part beside it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

type Part = Mapping[str, Any]


def in_outline(parts: Sequence[Part]) -> list[Part]:
    """The parts of a snapshot (`queries/snapshot.py`), which stand there level by level; siblings keep their order."""
    known = {part["code"] for part in parts}
    below: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        below[part["parent"] if part["parent"] in known else ""].append(part)

    def walk(code: str) -> Iterator[Part]:
        for part in below[code]:
            yield part
            yield from walk(part["code"])

    return list(walk(""))


def codes_above(parts: Sequence[Part]) -> dict[str, tuple[str, ...]]:
    """Code → those of the parts that it hangs from, the nearest first."""
    parents = {part["code"]: part["parent"] for part in parts}

    def climb(code: str) -> Iterator[str]:
        while code := parents.get(code, ""):
            yield code

    return {code: tuple(climb(code)) for code in parents}
