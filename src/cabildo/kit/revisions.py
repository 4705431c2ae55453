"""Two people write at the same time: which fields would one of them undo?"""

from collections.abc import Mapping
from typing import Any


def conflicts(touched: Mapping[str, int], seen: int, moved: Mapping[str, Any]) -> list[str]:
    """The fields about to change that somebody else changed after revision `seen`, in the order given."""
    return [name for name in moved if touched.get(name, 0) > seen]
