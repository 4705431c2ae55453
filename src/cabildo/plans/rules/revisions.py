"""Two people write at the same time: which fields would one of them undo, and what fingerprint has a plan?"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any


def conflicts(touched: Mapping[str, int], seen: int, moved: Mapping[str, Any]) -> list[str]:
    """The fields about to change that somebody else changed after revision `seen`, in the order given."""
    return [name for name in moved if touched.get(name, 0) > seen]


def digest(snapshot: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()
