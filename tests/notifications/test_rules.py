"""To whom a message may go, when, and what an answer of the server means."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabildo.kit.workdays import chile
from cabildo.notifications import rules

SANTIAGO = ZoneInfo("America/Santiago")
CALENDAR = chile([2026, 2027])
NOON = datetime(2026, 12, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize("address", ["rosa@ejemplo.cl", "rosa.m+x@mail.ejemplo.cl", "o'higgins@peñalolén.cl"])
def test_a_plain_address_is_one(address: str) -> None:
    assert rules.is_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "rosa",
        "rosa@",
        "@ejemplo.cl",
        "rosa@localhost",
        "rosa@ejemplo..cl",
        "Rosa <rosa@ejemplo.cl>",
        "rosa@ejemplo.cl, otra@ejemplo.cl",
        "rosa@ejemplo.cl\nBcc: todos@ejemplo.cl",
        "rosa@ejemplo.cl\r\n",
        "ros\u00e1@ejemplo.cl",
        f"{'a' * 250}@ejemplo.cl",
    ],
)
def test_anything_else_is_not_an_address(address: str) -> None:
    assert not rules.is_address(address)
    assert rules.why_not_to(address, ()) == "invalid_address"


@given(st.text())
def test_no_accepted_address_holds_a_line_break_or_a_separator(text: str) -> None:
    address = f"{text}@ejemplo.cl"

    assert not (rules.is_address(address) and set(address) & set('\r\n\t ,;<>"'))


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("no-reply@banco.cl", "no_reply"),
        ("NoReply+123@banco.cl", "no_reply"),
        ("donotreply@x.com", "no_reply"),
        ("no.responder@muni.cl", "no_reply"),
        ("MAILER-DAEMON@x.com", "machine"),
        ("postmaster@x.com", "machine"),
        ("bounces+77-rosa=x.cl@mail.com", "machine"),
        ("vecinos-request@lists.cl", "machine"),
        ("Solicitudes@PuertoClaro.cl", "own_address"),
        ("owner-vecinos@lists.cl", "machine"),
        ("owner@taller.cl", None),
        ("norma.replica@x.com", None),
        ("noreplica@x.com", None),
        ("rosa@x.com", None),
    ],
)
def test_machines_and_ourselves_are_not_written_to(address: str, reason: str | None) -> None:
    assert rules.why_not_to(address, ["solicitudes@puertoclaro.cl"]) == reason


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({}, None),
        ({"Auto-Submitted": "no"}, None),
        ({"Auto-Submitted": "auto-replied; owner-email=x"}, "automatic"),
        ({"AUTO-SUBMITTED": "Auto-Generated"}, "automatic"),
        ({"X-Auto-Response-Suppress": "DR, OOF"}, "automatic"),
        ({"X-Autoreply": "yes"}, "automatic"),
        ({"Precedence": "Bulk"}, "list"),
        ({"List-Id": "<x.y>"}, "list"),
        ({"List-Unsubscribe": "<mailto:x@y>"}, "list"),
        ({"Return-Path": "<>"}, "bounce"),
        ({"Content-Type": "multipart/report; report-type=delivery-status"}, "bounce"),
        ({"Authentication-Results": "mx.cl; spf=fail smtp.mailfrom=x"}, "unproven_sender"),
        ({"Authentication-Results": "mx.cl; dkim=pass; dmarc=FAIL"}, "unproven_sender"),
        ({"Authentication-Results": "mx.cl; spf=pass; dmarc=pass"}, None),
    ],
)
def test_what_a_machine_sent_is_not_answered_by_a_machine(headers: dict, reason: str | None) -> None:
    assert rules.why_not_answer(headers) == reason


def test_what_we_send_would_not_be_answered_by_ourselves() -> None:
    assert rules.why_not_answer({"Auto-Submitted": "auto-generated", "Precedence": "bulk"}) == "automatic"


def test_the_message_id_depends_on_municipality_and_key_alone() -> None:
    one = rules.message_id(1, "receipt:1", "cabildo.cl")

    assert one == rules.message_id(1, "receipt:1", "cabildo.cl")
    assert (
        len({one, rules.message_id(2, "receipt:1", "cabildo.cl"), rules.message_id(1, "receipt:2", "cabildo.cl")}) == 3
    )
    assert (one[0], one[-12:], "receipt" in one) == ("<", "@cabildo.cl>", False)


def test_the_delay_doubles_up_to_two_hours_and_attempts_last_over_two_days() -> None:
    minutes = [rules.delay_after(attempt).total_seconds() / 60 for attempt in range(1, 10)]
    total = sum((rules.delay_after(attempt) for attempt in range(1, rules.MAX_ATTEMPTS)), timedelta())

    assert minutes == [1, 2, 4, 8, 16, 32, 64, 120, 120]
    assert timedelta(days=1.9) < total < timedelta(days=2.5)
    assert not rules.may_try_again(rules.MAX_ATTEMPTS)


@pytest.mark.parametrize(("code", "final"), [(421, False), (450, False), (500, True), (550, True)])
def test_only_fives_are_final(code: int, final: bool) -> None:
    assert rules.is_permanent(code) is final


def test_the_twenty_first_message_of_an_hour_waits_for_the_first_to_be_an_hour_old() -> None:
    sent = [NOON - timedelta(minutes=50 - minute) for minute in range(20)]

    assert rules.postponed_until(sent[1:], NOON) is None
    assert rules.postponed_until(sent, NOON) == sent[0] + timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ((2026, 12, 22, 10, 30), (2026, 12, 22, 10, 30)),
        ((2026, 12, 22, 6, 0), (2026, 12, 22, 8, 0)),
        ((2026, 12, 22, 18, 0), (2026, 12, 23, 8, 0)),
        ((2026, 12, 24, 19, 0), (2026, 12, 28, 8, 0)),
        ((2026, 12, 26, 10, 0), (2026, 12, 28, 8, 0)),
    ],
    ids=["in hours", "early", "at closing", "eve of Christmas and weekend", "Saturday"],
)
def test_notices_leave_in_working_hours(now: tuple, expected: tuple) -> None:
    found = rules.send_not_before(datetime(*now, tzinfo=SANTIAGO), CALENDAR)

    assert found == datetime(*expected, tzinfo=SANTIAGO)


def test_working_hours_may_be_others() -> None:
    now = datetime(2026, 12, 22, 8, 30, tzinfo=SANTIAGO)

    assert rules.send_not_before(now, CALENDAR, opens=time(9)).hour == 9


def test_a_subject_is_one_line() -> None:
    assert rules.one_line(" Hola\r\nBcc: x@y.cl \n") == "Hola Bcc: x@y.cl"


@pytest.mark.parametrize(("address", "shown"), [("rosa@ejemplo.cl", "r•••@ejemplo.cl"), ("", "•••")])
def test_an_address_is_shown_masked(address: str, shown: str) -> None:
    assert rules.masked(address) == shown
