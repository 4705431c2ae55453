"""Within how many business days may one department ask another for something?"""

from cabildo.workflow.rules.regimes import LEY_19880_DECISION, LEY_19880_REPORT

USUAL_DAYS = LEY_19880_REPORT.days
# A report has the cap of art. 24; antecedents have none of their own, so that of the whole decision holds.
LONGEST = {"informe": LEY_19880_REPORT.days, "antecedentes": LEY_19880_DECISION.days}


def longest_term(kind: str) -> int:
    """Most business days that may be given (Ley 19.880, art. 24): 10 for a report, 20 for antecedents."""
    return LONGEST[kind]
