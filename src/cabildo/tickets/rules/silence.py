"""When may silence be declared, and what does its certificate say? (Ley 19.880, arts. 64 and 65)"""

from dataclasses import dataclass
from datetime import date

from cabildo.kit.workdays import Calendar

CLAIM_DAYS = 5


def may_declare(*, due_on: date | None, today: date, is_stopped: bool) -> bool:
    """Only past the legal term, which must exist and be running."""
    return due_on is not None and not is_stopped and today > due_on


def claim_fault(
    claimed_on: date | None, *, received_on: date, due_on: date | None, today: date, calendar: Calendar
) -> str | None:
    """Why a claim is none of art. 64, as a code of TicketsError; None when it opens positive silence.

    It is made after the legal term ran out without an answer, and five business days before silence is certified.
    """
    if claimed_on is None:
        return "silence_claim_missing"
    if claimed_on > today:
        return "silence_claim_in_future"
    if claimed_on < received_on:
        return "silence_claim_before_request"
    if due_on is None or claimed_on <= due_on:
        return "silence_claim_in_term"
    return None if claim_has_matured(claimed_on, today, calendar) else "silence_claim_recent"


def claim_has_matured(claimed_on: date | None, today: date, calendar: Calendar) -> bool:
    """Positive silence: five business days passed since the person claimed that nobody decided (art. 64)."""
    return claimed_on is not None and calendar.add(claimed_on, CLAIM_DAYS) < today


@dataclass(frozen=True)
class Certified:
    """What a certificate states. Dates come already worded."""

    municipality: str
    department: str
    folio: str
    subject: str
    received: str
    due: str
    article: str
    is_accepted: bool
    grounds: str
    number: str
    today: str


def certificate(facts: Certified) -> str:
    """The text of the certificate; it names no person, so it can be shown with the folio alone."""
    effect = (
        "Por lo tanto, conforme al artículo 64 de la Ley 19.880, la solicitud se entiende aceptada."
        if facts.is_accepted
        else "Por lo tanto, conforme al artículo 65 de la Ley 19.880, la solicitud se entiende rechazada. "
        "Desde la fecha de este certificado se cuentan los plazos para impugnar."
    )
    return "\n\n".join(
        [
            f"CERTIFICADO DE SILENCIO ADMINISTRATIVO N.º {facts.number}",
            f"{facts.municipality} certifica que la solicitud {facts.folio}, sobre «{facts.subject}», ingresó el "
            f"{facts.received}. Debía responderse a más tardar el {facts.due} ({facts.article}). "
            f"Dirección responsable: {facts.department}.",
            f"Al {facts.today} ese plazo venció sin que se haya notificado una respuesta.",
            effect,
            f"Fundamento: {facts.grounds}",
        ]
    )
