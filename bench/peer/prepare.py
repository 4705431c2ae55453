"""`python -m bench.peer.prepare N`: tables, its mail templates, N requests and a session; tells what to ask for."""

import sys
from datetime import timedelta
from urllib.parse import urlencode

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from helpdesk.models import FollowUp, Queue, Ticket  # noqa: E402
from helpdesk.query import query_to_base64  # noqa: E402

from bench.entrance import say, signed_in  # noqa: E402

QUEUES = 30
TEXT = "El poste frente a mi casa está apagado."
# what its page asks for when it opens with the filter of open states, newest first
QUERY = {
    "filtering": {"status__in": [1, 2]},
    "filtering_null": {},
    "sorting": "created",
    "sortreverse": "on",
    "search_string": "",
}
PAGE = "/tickets/?status=1&status=2&sort=created&sortreverse=on"


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)
    user = User.objects.create(username="olga", email="olga@ejemplo.cl", is_staff=True, is_superuser=True)
    queues = [Queue.objects.create(title=f"Dirección {n}", slug=f"d{n}") for n in range(QUEUES)]
    tickets = Ticket.objects.bulk_create((_ticket(n, queues, user) for n in range(count)), batch_size=1000)
    FollowUp.objects.bulk_create((_follow_up(ticket, user) for ticket in tickets), batch_size=1000)
    form = {"queue": queues[0].pk, "title": "Luminaria apagada", "priority": 3, "submitter_email": "rosa@ejemplo.cl"}
    say(
        headers=signed_in(user),
        lists=[PAGE, f"/datatables_ticket_list/{query_to_base64(QUERY)}?draw=1&start=0&length=20&search%5Bvalue%5D="],
        create="/tickets/submit/",
        body=urlencode({**form, "body": f"{TEXT} "}),
        table="helpdesk_ticket",
        marker='"submitter"',
    )


def _ticket(number: int, queues: list[Queue], user: User) -> Ticket:
    created = timezone.now() - timedelta(minutes=number)
    return Ticket(
        title="Luminaria apagada",
        queue=queues[number % QUEUES],
        created=created,
        modified=created,
        submitter_email="rosa@ejemplo.cl",
        assigned_to=user if number % 2 else None,
        status=Ticket.OPEN_STATUS,
        description=TEXT,
        priority=3,
        due_date=created + timedelta(days=20),
    )


def _follow_up(ticket: Ticket, user: User) -> FollowUp:
    return FollowUp(ticket=ticket, title="Ticket Opened", date=ticket.created, public=True, comment=TEXT, user=user)


if __name__ == "__main__":
    main(int(sys.argv[1]))
