"""One exact rounding, for display: half goes away from zero."""

from decimal import Decimal
from fractions import Fraction

Exact = int | Fraction | Decimal


def half_up(value: Exact, places: int = 0) -> Decimal:
    """The value with `places` decimals, halves away from zero. Exact for any size; a float raises TypeError."""
    if isinstance(value, float):
        raise TypeError("a float is not exact: use Decimal or Fraction")
    if places < 0:
        raise ValueError("places cannot be negative")
    scaled = Fraction(value) * 10**places
    digits = (abs(scaled) + Fraction(1, 2)).__floor__()
    return Decimal(((1 if scaled < 0 and digits else 0), tuple(int(digit) for digit in str(digits)), -places))


def share(numerator: Exact, denominator: Exact, places: int = 1) -> Decimal | None:
    """Numerator as a percentage of denominator; None when there is nothing to divide by: unknown is not zero."""
    if not denominator:
        return None
    return half_up(Fraction(numerator) * 100 / Fraction(denominator), places)
