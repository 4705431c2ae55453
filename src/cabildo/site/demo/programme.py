"""The agencies around Puerto Claro: who runs the quality programme and who validates, and the people they send."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from cabildo import audit
from cabildo.accounts import actions as accounts
from cabildo.accounts.models import Agency, Municipality, User
from cabildo.quality import queries
from cabildo.quality.actions import programme
from cabildo.quality.choices import Line
from cabildo.quality.models import Cycle, Enrolment

CAST: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "agencies.yaml").read_text(encoding="utf-8"))
NOTICE = "Demostración, no oficial: este organismo es ficticio y nadie de los que aparecen existe."
LEADS, VALIDATES = "subdere-demo", "validador-demo"
SINCE = date(2025, 1, 1)
INVITED_DAYS_AGO, ACCEPTED_DAYS_AGO = 30, 26
INVITATION = (
    "Invitamos a la municipalidad a participar en el programa de mejoramiento de la calidad de su gestión. El programa"
    " ofrece acompañamiento, capacitación y apoyo financiero. Pide un diagnóstico encabezado por la alcaldía y dos"
    " contrapartes técnicas. Esperamos su respuesta dentro de diez días hábiles."
)
REASON = "Se sigue lo que propone el resultado: la gestión tiene prácticas que se pueden mejorar en un ciclo."


def write(municipality: Municipality, today: date, password: str) -> None:
    """Agencies, accounts, and Puerto Claro taking part; a second run changes nothing."""
    agencies = settle(password)
    if not Enrolment.objects.exists():
        _enrol(municipality, agencies, today)


def settle(password: str) -> dict[str, Agency]:
    """The agencies by slug, with the people they send."""
    agencies = {one["agency"]: _agency(one) for one in CAST}
    for one in CAST:
        for person in one["people"]:
            _place(agencies[one["agency"]], person, password)
    return agencies


def _agency(described: dict[str, Any]) -> Agency:
    found = Agency.objects.filter(slug=described["agency"]).first()
    told = {"slug": described["agency"], "name": described["name"], "notice": NOTICE, "hue": described["hue"]}
    return found or accounts.create_agency(by=audit.SYSTEM, **told)


def _place(agency: Agency, person: dict[str, Any], password: str) -> None:
    """An account, with a role in the agency or in the municipality, as the role is held."""
    user = User.objects.filter(email=person["email"]).first()
    if user is not None:
        return
    user = User.objects.create_user(person["email"], person["name"], password)
    given: dict[str, Any] = {"user": user, "role": person["role"], "starts_on": SINCE, "by": audit.SYSTEM}
    if person.get("visits"):
        accounts.assign_from_outside(**given)
    else:
        accounts.grant_agency_role(agency, **given)


def _enrol(municipality: Municipality, agencies: dict[str, Agency], today: date) -> None:
    lead, professional = _official("conduccion"), _official("profesional")
    mayor = User.objects.get(email__startswith="alcaldia@")
    told: dict[str, Any] = {
        "agency": agencies[LEADS],
        "validating_agency": agencies[VALIDATES],
        "invitation": INVITATION,
    }
    enrolment = programme.invite(municipality, today=today - timedelta(days=INVITED_DAYS_AGO), by=lead, **told)
    enrolment = programme.look_after(
        enrolment, professional=professional, validating_agency=agencies[VALIDATES], today=today, by=lead
    )
    programme.accept(enrolment, today=today - timedelta(days=ACCEPTED_DAYS_AGO), by=mayor)


def confirm(cycle: Cycle) -> None:
    """The professional confirms the line that the closed diagnosis proposes, if nobody did."""
    is_closed = cycle.diagnosis is not None and not cycle.diagnosis.is_open
    if is_closed and queries.standing_decision(cycle) is None:
        line = cycle.proposed_line or Line.PROGRESSIVE
        programme.confirm_line(cycle, line=line, reason=REASON, by=_official("profesional"))


def _official(name: str) -> User:
    return User.objects.get(email__startswith=f"{name}@")
