"""Whoever is entered in a register of the programme is written to by the queue, and again until they come in."""

from types import SimpleNamespace

import pytest
from django.core import mail
from django.utils import timezone

from cabildo.accounts.models import User
from cabildo.jobs.models import Job
from cabildo.quality.models import ConsultancyMember, Validator
from cabildo.site import mails
from factories.learning import contract, contracted, enrolled
from factories.programme import agency, entered, lead, make_agency_member

__all__ = ["agency", "contract", "contracted", "enrolled", "lead"]
pytestmark = pytest.mark.django_db
DESK = "/a/subdere/calidad/"
NORA = {"full_name": "Nora Mena", "email": "nora@ejemplo.cl"}
TRAINED = {
    "trained_on": "2025-03-01",
    "valid_until": "2030-03-01",
    "employer": "Universidad",
    "note": "",
    "revision": 0,
}
AGAIN = "Enviar otra vez la invitación"


def no_answer(*_words) -> None:
    """A mail server that is down."""
    raise ConnectionRefusedError


@pytest.fixture(params=["validator", "consultant"])
def register(request, agency, lead, contracted) -> SimpleNamespace:
    """Where somebody is entered, what is sent, and the page that lists them."""
    if request.param == "consultant":
        page = f"{DESK}consultorias/{contracted.pk}/"
        return SimpleNamespace(
            browser=entered(lead), page=page, add=f"{page}consultores/agregar/", told=NORA, rows=ConsultancyMember
        )
    coordinator = entered(make_agency_member("Lidia Barra", agency, "validation_coordinator"))
    page = f"{DESK}validadores/"
    return SimpleNamespace(browser=coordinator, page=page, add=f"{page}inscribir/", told=NORA | TRAINED, rows=Validator)


def again(register) -> str:
    pk = register.rows.objects.get(user__email=NORA["email"]).pk
    where = "consultores/" if register.rows is ConsultancyMember else ""
    return f"{register.page}{where}{pk}/invitar/"


def test_entering_somebody_does_not_wait_for_the_mail_server(register, monkeypatch, run_jobs) -> None:
    with monkeypatch.context() as down:
        down.setattr(mails, "send_mail", no_answer)
        answer = register.browser.post(register.add, register.told)
        run_jobs(raising=False)
    assert (answer.status_code, register.rows.objects.filter(user__email=NORA["email"]).count()) == (302, 1)
    [job] = Job.objects.filter(name="site.send_invitation")
    assert ("nora" in str(job.arguments), mail.outbox) == (False, [])

    Job.objects.update(run_after=timezone.now())
    run_jobs()
    assert [sent.to for sent in mail.outbox] == [[NORA["email"]]]
    assert "/a/subdere/cuenta/invitacion/" in mail.outbox[0].body


def test_the_invitation_goes_again_and_twice_in_a_row_only_once(register, run_jobs) -> None:
    register.browser.post(register.add, register.told)
    run_jobs()
    assert AGAIN in register.browser.get(register.page).content.decode()
    for _twice in range(2):
        assert register.browser.post(again(register)).status_code == 302
    run_jobs()

    assert [sent.to for sent in mail.outbox] == [[NORA["email"]]] * 2


def test_who_came_in_is_not_invited_again(register, run_jobs) -> None:
    register.browser.post(register.add, register.told)
    run_jobs()
    User.objects.filter(email=NORA["email"]).update(last_login=timezone.now())
    assert AGAIN not in register.browser.get(register.page).content.decode()
    told = register.browser.post(again(register), follow=True).content.decode()
    run_jobs()

    assert ("no necesita otra invitación" in told, len(mail.outbox)) == (True, 1)


def test_who_does_not_keep_the_register_invites_nobody(register, agency) -> None:
    register.browser.post(register.add, register.told)
    other = entered(make_agency_member("Olga Ruz", agency, "agency_administrator"))
    assert (other.post(again(register)).status_code, register.browser.get(again(register)).status_code) == (403, 405)
