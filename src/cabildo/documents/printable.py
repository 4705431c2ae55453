"""What people type, as papers can show it."""

import re
from typing import Any

NOT_PRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(value: Any) -> Any:
    """The same value, texts at any depth without characters that no page can show; a line ends in `\\n` alone."""
    if isinstance(value, str):
        return NOT_PRINTED.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, dict):
        return {name: printable(part) for name, part in value.items()}
    return [printable(part) for part in value] if isinstance(value, list | tuple) else value
