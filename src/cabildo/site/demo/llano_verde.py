"""Llano Verde, a second fictional commune, small and inland: it held its diagnosis and is being levelled."""

from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from cabildo.accounts.links import addresses
from cabildo.accounts.models import Municipality, User
from cabildo.accounts.scoping import in_municipality
from cabildo.meetings.choices import Role
from cabildo.quality import actions
from cabildo.quality.actions import levelling
from cabildo.quality.models import Cycle
from cabildo.site.demo import clock, programme, quality
from cabildo.site.demo.people import commune, official
from cabildo.site.demo.quality_days import FRIDAY, MONDAY, THURSDAY, WEDNESDAY, Days
from cabildo.site.demo.quality_story import diagnosis

SLUG, DOMAIN = "llano-verde", "llanoverde.example"
NOTICE = "Demostración: Llano Verde es una comuna ficticia y nadie de los que aparecen existe."
CAST: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
BEGINNING = (1, 0, 2, 0, 1, 0, 0, 1)  # the alternatives of the diagnosis, in turn
PRESENT = {"alcalde": Role.CHAIR, "contraparte": Role.SECRETARY, "integrante": Role.MEMBER}
DONE, TO_COME = (
    "Taller: del reglamento de organización a las descripciones de cargo",
    "Taller: del plan de desarrollo comunal a las metas de cada unidad",
)
CAME = "Asistieron once personas de seis unidades, entre ellas las dos jefaturas que escribirán."


def load() -> Municipality:
    """Create what is missing of it; a second run changes nothing."""
    title = "Municipalidad de Llano Verde"
    municipality = commune(SLUG, title, hue=120, notice=NOTICE, cast=CAST, domain=DOMAIN)
    with in_municipality(municipality), addresses():
        if not Cycle.objects.exists():
            _begin(municipality, Days(timezone.localdate()), official("contraparte"))
    return municipality


def _begin(municipality: Municipality, days: Days, lead: User) -> None:
    """Below the threshold: the line confirmed is levelling, one activity was done and another comes."""
    with clock.on(days.of(20, MONDAY)):
        quality.adopt(municipality)
        programme.enrol(municipality, days.of(20, MONDAY), days.of(19, THURSDAY), mayor="alcalde")
    with clock.on(days.of(9, MONDAY)):
        cycle = actions.begin(today=days.of(9, MONDAY), by=lead)
    diagnosis(cycle, days.of(8, FRIDAY), days.of(7, WEDNESDAY), lead, pattern=BEGINNING, present=PRESENT)
    _level(cycle, days)


def _level(cycle: Cycle, days: Days) -> None:
    professional = official("profesional")
    told: dict[str, Any] = {"who": "SUBDERE (demostración)", "by": professional}
    with clock.on(days.of(6, MONDAY)):
        first = levelling.plan_activity(cycle, what=DONE, held_on=days.of(4, THURSDAY), **told)
        levelling.plan_activity(cycle, what=TO_COME, held_on=days.of(-2, THURSDAY), **told)
    with clock.on(days.of(4, FRIDAY)):
        held_on = days.of(4, THURSDAY)
        levelling.finish_activity(first, done_on=held_on, attendance=CAME, today=days.of(4, FRIDAY), by=professional)
