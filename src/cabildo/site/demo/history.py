"""Nine months of requests in Puerto Claro: received, worked, answered, rated, and some left late.

Each request goes through the same actions as a real one; afterwards its dates are moved back, so
that lists, deadlines and figures have a past to show. The same day always gives the same story.
"""

import random
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from cabildo.accounts.models import User
from cabildo.people.actions import Contact
from cabildo.tickets.actions import answering, handling, intake
from cabildo.tickets.actions.cells import refresh_cells
from cabildo.tickets.choices import AnswerState, Outcome, State
from cabildo.tickets.models import Answer, Category, Derivation, Satisfaction, Ticket, TicketEvent
from cabildo.tickets.rules.satisfaction import LOW_GRADE

HERE = Path(__file__).parent
STORIES: list[dict[str, Any]] = yaml.safe_load((HERE / "requests.yaml").read_text(encoding="utf-8"))
FIRST_NAMES = [
    "Rosa",
    "Manuel",
    "Elena",
    "Jorge",
    "Marta",
    "Luis",
    "Gladys",
    "Pedro",
    "Nancy",
    "Óscar",
    "Silvia",
    "Hugo",
]
SURNAMES = ["Pérez", "Contreras", "Sepúlveda", "Morales", "Araya", "Cárdenas", "Vergara", "Yáñez", "Lagos", "Henríquez"]
ROUNDS = 4
MONTHS_BACK = 9
ANSWERS = [
    "Fuimos al lugar y quedó solucionado. Le agradecemos haber avisado.",
    "Incluimos su solicitud en el programa de esta quincena y ya se ejecutó. Puede llamarnos si algo quedó pendiente.",
    "Revisamos lo que pide y se hizo el trabajo. Adjuntamos el detalle en nuestros registros.",
]
REFUSAL = (
    "Revisamos su solicitud y por ahora no es posible: no está en el plan de este año. "
    "Puede presentarla de nuevo en enero."
)


def write(*, today: date) -> None:
    """Write the whole history in one transaction, or nothing of it."""
    dice = random.Random(20261121)  # noqa: S311 - a story, not a secret
    with transaction.atomic():
        for number in range(ROUNDS):
            for story in STORIES:
                _live(story, today=today, dice=dice, is_recent=number == 0)
        refresh_cells()


def _live(story: dict[str, Any], *, today: date, dice: random.Random, is_recent: bool) -> None:
    days_ago = dice.randint(0, 24) if is_recent else dice.randint(25, MONTHS_BACK * 30)
    received_at = _moment(today - timedelta(days=days_ago), dice)
    ticket = _ask(story, received_at, dice)
    age = (today - received_at.date()).days
    answered_after = dice.choices([dice.randint(1, 9), dice.randint(10, 20), dice.randint(30, 60)], [60, 28, 12])[0]
    if dice.random() < 0.85 and age > 0:
        _acknowledge(ticket, received_at, dice)
    if answered_after < age and dice.random() < 0.93:
        _answer(ticket, received_at + timedelta(days=answered_after), dice)


def _moment(day: date, dice: random.Random) -> datetime:
    moment = timezone.make_aware(datetime.combine(day, time(dice.randint(8, 17), dice.randint(0, 59))))
    return min(moment, timezone.now() - timedelta(minutes=5))


def _ask(story: dict[str, Any], received_at: datetime, dice: random.Random) -> Ticket:
    name = f"{dice.choice(FIRST_NAMES)} {dice.choice(SURNAMES)} {dice.choice(SURNAMES)}"
    has_place = bool(story["place"])
    asked = intake.Intake(
        category=Category.objects.get(code=story["category"]),
        kind=story["kind"],
        text=story["text"],
        channel=story["channel"],
        contact=Contact(name=name, phone=f"9{dice.randint(10_000_000, 99_999_999)}"),
        place=story["place"],
        latitude=round(dice.uniform(-33.066, -33.038), 5) if has_place else None,
        longitude=round(dice.uniform(-71.630, -71.570), 5) if has_place else None,
        received_at=received_at,
        backdated_reason="demostración",
    )
    ticket = intake.receive(asked, by=None).ticket
    Ticket.objects.filter(pk=ticket.pk).update(backdated_reason="", created_at=received_at)
    _move(ticket, received_at)
    return Ticket.objects.get(pk=ticket.pk)


def _move(ticket: Ticket, at: datetime) -> None:
    """What was just told happened then."""
    just_now = timezone.now() - timedelta(minutes=2)
    TicketEvent.objects.filter(ticket=ticket, at__gte=just_now).update(at=at)
    Derivation.objects.filter(ticket=ticket, at__gte=just_now).update(at=at)
    Derivation.objects.filter(ticket=ticket, acknowledged_at__gte=just_now).update(acknowledged_at=at)
    Answer.objects.filter(ticket=ticket, sent_at__gte=just_now).update(sent_at=at)
    Satisfaction.objects.filter(ticket=ticket, invited_at__gte=just_now).update(invited_at=at)


def _official(ticket: Ticket) -> User | None:
    holders = User.objects.filter(memberships__department=ticket.department, is_active=True)
    return holders.order_by("pk").last()


def _acknowledge(ticket: Ticket, received_at: datetime, dice: random.Random) -> None:
    official = _official(ticket)
    if official is None or ticket.state != State.DERIVED:
        return
    handling.acknowledge(ticket, by=official)
    _move(ticket, min(received_at + timedelta(hours=dice.randint(1, 40)), timezone.now()))


def _answer(ticket: Ticket, at: datetime, dice: random.Random) -> None:
    ticket = Ticket.objects.select_related("category").get(pk=ticket.pk)
    official = _official(ticket)
    if official is None:
        return
    refused = dice.random() < 0.12
    given: dict[str, Any] = {"text": REFUSAL if refused else dice.choice(ANSWERS), "by": official}
    outcome = Outcome.REJECTED if refused else Outcome.RESOLVED
    if ticket.category.needs_approval:
        _approved(ticket, outcome, given)
    else:
        answering.answer(ticket, outcome=outcome, **given)
    Ticket.objects.filter(pk=ticket.pk).update(closed_at=at, answered_at=at)
    _move(ticket, at)
    if dice.random() < 0.45:
        _rate(ticket, at, dice, refused=refused)


def _approved(ticket: Ticket, outcome: Outcome, given: dict[str, Any]) -> None:
    answering.submit_answer(ticket, outcome=outcome, **given)
    Answer.objects.filter(ticket=ticket, state=AnswerState.SUBMITTED).update(drafted_by=_other(given["by"]))
    answering.approve_answer(ticket, by=given["by"])


def _other(official: User) -> User:
    return User.objects.exclude(pk=official.pk).order_by("pk").first() or official


def _rate(ticket: Ticket, at: datetime, dice: random.Random, *, refused: bool) -> None:
    """An opinion as the person would leave it; these never reopen, so that the past stays as told."""
    grade = dice.choice([2, 3, 4, 5]) if refused else dice.choice([4, 5, 6, 6, 7, 7])
    asked = Satisfaction.objects.filter(ticket=ticket).order_by("-pk").first()
    if asked is None:
        return
    low = {"low_reason": dice.choice(["demora", "no_resolvio", "trato"])} if grade < LOW_GRADE else {}
    Satisfaction.objects.filter(pk=asked.pk).update(
        answered_at=at + timedelta(days=1), solved=grade >= LOW_GRADE, grade=grade, **low
    )
