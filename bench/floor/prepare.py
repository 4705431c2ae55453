"""`python -m bench.floor.prepare N`: tables, N requests and a session; tells what to ask for."""

import sys
from datetime import timedelta
from urllib.parse import urlencode

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.entrance import say, signed_in  # noqa: E402
from bench.floor.models import Category, Department, Ticket  # noqa: E402

DEPARTMENTS, CATEGORIES = 30, 99
ROW = '<th scope="row">'


def main(count: int) -> None:
    call_command("migrate", verbosity=0, run_syncdb=True)
    user = User.objects.create(username="olga")
    Department.objects.bulk_create(Department(name=f"Dirección {n}") for n in range(DEPARTMENTS))
    Category.objects.bulk_create(Category(label=f"Materia {n}") for n in range(CATEGORIES))
    Ticket.objects.bulk_create((_ticket(n, user) for n in range(count)), batch_size=1000)
    body = urlencode({"category": 1, "name": "Rosa Pérez", "text": "El poste frente a mi casa está apagado. "})
    create = {"create": "/nueva/", "create_whole": "/nueva-entera/"}
    say(headers=signed_in(user), lists=["/lista/"], **create, body=body, table="floor_ticket", marker=ROW)


def _ticket(number: int, user: User) -> Ticket:
    received_at = timezone.now() - timedelta(minutes=number)
    return Ticket(
        category_id=1 + number % CATEGORIES,
        department_id=1 + number % DEPARTMENTS,
        assignee=user if number % 2 else None,
        state="derived",
        channel="web",
        text="El poste frente a mi casa está apagado.",
        name="Rosa Pérez",
        due_on=(received_at + timedelta(days=20)).date(),
        received_at=received_at,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
