"""Somebody comes in person to exercise a right over their data: identity seen, channel noted, a receipt at once."""

import pytest
from django.utils import timezone
from tests.conftest import make_member

from cabildo.audit.models import Entry
from cabildo.tickets import following
from cabildo.tickets.actions import data_requests
from cabildo.tickets.models import DataSubjectRequest
from cabildo.tickets.queries import data_requests as queries
from documents.samples import words_in

SEEN = "Cédula de identidad vista."
DESK = "/m/puerto-claro/mesa/datos-personales/"
SENT = {
    "channel": "counter",
    "right": "access",
    "detail": "Quiero ver todo.",
    "name": "Rosa Pérez",
    "run": "12.345.678-5",
    "identity": "seen",
    "email": "",
    "key": "0b5f6f4e-3e0f-4ac1-9f4d-2b9a8f1d2c3e",
}


@pytest.fixture
def counter(puerto_claro):
    return make_member("Mesa Uno", puerto_claro, "counter_officer")


@pytest.fixture
def browser(as_user, counter):
    return as_user(counter)


@pytest.fixture
def entered(browser) -> DataSubjectRequest:
    browser.post(DESK + "ingresar/", SENT)
    return DataSubjectRequest.objects.get()


def test_it_is_put_on_record_with_its_channel_its_term_and_who_entered_it(entered, counter) -> None:
    assert (entered.channel, entered.registered_by, entered.days) == ("counter", counter, 30)
    assert (entered.verified_how, entered.state, entered.verified_at) == (SEEN, "received", None)
    assert entered.requester.run_proven


def test_sent_twice_it_is_one_request(browser, entered) -> None:
    browser.post(DESK + "ingresar/", SENT)

    assert DataSubjectRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"identity": ""}, "identity"),
        ({"identity": "unseen"}, "identity"),
        ({"run": ""}, "run"),
        ({"channel": "web"}, "channel"),
        ({"right": ""}, "right"),
    ],
)
def test_what_is_missing_is_asked_for(browser, change, field) -> None:
    page = browser.post(DESK + "ingresar/", {**SENT, **change})

    assert page.status_code == 422
    assert page.context["form"].errors[field]
    assert not DataSubjectRequest.objects.exists()


def test_on_paper_identity_may_be_checked_later(browser) -> None:
    browser.post(DESK + "ingresar/", {**SENT, "channel": "paper", "identity": "unseen"})

    assert DataSubjectRequest.objects.get().verified_how == ""


def test_a_letter_that_nobody_checked_changes_nothing_of_whose_run_it_says(browser, entered) -> None:
    letter = {**SENT, "channel": "paper", "identity": "unseen", "email": "otro@ejemplo.cl", "key": ""}
    browser.post(DESK + "ingresar/", letter)

    written = DataSubjectRequest.objects.exclude(pk=entered.pk).get()
    entered.requester.refresh_from_db()
    assert (entered.requester.email, written.requester.run_proven) == (None, False)
    assert written.requester != entered.requester


def test_the_receipt_is_printed_once_it_is_entered_and_the_printing_is_logged(browser, entered) -> None:
    answer = browser.get(f"{DESK}{entered.folio}/comprobante/?formato=pdf")

    text = words_in(answer.content)
    assert (entered.folio in text, "Mesón" in text) == (True, True)
    assert Entry.objects.filter(action="data_request.receipt_printed", subject_id=str(entered.pk)).count() == 1


def test_later_its_address_is_not_given_again(as_user, counter, entered) -> None:
    answer = as_user(counter).get(f"{DESK}{entered.folio}/comprobante/?formato=pdf")

    assert answer.headers["Content-Type"].startswith("text/html")
    assert "El comprobante ya se entregó." in answer.text
    assert following.data_request_token(entered) not in answer.text


def test_who_entered_it_may_not_follow_it_and_nobody_else_prints_it(browser, as_user, oficina, entered) -> None:
    assert browser.get(f"{DESK}{entered.folio}/").status_code == 403
    assert as_user(oficina).get(f"{DESK}{entered.folio}/comprobante/").status_code == 404


@pytest.mark.parametrize("who", ["diego", "alcaldesa", "admin"])
def test_only_who_attends_people_enters_one(who, request, as_user) -> None:
    assert as_user(request.getfixturevalue(who)).get(DESK + "ingresar/").status_code == 403


def test_whose_records_they_are_is_still_decided_by_who_protects_the_data(as_user, puerto_claro, entered) -> None:
    protector = make_member("Paz Leal", puerto_claro, "data_protection")
    page = as_user(protector).get(f"{DESK}{entered.folio}/paso/comprobar/")

    assert page.context["form"]["how"].value() == SEEN
    chosen = queries.candidates(entered)
    verified = data_requests.verify_identity(entered, how=SEEN, subjects=chosen, by=protector)
    assert verified.verified_at <= timezone.now()
