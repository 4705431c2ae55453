"""Around the first cycle of Puerto Claro: a training with who came, the consultancy with a visit, two questions."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from cabildo.accounts.models import Municipality, User
from cabildo.quality.actions import consultancy, trainings
from cabildo.quality.actions import help as questions
from cabildo.quality.choices import TrainingKind
from cabildo.quality.models import Consultancy, Cycle, HelpRequest, Training
from cabildo.quality.queries import enrolment_here
from cabildo.quality.queries.consultancy import visits_of

CALLED_DAYS_AGO, FIRST_DAY_AGO, LAST_DAY_AGO, AWARDED_DAYS_AGO, CONTRACT_DAYS_AGO, CONTRACT_DAYS = 5, 4, 3, 60, 45, 300
COVERED_DAYS_AGO, VISITED_DAYS_AGO, ASKED_DAYS_AGO, ANSWERED_DAYS_AGO = 18, 10, 12, 11
TRAINING: dict[str, Any] = {
    "kind": TrainingKind.PROGRAMME,
    "title": "El programa y la autoevaluación, región de la costa",
    "place": "Centro de formación (ficticio), sala 2",
    "trainers": "Pedro Inostroza Gil, SUBDERE (demostración)\nLidia Barrera Soto, Centro Validador (demostración)",
}
CONTRACT = {
    "firm": "Consultora Costa Gestión (ficticia)",
    "tender_number": "1057-12-LP26 (ficticia)",
    "contract_number": "Contrato 31 (ficticio)",
}
MATERIAL = (
    "Demostración no oficial.\n\nGuía breve: qué es un elemento de gestión. Cómo se escribe una evidencia. Cómo se"
    " acuerda un puntaje por consenso.\n"
)
AGENDA = "Revisar el decreto que nombra al comité.\nAcordar las bases del Plan de Trabajo y quién escribe cada parte."
REPORT = "Asistieron la alcaldía y las dos contrapartes. El Plan de Trabajo se termina en dos semanas."
ANSWERED = ("¿Quién firma el decreto del comité?", "¿Puede firmarlo quien subroga a la alcaldía?")
ANSWER = "Sí: lo firma quien ejerce la alcaldía ese día, y el decreto nombra a todo el comité."
PENDING = (
    "Evidencias en papel",
    "Tenemos actas sólo en papel. ¿Basta con digitalizarlas y decir dónde está el original?",
)


def write(cycle: Cycle, today: date) -> None:
    """What is missing of all this; a second run changes nothing."""
    enrolment = enrolment_here()
    if enrolment is None or Training.objects.filter(agency=enrolment.agency).exists():
        return
    lead = _official("conduccion")
    _train(enrolment.municipality, lead, today)
    _accompany(cycle, lead, today)
    _ask(today)


def _official(name: str) -> User:
    return User.objects.get(email__startswith=f"{name}@")


def _train(municipality: Municipality, lead: User, today: date) -> None:
    """Two of every three of the committee came."""
    days = {"starts_on": _ago(today, FIRST_DAY_AGO), "ends_on": _ago(today, LAST_DAY_AGO)}
    enrolment: Any = enrolment_here()
    training = trainings.plan_training(enrolment.agency, by=lead, **TRAINING, **days)
    place = trainings.call_municipality(training, municipality, today=_ago(today, CALLED_DAYS_AGO), by=lead)
    paper: Any = ContentFile(MATERIAL.encode(), name="guia-autoevaluacion.txt")
    trainings.add_material(training, paper=paper, by=lead)
    people = list(place.attendances.values_list("pk", flat=True))
    came = {pk: number % 3 != 2 for number, pk in enumerate(people)}
    trainings.note_attendance(place, came=came, today=today, by=lead)


def _accompany(cycle: Cycle, lead: User, today: date) -> None:
    """Contracted before the cycle, with its first visit made."""
    enrolment: Any = enrolment_here()
    starts_on = _ago(today, CONTRACT_DAYS_AGO)
    days = {"awarded_on": _ago(today, AWARDED_DAYS_AGO), "starts_on": starts_on}
    made: Consultancy = consultancy.contract(
        enrolment.agency, today=today, by=lead, ends_on=starts_on + timedelta(days=CONTRACT_DAYS), **CONTRACT, **days
    )
    visitor = _official("consultora")
    consultancy.add_consultant(made, user=visitor, today=starts_on, by=lead)
    consultancy.cover(made, cycle.municipality, today=_ago(today, COVERED_DAYS_AGO), by=lead)
    if not visits_of(cycle):
        return
    visit = consultancy.plan_visit(cycle, number=1, agenda=AGENDA, revision=0, by=visitor)
    told: dict[str, Any] = {"held_on": _ago(today, VISITED_DAYS_AGO), "effort_days": Decimal("0.5"), "report": REPORT}
    consultancy.report_visit(visit, revision=visit.revision, today=today, by=visitor, **told)


def _ask(today: date) -> None:
    lead = _official("calidad")
    subject, words = ANSWERED
    answered = questions.ask(subject=subject, words=words, today=_ago(today, ASKED_DAYS_AGO), by=lead)
    by: User = answered.assigned_to or _official("profesional")
    questions.answer(answered, words=ANSWER, today=_ago(today, ANSWERED_DAYS_AGO), by=by)
    subject, words = PENDING
    pending: HelpRequest = questions.ask(subject=subject, words=words, today=today, by=lead)
    questions.hand_to(pending, user=_official("profesional"), by=_official("conduccion"))


def _ago(today: date, days: int) -> date:
    return today - timedelta(days=days)
