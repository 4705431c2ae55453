"""The agencies around Puerto Claro: who runs the quality programme and who validates, and the people they send."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from cabildo import audit
from cabildo.accounts import actions as accounts
from cabildo.accounts.models import Agency, Municipality, User
from cabildo.quality import queries
from cabildo.quality.actions import programme
from cabildo.quality.choices import Line
from cabildo.quality.models import Cycle, Enrolment
from cabildo.site.demo.people import SINCE, official

CAST: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "agencies.yaml").read_text(encoding="utf-8"))
NOTICE = "Demostración, no oficial: este organismo es ficticio y nadie de los que aparecen existe."
LEADS, VALIDATES = "subdere-demo", "validador-demo"
INVITATION = (
    "Invitamos a la municipalidad a participar en el programa de mejoramiento de la calidad de su gestión. El programa"
    " ofrece acompañamiento, capacitación y apoyo financiero. Pide un diagnóstico encabezado por la alcaldía y dos"
    " contrapartes técnicas. Esperamos su respuesta dentro de diez días hábiles."
)
REASON = "Se sigue lo que propone el resultado: la gestión tiene prácticas que se pueden mejorar en un ciclo."
REASONS: dict[str, str] = {
    Line.LEVELLING: "Se sigue lo que propone el resultado: falta por escrito lo básico y dos talleres ayudarán.",
    Line.ACCREDITATION: "Se sigue lo que propone el resultado: hay servicios con registros que se pueden acreditar.",
}


def settle(password: str, *, enters: bool = True) -> dict[str, Agency]:
    """The agencies by slug, with the people they send; unless `enters`, these get in only when they are sent."""
    agencies = {one["agency"]: _agency(one) for one in CAST}
    for one in CAST:
        for person in one["people"]:
            _place(agencies[one["agency"]], person, password, enters=enters)
    return agencies


def _agency(described: dict[str, Any]) -> Agency:
    found = Agency.objects.filter(slug=described["agency"]).first()
    told = {"slug": described["agency"], "name": described["name"], "notice": NOTICE, "hue": described["hue"]}
    return found or accounts.create_agency(by=audit.SYSTEM, **told)


def _place(agency: Agency, person: dict[str, Any], password: str, *, enters: bool) -> None:
    """An account, with a role in the agency or in the municipality, as the role is held."""
    user = User.objects.filter(email=person["email"]).first()
    if user is not None:
        return
    user = User.objects.create_user(person["email"], person["name"], password)
    given: dict[str, Any] = {"user": user, "role": person["role"], "starts_on": SINCE, "by": audit.SYSTEM}
    if not person.get("visits"):
        accounts.grant_agency_role(agency, **given)
    elif enters:
        accounts.assign_from_outside(**given)


def enrol(municipality: Municipality, invited_on: date, accepted_on: date, *, mayor: str = "alcaldia") -> Enrolment:
    """Invited, looked after by the professional, and taking part since its mayor accepted."""
    lead, validates = official("conduccion"), Agency.objects.get(slug=VALIDATES)
    told: dict[str, Any] = {
        "agency": Agency.objects.get(slug=LEADS),
        "validating_agency": validates,
        "invitation": INVITATION,
    }
    enrolment = programme.invite(municipality, today=invited_on, by=lead, **told)
    enrolment = programme.look_after(
        enrolment, professional=official("profesional"), validating_agency=validates, today=invited_on, by=lead
    )
    return programme.accept(enrolment, today=accepted_on, by=official(mayor))


def enrolled() -> Enrolment:
    """The municipality of the scope in the programme."""
    found = queries.enrolment_here()
    if found is None:
        raise LookupError
    return found


def confirm(cycle: Cycle) -> None:
    """The professional confirms the line that the closed diagnosis proposes, if nobody did."""
    is_closed = cycle.diagnosis is not None and not cycle.diagnosis.is_open
    if is_closed and queries.standing_decision(cycle) is None:
        line = cycle.proposed_line or Line.PROGRESSIVE
        reason = REASONS.get(line, REASON)
        today = timezone.localdate()
        programme.confirm_line(cycle, line=line, reason=reason, today=today, by=official("profesional"))
