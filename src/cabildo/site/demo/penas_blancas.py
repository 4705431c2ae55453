"""Peñas Blancas, a third fictional commune: its line is accreditation, and it declares the points of its services."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.core.files.base import ContentFile
from django.utils import timezone

from cabildo.accounts.links import addresses
from cabildo.accounts.models import Department, Municipality, User
from cabildo.accounts.scoping import in_municipality
from cabildo.meetings.choices import Role
from cabildo.quality import actions
from cabildo.quality.actions import accreditation, agreements, committee, counterparts
from cabildo.quality.choices import AccreditationStage, Nature, Party, Stage
from cabildo.quality.models import Agreement, Cycle, Service
from cabildo.site.demo import clock, programme, quality
from cabildo.site.demo.people import commune, official
from cabildo.site.demo.quality_days import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, Days
from cabildo.site.demo.quality_papers import pdf
from cabildo.site.demo.quality_stages import begin, close, do_tasks, stage_of
from cabildo.site.demo.quality_story import diagnosis

SLUG, DOMAIN = "penas-blancas", "penasblancas.example"
NOTICE = "Demostración: Peñas Blancas es una comuna ficticia y nadie de los que aparecen existe."
CAST: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
IN_ORDER = (4, 4, 3, 4, 4, 3)  # the alternatives of the diagnosis, in turn: a municipality in good order
PRESENT = {"edil": Role.CHAIR, "acreditacion": Role.SECRETARY, "segunda": Role.MEMBER}
# name, department, what it delivers, why it was chosen, points declared
SERVICES = (
    ("Licencias de conducir", "transito", "La licencia, en el mesón o con hora.", "Lo piden 3.900 personas.", 128),
    ("Retiro de residuos domiciliarios", "aseo", "Tres retiros por semana.", "Hay registro de cada ruta.", 112),
)
DROPPED = ("Ferias libres", "inspeccion", "Puestos, dos días por semana.", "Hay un catastro de puestos.", 96)
WHY_DROPPED = "La feria se trasladó y este año no hay registros que mostrar."
CLAUSES = (
    (Party.MUNICIPALITY, Nature.DUTY, "Presentar servicios con registros de los últimos tres años."),
    (Party.MUNICIPALITY, Nature.RIGHT, "Conocer las razones del nivel que se decida."),
    (Party.AGENCY, Nature.DUTY, "Enviar a quienes visitan los servicios en el plazo del calendario."),
    (Party.AGENCY, Nature.RIGHT, "Ver en terreno lo que muestran los papeles."),
)
TOTALS = {"gestion_global": Decimal(131), "gestion_servicios": Decimal(118)}
FIRST_PAPER, SECOND_PAPER = "Acta del comité N° 4 (ficticia)", "Acta del comité N° 6 (ficticia)"


def load() -> Municipality:
    """Create what is missing of it; a second run changes nothing."""
    title = "Municipalidad de Peñas Blancas"
    municipality = commune(SLUG, title, hue=20, notice=NOTICE, cast=CAST, domain=DOMAIN)
    with in_municipality(municipality), addresses():
        if not Cycle.objects.exists():
            _tell(municipality, Days(timezone.localdate()), official("acreditacion"))
    return municipality


def _tell(municipality: Municipality, days: Days, lead: User) -> None:
    """The line is confirmed and followed, the commitment closed; then the points are declared, and declared anew."""
    with clock.on(days.of(30, MONDAY)):
        quality.adopt(municipality)
        programme.enrol(municipality, days.of(30, MONDAY), days.of(29, THURSDAY), mayor="edil")
    with clock.on(days.of(14, MONDAY)):
        cycle = actions.begin(today=days.of(14, MONDAY), by=lead)
    diagnosis(cycle, days.of(13, FRIDAY), days.of(12, WEDNESDAY), lead, pattern=IN_ORDER, present=PRESENT)
    do_tasks(stage_of(cycle, Stage.DIAGNOSIS), days.of(14, MONDAY), days.of(12, THURSDAY), lead)
    with clock.on(days.of(12, FRIDAY)):
        accreditation.follow_line(cycle, today=days.of(12, FRIDAY), by=lead)
    chosen = _commit(cycle, days, lead)
    begin(cycle, Stage.SELF_ASSESSMENT, days.of(8, MONDAY), lead)
    _declare(cycle, chosen, days, lead)


def _commit(cycle: Cycle, days: Days, lead: User) -> list[Service]:
    day = days.of(10, TUESDAY)
    with clock.on(day):
        chosen = [_choose(cycle, told, lead) for told in (*SERVICES, DROPPED)]
        _sign(cycle, day, lead)
        for name in ("acreditacion", "segunda"):
            told: dict[str, Any] = {"act": "Oficio N° 18 (ficticio)", "named_on": day, "today": day, "by": lead}
            counterparts.name_counterpart(cycle, user=official(name), **told)
        decree: dict[str, Any] = {"number": "612", "on": day, "paper": _paper("Decreto que nombra al comité")}
        committee.appoint_committee(cycle, secretary=lead, today=day, by=lead, **decree)
    close(cycle, AccreditationStage.COMMITMENT, days.of(9, FRIDAY), lead)
    return chosen


def _choose(cycle: Cycle, told: tuple[str, str, str, str, int], lead: User) -> Service:
    name, code, delivers, reason, _points = told
    department = Department.objects.get(code=code)
    return accreditation.choose_service(
        cycle, name=name, department=department, delivers=delivers, reason=reason, by=lead
    )


def _sign(cycle: Cycle, day: date, lead: User) -> None:
    """With a duty and a right of each side, both signatures and the file."""
    signed: dict[str, Any] = {"agency": "SUBDERE", "municipality_signed_on": day - timedelta(days=4)}
    agreement = agreements.save_agreement(cycle, revision=0, today=day, by=lead, **signed)
    for party, nature, text in CLAUSES:
        agreements.add_clause(agreement, party=party, nature=nature, text=text, due_on=None, by=lead)
    told: dict[str, Any] = {"number": "318 (ficticio)", "agency_signed_on": day}
    revision = Agreement.objects.get(pk=agreement.pk).revision
    paper = _paper("Convenio de participación en el programa")
    agreements.save_agreement(cycle, revision=revision, today=day, by=lead, paper=paper, **told)


def _declare(cycle: Cycle, chosen: list[Service], days: Days, lead: User) -> None:
    """First with three services; one drops out, and what is declared anew leaves it out."""
    points = [Decimal(told[-1]) for told in (*SERVICES, DROPPED)]
    given = dict(zip((one.pk for one in chosen), points, strict=True))
    with clock.on(days.of(4, THURSDAY)):
        first = accreditation.declare_points(cycle, _given(given, FIRST_PAPER), today=days.of(4, THURSDAY), by=lead)
    dropped = chosen[-1]
    with clock.on(days.of(2, TUESDAY)):
        day = days.of(2, TUESDAY)
        accreditation.withdraw_service(dropped, on=day, reason=WHY_DROPPED, today=day, by=lead)
    left = {pk: value for pk, value in given.items() if pk != dropped.pk}
    again = _given(left, SECOND_PAPER, seen=first.pk, reason="Ferias libres se retiró.")
    with clock.on(days.of(1, THURSDAY)):
        accreditation.declare_points(cycle, again, today=days.of(1, THURSDAY), by=lead)


def _given(services: dict[int, Decimal], paper: str, **more: Any) -> accreditation.Given:
    return accreditation.Given(totals=TOTALS, services=services, paper=paper, file=_paper(paper), **more)


def _paper(title: str) -> ContentFile:
    return ContentFile(pdf([title, "Municipalidad de Peñas Blancas (comuna ficticia)"]), name="documento.pdf")
