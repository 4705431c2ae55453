"""Stage 1 in Puerto Claro: the agreement with its clauses, both counterparts, the support; the agency signs last."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile

from cabildo.accounts.models import User
from cabildo.quality.actions import agreements, counterparts, supports
from cabildo.quality.choices import MovementKind, Nature, Party, SupportKind
from cabildo.quality.models import Agreement, Cycle, Support
from cabildo.site.demo.people import official
from cabildo.site.demo.quality_papers import pdf

CLAUSES = (  # whose, what it is, its words, and in how many weeks it falls due, if ever
    (Party.MUNICIPALITY, Nature.DUTY, "Designar a dos contrapartes técnicas y avisar de inmediato si una cambia.", 2),
    (Party.MUNICIPALITY, Nature.DUTY, "Enviar el Informe de Autoevaluación en el plazo del calendario.", 24),
    (Party.MUNICIPALITY, Nature.RIGHT, "Recibir sin costo el acompañamiento de un consultor en seis visitas.", None),
    (Party.AGENCY, Nature.DUTY, "Transferir el apoyo financiero en dos cuotas y capacitar al comité dos días.", 40),
    (
        Party.AGENCY,
        Nature.RIGHT,
        "Recibir la rendición de cuentas del apoyo y pedir los papeles que la respaldan.",
        None,
    ),
)
PAYS = "Equipos y capacitación para las mejoras que se prioricen"
REASON = "Su diagnóstico mostró una gestión incipiente y el presupuesto propio no alcanza para las mejoras."
TRANSFER = {"kind": MovementKind.TRANSFER, "amount_clp": 6_000_000, "paper": "Resolución exenta N° 812"}
RENDERED = {"kind": MovementKind.RENDERED, "amount_clp": 2_350_000, "paper": "Informe de rendición N° 1"}


def write(cycle: Cycle, today: date, lead: User) -> None:
    agreement = agreements.save_agreement(
        cycle, revision=0, today=today, by=lead, agency="SUBDERE", municipality_signed_on=today - timedelta(days=8)
    )
    _clauses(agreement, today, lead)
    named: dict[str, Any] = {"act": "Oficio N° 45", "named_on": today - timedelta(days=7), "today": today, "by": lead}
    for name in ("calidad", "comite"):
        counterparts.name_counterpart(cycle, user=official(name), **named)
    _support(cycle, today, lead)


def sign(cycle: Cycle, today: date, lead: User) -> None:
    """Both signed, the file is kept, and the first money comes; from now on its clauses are only met."""
    agreement = Agreement.objects.get(cycle=cycle)
    paper = ContentFile(pdf(["Convenio de participación en el programa", str(cycle)]), name="convenio.pdf")
    told: dict[str, Any] = {"number": f"{311 + cycle.number} (ficticio)", "agency_signed_on": today}
    agreements.save_agreement(cycle, revision=agreement.revision, today=today, by=lead, paper=paper, **told)
    _move(cycle, TRANSFER, today, lead)


def account(cycle: Cycle, today: date, lead: User) -> None:
    """Part of what came is accounted for."""
    _move(cycle, RENDERED, today, lead)


def _move(cycle: Cycle, what: Mapping[str, Any], today: date, lead: User) -> None:
    supports.record_movement(Support.objects.get(cycle=cycle), on=today, today=today, by=lead, **what)


def _clauses(agreement: Agreement, today: date, lead: User) -> None:
    made = []
    for party, nature, text, weeks in CLAUSES:
        due_on = today + timedelta(weeks=weeks) if weeks else None
        made.append(agreements.add_clause(agreement, party=party, nature=nature, text=text, due_on=due_on, by=lead))
    first = made[0]
    agreements.meet_clause(first, met_on=today - timedelta(days=7), met_note="Oficio N° 45", today=today, by=lead)


def _support(cycle: Cycle, today: date, lead: User) -> None:
    told: dict[str, Any] = {"pays": PAYS, "reason": REASON, "today": today, "by": lead}
    supports.record_support(
        cycle, kind=SupportKind.FINANCIAL, amount_clp=12_000_000, granted_on=today - timedelta(days=6), **told
    )
