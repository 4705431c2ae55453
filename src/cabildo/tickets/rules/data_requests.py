"""The rights over personal data as a procedure of their own (Ley 19.628 as amended by Ley 21.719)."""

from cabildo.kit import checkdigit
from cabildo.workflow.rules import regimes
from cabildo.workflow.rules.terms import Rule
from cabildo.workflow.rules.transitions import Machine, Transition

ACCESS, RECTIFICATION, SUPPRESSION = "access", "rectification", "suppression"
OPPOSITION, PORTABILITY, BLOCKING = "opposition", "portability", "blocking"
RECEIVED, VERIFIED, ANSWERED = "received", "verified", "answered"

TERMS: dict[str, Rule] = {
    ACCESS: regimes.LEY_21719_ACCESS,
    RECTIFICATION: regimes.LEY_21719_RECTIFICATION,
    SUPPRESSION: regimes.LEY_21719_SUPPRESSION,
    OPPOSITION: regimes.LEY_21719_OPPOSITION,
    PORTABILITY: regimes.LEY_21719_PORTABILITY,
    BLOCKING: regimes.LEY_21719_BLOCKING,
}
EXPORTING = frozenset({ACCESS, PORTABILITY})
HIDING = frozenset({OPPOSITION, BLOCKING})
DOWNLOAD_DAYS = 30  # how long the copy of one's data can be taken after the answer

MACHINE = Machine(
    states=frozenset({RECEIVED, VERIFIED, ANSWERED}),
    initial=RECEIVED,
    final=frozenset({ANSWERED}),
    transitions=(
        Transition("verify", frozenset({RECEIVED}), VERIFIED, reasons_required=True),
        Transition("grant", frozenset({VERIFIED}), ANSWERED, reasons_required=True),
        Transition("refuse", frozenset({RECEIVED, VERIFIED}), ANSWERED, reasons_required=True),
    ),
)


def folio(year: int, number: int) -> str:
    """`D-2026-000004-7`: series, year, correlative and one check character."""
    return f"D-{year}-{number:06d}-{checkdigit.append(f'D{year}{number:06d}')[-1]}"
