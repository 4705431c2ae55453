"""A step of a methodology says what is done and, after «producto:», the paper that shows it."""

import re

PRODUCT = re.compile(r"[;.]\s+producto:\s+", re.IGNORECASE)


def product_of(step: str) -> tuple[str, str]:
    """What is done and its product; the product is empty where the step names none."""
    done, *product = PRODUCT.split(step, maxsplit=1)
    return done, product[0] if product else ""
