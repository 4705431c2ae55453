"""A check character for codes people copy by hand: ISO 7064 MOD 37,36 over digits and capital letters.

It catches every wrong character. Of the swaps of two neighbours it catches all but 36 of each 22,680 (0.16 %).
"""

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_M = len(_ALPHABET)


def append(payload: str) -> str:
    """The payload in capitals with its check character at the end; ValueError when empty or outside 0-9 and A-Z."""
    payload = payload.upper()
    if not payload or not _VALUES.keys() >= set(payload):
        raise ValueError("a payload is made of digits and letters A to Z")
    return payload + _ALPHABET[(1 - _carried(payload)) % _M]


def is_valid(text: str) -> bool:
    """Whether the last character is the check character of the rest; capitals or not."""
    text = text.upper()
    return len(text) > 1 and _VALUES.keys() >= set(text) and append(text[:-1]) == text


def _carried(payload: str) -> int:
    carried = _M
    for character in payload:
        carried = ((carried + _VALUES[character]) % _M or _M) * 2 % (_M + 1)
    return carried
