"""Every two minutes, each municipality with a mailbox is visited on its own."""

import pytest

from cabildo.accounts.scoping import in_municipality
from cabildo.jobs.models import Job
from cabildo.notifications.choices import Security
from cabildo.notifications.models import MailServer
from cabildo.tickets import tasks

pytestmark = pytest.mark.django_db


def with_mailbox(municipality, host: str) -> None:
    with in_municipality(municipality):
        MailServer.objects.create(
            municipality=municipality,
            host="127.0.0.1",
            from_address="avisos@ejemplo.cl",
            incoming_host=host,
            incoming_port=1,
            incoming_security=Security.NONE,
        )


def test_only_municipalities_with_a_mailbox_are_visited(puerto_claro, otra_comuna) -> None:
    with_mailbox(puerto_claro, "127.0.0.1")
    with_mailbox(otra_comuna, "")

    tasks.fetch_mail.func()

    visits = Job.objects.filter(name="tickets.read_mailbox")
    assert [job.municipality_id for job in visits] == [puerto_claro.pk]


def test_a_mailbox_that_does_not_open_says_why_and_fails_nothing(puerto_claro) -> None:
    with_mailbox(puerto_claro, "127.0.0.1")

    assert tasks.read_mailbox.func() == {"error": "unreachable"}


def test_without_mail_server_nothing_is_read(puerto_claro) -> None:
    assert tasks.read_mailbox.func() == {}
