"""How is a person's datum written so that two spellings of it are the same?"""

import re

MOBILE_DIGITS = 9


def normal_email(text: str) -> str:
    return text.strip().lower()


def normal_phone(text: str) -> str:
    """Digits with the country's prefix: «9 8765 4321» and «+56 9 87654321» are one number."""
    digits = re.sub(r"\D", "", text)
    return f"56{digits}" if len(digits) == MOBILE_DIGITS else digits


def masked_run(run: str) -> str:
    """Enough to recognise one's own, too little to learn another's: «12.***.***-5»."""
    number, _, digit = run.partition("-")
    return f"{number[: max(1, len(number) - 6)]}.***.***-{digit}"
