"""How is a folio written, and is the one somebody typed right?"""

import re
import secrets

from cabildo.kit import checkdigit

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
SECRET_LENGTH = 10


def folio(year: int, number: int) -> str:
    """`S-2026-000123-K`: series, year, correlative and one check character."""
    payload = f"S{year}{number:06d}"
    return f"S-{year}-{number:06d}-{checkdigit.append(payload)[-1]}"


def normal_folio(text: str) -> str | None:
    """The folio as it is stored, whatever spaces, dashes or case it was typed with; None if it is none."""
    compact = re.sub(r"[^0-9A-Za-z]", "", text).upper()
    match = re.fullmatch(r"S(\d{4})(\d{6,9})([0-9A-Z])", compact)
    if match is None or not checkdigit.is_valid(compact):
        return None
    return f"S-{match[1]}-{match[2]}-{match[3]}"


def new_secret() -> str:
    """Ten characters, nearly fifty bits: with a limit on tries nobody guesses one."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LENGTH))


def normal_secret(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()


def shown_secret(secret: str) -> str:
    return f"{secret[:5]}-{secret[5:]}" if secret else ""
