"""Around the cycles of Puerto Claro: trainings with who came, the consultancy with its visits, questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from cabildo.quality.actions import consultancy, trainings
from cabildo.quality.actions import help as questions
from cabildo.quality.choices import TrainingKind
from cabildo.quality.models import Consultancy, Cycle, HelpRequest
from cabildo.quality.queries.consultancy import visits_of
from cabildo.site.demo import clock, programme
from cabildo.site.demo.people import official

TRAINERS = "Pedro Inostroza Gil, SUBDERE (demostración), y Lidia Barrera Soto, Centro Validador (demostración)"
PLACE = "Centro de formación (ficticio), sala 2"
TITLES = {
    TrainingKind.PROGRAMME: "El programa y la autoevaluación, región de la costa",
    TrainingKind.PLAN: "Diseño del Plan de Mejoras, región de la costa",
    TrainingKind.CONTROL: "Control del proyecto, para contrapartes de la costa",
}
MATERIAL = (
    "Demostración no oficial.\n\nGuía breve: qué es un elemento de gestión. Cómo se escribe una evidencia. Cómo se"
    " acuerda un puntaje por consenso.\n"
)
AWARD_DAYS, CONTRACT_DAYS = 12, 330  # from the award to the contract; what the contract lasts
VISITS: Mapping[int, tuple[str, str, str]] = {
    1: (
        "0.5",
        "Revisar el decreto que nombra al comité.\nAcordar las bases del Plan de Trabajo y quién escribe cada parte.",
        "Asistieron la alcaldía y las dos contrapartes. El Plan de Trabajo se termina en dos semanas.",
    ),
    2: (
        "2",
        "Dos días de práctica con seis elementos propios: escribir, mostrar y puntuar.",
        "Las jefaturas escribieron los seis. Costó distinguir el papel que aprueba del papel que muestra el uso.",
    ),
    3: (
        "1",
        "Revisar el avance por dirección y los elementos sin evidencia.",
        "Faltaban nueve elementos, casi todos de recursos. Aseo y tránsito pidieron una semana más y la cumplieron.",
    ),
    4: (
        "1",
        "Practicar la matriz de priorización con las brechas del informe de retroalimentación.",
        "El comité bajó de veinte metodologías a seis, y descartó una que no cabe en doce meses.",
    ),
    5: (
        "1",
        "Revisar líneas, indicadores, medios de verificación y presupuesto.",
        "Dos indicadores no tenían línea base; quedaron medidos en la semana.",
    ),
    6: (
        "0.5",
        "Cerrar la consultoría: qué recomendó la validación del plan y quién lo toma.",
        "Se leyó el informe de validación del plan completo. El comité respondió cada recomendación.",
    ),
}


@dataclass(frozen=True)
class Contract:
    """A consultancy as the agency contracted it."""

    firm: str
    tender_number: str
    contract_number: str


FIRST = Contract("Consultora Costa Gestión (ficticia)", "1057-12-LP25 (ficticia)", "Contrato 31 (ficticio)")
SECOND = Contract("Consultora Costa Gestión (ficticia)", "1057-8-LP26 (ficticia)", "Contrato 58 (ficticio)")
# who asked what, and what was answered; without an answer it still waits
TOLD = (
    (
        "¿Quién firma el decreto del comité?",
        "¿Puede firmarlo quien subroga a la alcaldía?",
        "Sí: lo firma quien ejerce la alcaldía ese día, y el decreto nombra a todo el comité.",
    ),
    (
        "Evidencia de temporada",
        "Varias prácticas se aplican sólo de diciembre a marzo. ¿Cuentan como desplegadas en toda la municipalidad?",
        "Cuentan para las unidades y los meses en que corresponde. Dígalo en el texto y muestre dos temporadas.",
    ),
    (
        "Evidencias en papel",
        "Tenemos actas sólo en papel. ¿Basta con digitalizarlas y decir dónde está el original?",
        "",
    ),
)


def train(kind: TrainingKind, starts_on: date, days: int, *, absent: int = 3) -> None:
    """A training of so many days, to which the municipality was called; one of every `absent` people did not come."""
    enrolment, lead = programme.enrolled(), official("conduccion")
    told: dict[str, Any] = {"kind": kind, "title": TITLES[kind], "place": PLACE, "trainers": TRAINERS}
    ends_on = starts_on + timedelta(days=days - 1)
    training = trainings.plan_training(enrolment.agency, by=lead, starts_on=starts_on, ends_on=ends_on, **told)
    place = trainings.call_municipality(training, enrolment.municipality, today=starts_on, by=lead)
    paper: Any = ContentFile(MATERIAL.encode(), name="guia.txt")
    trainings.add_material(training, paper=paper, by=lead)
    people = list(place.attendances.order_by("pk").values_list("pk", flat=True))
    came = {pk: number % absent != absent - 1 for number, pk in enumerate(people)}
    trainings.note_attendance(place, came=came, today=ends_on, by=lead)


def accompany(contract: Contract, today: date) -> Consultancy:
    """Contracted, with its consultant, and covering the municipality from today."""
    enrolment, lead = programme.enrolled(), official("conduccion")
    days = {"awarded_on": today - timedelta(days=AWARD_DAYS), "starts_on": today}
    ends_on = today + timedelta(days=CONTRACT_DAYS)
    told = {"firm": contract.firm, "tender_number": contract.tender_number, "contract_number": contract.contract_number}
    made: Consultancy = consultancy.contract(enrolment.agency, today=today, by=lead, ends_on=ends_on, **told, **days)
    consultancy.add_consultant(made, user=official("consultora"), today=today, by=lead)
    consultancy.cover(made, enrolment.municipality, today=today, by=lead)
    return made


def visit(cycle: Cycle, number: int, held_on: date) -> None:
    """The consultant came, and says what came of it."""
    if number > len(visits_of(cycle)):
        return
    effort, agenda, report = VISITS[number]
    visitor = official("consultora")
    planned = consultancy.plan_visit(cycle, number=number, agenda=agenda, revision=0, by=visitor)
    told: dict[str, Any] = {"held_on": held_on, "effort_days": Decimal(effort), "report": report}
    consultancy.report_visit(planned, revision=planned.revision, today=held_on, by=visitor, **told)


def ask(number: int, day: date) -> None:
    """One of the questions, answered the day after when there is an answer; else handed to who will."""
    subject, words, said = TOLD[number]
    with clock.on(day):
        asked: HelpRequest = questions.ask(subject=subject, words=words, today=day, by=official("calidad"))
        if not said:
            questions.hand_to(asked, user=official("profesional"), by=official("conduccion"))
            return
    answered_on = day + timedelta(days=1)
    with clock.on(answered_on):
        by = asked.assigned_to or official("profesional")
        questions.answer(asked, words=said, today=answered_on, by=by)
