"""Documents as JSON: the root of the XML is left out, so lists are bare arrays."""

import json
from typing import Any

CONTENT_TYPE = "application/json; charset=utf-8"


def render(_root: str, content: Any) -> bytes:
    """The document in UTF-8."""
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"
