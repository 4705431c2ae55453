"""The terms that laws fix for every municipality. Those of an ordinance are data of each municipality.

The articles of Ley 19.628 are those of its text after Ley 21.719, in force from 1 December 2026.
"""

from datetime import date

from cabildo.workflow.rules.terms import Party, Pause, Rule, Unit

# Petitions and procedures in general
LEY_18695_PETITION = Rule(30, Unit.HABILES, "Ley 18.695, art. 98", extension_limit=0)  # an ordinance may set no more
LEY_19880_DECISION = Rule(20, Unit.HABILES, "Ley 19.880, art. 24")
LEY_19880_REPORT = Rule(10, Unit.HABILES, "Ley 19.880, art. 24")
LEY_19880_APPEAL_DECISION = Rule(30, Unit.HABILES, "Ley 19.880, art. 59")
LEY_19880_APPEAL = Rule(5, Unit.HABILES, "Ley 19.880, art. 59", extension_limit=0, owed_by=Party.PERSON)

# Access to public information
LEY_20285 = Rule(20, Unit.HABILES, "Ley 20.285, art. 14", extension_limit=10)
LEY_20285_THIRD_PARTY = Rule(3, Unit.HABILES, "Ley 20.285, art. 20", extension_limit=0, owed_by=Party.PERSON)

# Rights over personal data: thirty calendar days, thirty more once
LEY_21719_ACCESS = Rule(30, Unit.CORRIDOS, "Ley 19.628, art. 11 (Ley 21.719): acceso", extension_limit=30)
LEY_21719_RECTIFICATION = Rule(30, Unit.CORRIDOS, "Ley 19.628, art. 11 (Ley 21.719): rectificación", extension_limit=30)
LEY_21719_SUPPRESSION = Rule(30, Unit.CORRIDOS, "Ley 19.628, art. 11 (Ley 21.719): supresión", extension_limit=30)
LEY_21719_OPPOSITION = Rule(30, Unit.CORRIDOS, "Ley 19.628, art. 11 (Ley 21.719): oposición", extension_limit=30)
LEY_21719_PORTABILITY = Rule(30, Unit.CORRIDOS, "Ley 19.628, art. 11 (Ley 21.719): portabilidad", extension_limit=30)
LEY_21719_BLOCKING = Rule(2, Unit.HABILES, "Ley 19.628, art. 11 (Ley 21.719): bloqueo", extension_limit=0)

COMPLETE_REQUEST = "complete_request"


def pause_to_complete(start: date, end: date | None = None) -> Pause:
    """The neighbour is asked to complete the request: five business days (Ley 19.880, art. 31)."""
    return Pause(
        start, end, COMPLETE_REQUEST, stops_legal=True, norm="Ley 19.880, art. 31", max_days=5, allows_withdrawal=True
    )


def pause_to_clarify_access(start: date, end: date | None = None) -> Pause:
    """The requester of information is asked to cure the request: five business days (Ley 20.285, art. 12)."""
    return Pause(
        start, end, COMPLETE_REQUEST, stops_legal=True, norm="Ley 20.285, art. 12", max_days=5, allows_withdrawal=True
    )
