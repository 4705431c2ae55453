"""Errands inside an installation, run as a process: `python -m installation.drive populate`."""

from datetime import date

import click
import django

SLUG = "puerto-claro"
CATEGORY = "luminaria"
QUESTIONLESS = {"help": "", "kinds": ["reclamo", "solicitud"], "location": "none", "identity": "required"}

MAPPING = {
    "source": {"id": "antiguo", "label": "Sistema anterior"},
    "date_formats": ["%d-%m-%Y"],
    "columns": {
        "external_id": "Id",
        "received_at": "Ingreso",
        "state": "Estado",
        "category": "Estado",
        "department": "Estado",
        "text": ["Tema"],
    },
    "states": {"values": {"Abierta": {"state": "in_progress"}}},
    "categories": {"create": True, "values": {"Abierta": "Postes"}},
    "departments": {"create": True, "values": {"Abierta": "Dirección de Obras"}},
}


@click.group()
def drive() -> None:
    """What the tests ask of an installation."""


@drive.command()
def populate() -> None:
    """One municipality with a department, a subject, an officer and a mail server on loopback."""
    from django.utils import timezone

    from cabildo.accounts.models import Department, Membership, Municipality, User
    from cabildo.accounts.scoping import in_municipality
    from cabildo.notifications.choices import Security
    from cabildo.notifications.models import MailServer
    from cabildo.tickets.models import Category

    here = Municipality.objects.create(
        slug=SLUG, name="Municipalidad de Puerto Claro", commune_code="05101", opened_at=timezone.now()
    )
    with in_municipality(here):
        obras = Department.objects.create(municipality=here, code="obras", name="Dirección de Obras")
        user = User.objects.create_user(email="diego@ejemplo.cl", full_name="Diego Soto", password="clave-de-prueba")
        Membership.objects.create(
            municipality=here, user=user, role="department_officer", department=obras, starts_on=date(2020, 1, 1)
        )
        Category.objects.create(
            municipality=here, code=CATEGORY, label="Luminaria", department=obras, goal_days=5, definition=QUESTIONLESS
        )
        MailServer.objects.create(
            municipality=here, host="127.0.0.1", port=9, security=Security.NONE, from_address="cartas@puerto.cl"
        )


@drive.command()
@click.argument("number", type=int)
def receive(number: int) -> None:
    """That many requests, each with a person, a mail to them and a paper of its own."""
    from django.core.files.base import ContentFile

    from cabildo.accounts.models import Municipality
    from cabildo.accounts.scoping import in_municipality
    from cabildo.documents.actions import store_upload
    from cabildo.people.actions import Contact
    from cabildo.tickets.actions.intake import Intake
    from cabildo.tickets.actions.intake import receive as take
    from cabildo.tickets.models import Category

    with in_municipality(Municipality.objects.get()):
        category = Category.objects.get(code=CATEGORY)
        for which in range(number):
            contact = Contact(name=f"Rosa {which}", email=f"rosa{which}@vecinos.cl", phone="912345678")
            asked = Intake(category=category, kind="reclamo", text=f"Texto {which}", channel="web", contact=contact)
            ticket = take(asked, by=None).ticket
            paper = ContentFile(f"Acta {which}".encode(), name="acta.txt")
            store_upload(paper, owner=ticket, kind="evidence", visibility="internal", by=None)


@drive.command()
@click.argument("rows", type=int)
def bring(rows: int) -> None:
    """Upload a spreadsheet of that many requests, have it checked, and ask for its import in the background."""
    from django.core.files.base import ContentFile

    from cabildo.accounts.models import Municipality, User
    from cabildo.accounts.scoping import in_municipality
    from cabildo.jobs.testing import run_waiting
    from cabildo.tickets.actions import importing

    lines = ["Id,Ingreso,Estado,Tema", *(f"V-{row},05-01-2026,Abierta,Poste {row}" for row in range(rows))]
    file = ContentFile("\n".join(lines).encode(), name="antiguo.csv")
    with in_municipality(Municipality.objects.get()):
        user = User.objects.get()
        run = importing.choose_mapping(importing.keep_upload(file, by=user), MAPPING, by=user)
        importing.ask_check(run, by=user)
        run_waiting()
        importing.ask_import(run, by=user)


@drive.command()
@click.argument("number", type=int)
def knock(number: int) -> None:
    """That many tries from one address; tells how many were let through, of forty in all."""
    from django.test import RequestFactory

    from cabildo.accounts.models import Municipality
    from cabildo.accounts.scoping import in_municipality
    from cabildo.tickets.throttle import allows

    request = RequestFactory().get("/", REMOTE_ADDR="200.1.1.1")
    with in_municipality(Municipality.objects.get()):
        click.echo(sum(allows(request, "try", limit=40, seconds=600) for _try in range(number)))


@drive.command()
def lease_is_over() -> None:
    """As if the time had passed in which a killed worker's mails count as being sent; then look for them."""
    from django.utils import timezone

    from cabildo.accounts.models import Municipality
    from cabildo.accounts.scoping import in_municipality
    from cabildo.notifications import actions
    from cabildo.notifications.choices import State
    from cabildo.notifications.models import Message

    now = timezone.now()
    with in_municipality(Municipality.objects.get()):
        Message.objects.filter(state=State.SENDING).update(next_try_at=now)
        actions.enqueue_overdue(now)


if __name__ == "__main__":
    django.setup()
    drive()
