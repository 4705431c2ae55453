"""How is an entry sealed? The hash of the link before it and of its own canonical text."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64


def canonical(facts: Mapping[str, Any]) -> bytes:
    """The one byte string of these facts: sorted keys, no spaces, UTF-8."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def link(previous_hash: str, facts: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the previous link and these facts."""
    return hashlib.sha256(previous_hash.encode() + canonical(facts)).hexdigest()
