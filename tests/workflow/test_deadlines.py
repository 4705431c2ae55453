from datetime import date

import pytest

from cabildo.kit.workdays import UnknownYearError, chile
from cabildo.workflow.rules import regimes
from cabildo.workflow.rules.deadlines import as_json, compute, extend, make_urgent, recompute
from cabildo.workflow.rules.errors import WorkflowError
from cabildo.workflow.rules.terms import Party, Rule, Start, Unit, halve_for_urgency

CHILE = chile(range(2025, 2030))
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)

# submitted, effective, then due after 5, 10, 20 and 30 business days, 30 calendar days plain and moved
VECTORS = [
    ("2026-11-20", "2026-11-20", "2026-11-27", "2026-12-04", "2026-12-21", "2027-01-06", "2026-12-20", "2026-12-21"),
    ("2026-11-21", "2026-11-23", "2026-11-30", "2026-12-07", "2026-12-22", "2027-01-07", "2026-12-23", "2026-12-23"),
    ("2026-12-07", "2026-12-07", "2026-12-15", "2026-12-22", "2027-01-07", "2027-01-21", "2027-01-06", "2027-01-06"),
    ("2026-12-24", "2026-12-24", "2027-01-04", "2027-01-11", "2027-01-25", "2027-02-08", "2027-01-23", "2027-01-25"),
    ("2026-12-31", "2026-12-31", "2027-01-08", "2027-01-15", "2027-01-29", "2027-02-12", "2027-01-30", "2027-02-01"),
    ("2027-03-24", "2027-03-24", "2027-04-01", "2027-04-08", "2027-04-22", "2027-05-06", "2027-04-23", "2027-04-23"),
    ("2027-09-10", "2027-09-10", "2027-09-20", "2027-09-27", "2027-10-12", "2027-10-26", "2027-10-10", "2027-10-12"),
    ("2027-09-18", "2027-09-20", "2027-09-27", "2027-10-04", "2027-10-19", "2027-11-03", "2027-10-20", "2027-10-20"),
]
BUSINESS = [(row[0], row[1], days, due) for row in VECTORS for days, due in zip((5, 10, 20, 30), row[2:6], strict=True)]


def habiles(days: int, **options) -> Rule:
    return Rule(days, Unit.HABILES, "Ordenanza de participación, art. 12", **options)


def corridos(days: int, **options) -> Rule:
    return Rule(days, Unit.CORRIDOS, "Ordenanza de participación, art. 12", **options)


def refused(code: str):
    return pytest.raises(WorkflowError, check=lambda error: error.code == code and bool(error.sentence))


@pytest.mark.parametrize(("submitted", "effective", "days", "due"), BUSINESS)
def test_business_days_fall_due_as_the_law_counts_them(submitted, effective, days, due):
    deadline = compute(date.fromisoformat(submitted), habiles(days), CHILE)
    assert deadline.effective_on == date.fromisoformat(effective)
    assert deadline.due_on == deadline.nominal_due_on == deadline.expires_on == date.fromisoformat(due)


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: row[0])
def test_calendar_days_keep_the_plain_date_and_fall_due_on_the_next_business_day(row):
    deadline = compute(date.fromisoformat(row[0]), corridos(30), CHILE)
    assert deadline.effective_on == date.fromisoformat(row[1])
    assert deadline.nominal_due_on == date.fromisoformat(row[6])
    assert deadline.due_on == date.fromisoformat(row[7])


def test_the_explanation_says_of_every_day_whether_it_counted_and_why():
    lines = [(f"{day.date:%m-%d}", day.number, day.reason) for day in compute(SATURDAY, habiles(2), CHILE).explanation]
    assert lines == [
        ("11-21", None, "sábado"),
        ("11-22", None, "domingo"),
        ("11-23", None, "se tiene por presentada este día; se cuenta desde el siguiente"),
        ("11-24", 1, "día hábil"),
        ("11-25", 2, "día hábil"),
    ]


def test_the_explanation_of_a_moved_date_says_why_it_moved():
    tail = [(f"{day.date:%m-%d}", day.counted, day.reason) for day in compute(FRIDAY, corridos(2), CHILE).explanation]
    assert tail == [
        ("11-20", False, "día de la presentación; se cuenta desde el siguiente"),
        ("11-21", True, "día corrido"),
        ("11-22", True, "día corrido"),
        ("11-23", False, "vence este día, porque el último era inhábil: domingo"),
    ]


def test_a_holiday_is_named_in_the_explanation():
    reasons = {day.date: day.reason for day in compute(date(2026, 12, 7), habiles(5), CHILE).explanation}
    assert reasons[date(2026, 12, 8)] == "La Inmaculada Concepción"


def test_the_json_is_the_shape_the_command_line_promises():
    first = "día de la presentación; se cuenta desde el siguiente"
    last = "vence este día, porque el último era inhábil: sábado"
    assert as_json(compute(FRIDAY, corridos(1), CHILE)) == {
        "submitted_on": "2026-11-20",
        "effective_on": "2026-11-20",
        "due_on": "2026-11-23",
        "nominal_due_on": "2026-11-21",
        "days": 1,
        "unit": "corridos",
        "extended_due_on": None,
        "explanation": [
            {"date": "2026-11-20", "counted": False, "number": None, "reason": first},
            {"date": "2026-11-21", "counted": True, "number": 1, "reason": "día corrido"},
            {"date": "2026-11-22", "counted": False, "number": None, "reason": "domingo"},
            {"date": "2026-11-23", "counted": False, "number": None, "reason": last},
        ],
    }


def test_the_json_carries_the_extended_date():
    deadline = extend(compute(FRIDAY, habiles(20), CHILE), 10, FRIDAY, CHILE)
    assert as_json(deadline)["extended_due_on"] == "2027-01-06"


def test_a_rule_may_start_on_the_very_day_of_submission():
    deadline = compute(SATURDAY, corridos(3, start=Start.SUBMISSION_DAY), CHILE)
    assert (deadline.effective_on, deadline.due_on) == (SATURDAY, date(2026, 11, 24))


@pytest.mark.parametrize("days", [0, -1, 1_001])
def test_a_term_without_sense_is_refused(days):
    with refused("days_out_of_range"):
        habiles(days)


def test_a_term_that_runs_past_the_known_holidays_is_refused():
    with pytest.raises(UnknownYearError):
        compute(date(2026, 12, 24), habiles(20), chile([2026]))


def test_a_new_holiday_moves_an_open_deadline_and_keeps_its_facts():
    before = extend(compute(FRIDAY, habiles(20), CHILE), 10, FRIDAY, CHILE)
    after = recompute(before, CHILE.changed(added={date(2026, 12, 31): "Feriado local"}))
    assert (before.extended_due_on, after.extended_due_on) == (date(2027, 1, 6), date(2027, 1, 7))
    assert (after.rule, after.extra_days, after.due_on) == (before.rule, 10, before.due_on)


def test_an_extension_lengthens_the_same_count_and_keeps_the_first_date():
    deadline = extend(compute(FRIDAY, corridos(30), CHILE), 15, date(2026, 12, 1), CHILE)
    assert (deadline.nominal_due_on, deadline.due_on) == (date(2026, 12, 20), date(2026, 12, 21))
    assert deadline.extended_due_on == deadline.expires_on == date(2027, 1, 4)


def test_an_extension_may_be_decided_on_the_last_day():
    deadline = compute(FRIDAY, habiles(5), CHILE)
    assert extend(deadline, 2, deadline.due_on, CHILE).expires_on == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("rule", "extra_days", "decided_on", "code"),
    [
        (habiles(5), 3, date(2026, 11, 23), "extension_too_long"),
        (habiles(5), 0, date(2026, 11, 23), "extension_not_positive"),
        (habiles(5), 2, date(2026, 11, 28), "extension_too_late"),
        (habiles(5), 2, date(2026, 11, 19), "extension_too_early"),
        (habiles(1), 1, date(2026, 11, 20), "extension_not_allowed"),
        (regimes.LEY_20285, 11, date(2026, 11, 23), "extension_too_long"),
        (regimes.LEY_21719_ACCESS, 31, date(2026, 11, 23), "extension_too_long"),
        (regimes.LEY_21719_BLOCKING, 1, date(2026, 11, 23), "extension_not_allowed"),
    ],
)
def test_an_extension_outside_the_law_is_refused(rule, extra_days, decided_on, code):
    with refused(code):
        extend(compute(FRIDAY, rule, CHILE), extra_days, decided_on, CHILE)


def test_an_extension_is_granted_only_once():
    once = extend(compute(FRIDAY, habiles(20), CHILE), 5, FRIDAY, CHILE)
    with refused("already_extended"):
        extend(once, 5, FRIDAY, CHILE)


@pytest.mark.parametrize(
    ("owed_by", "days", "halved"),
    [
        (Party.MUNICIPALITY, 20, 10),
        (Party.MUNICIPALITY, 5, 2),
        (Party.MUNICIPALITY, 1, 1),
        (Party.PERSON, 20, 10),
        (Party.PERSON, 5, 3),
        (Party.PERSON, 1, 1),
    ],
)
def test_urgency_halves_the_term_and_gives_the_odd_half_day_to_the_neighbour(owed_by, days, halved):
    assert halve_for_urgency(habiles(days, owed_by=owed_by)).days == halved


@pytest.mark.parametrize(("rule", "longest"), [(habiles(20), 5), (habiles(20, extension_limit=10), 5)])
def test_urgency_halves_what_may_be_extended_too(rule, longest):
    assert halve_for_urgency(rule).longest_extension == longest


def test_urgency_halves_only_once():
    with refused("already_urgent"):
        halve_for_urgency(halve_for_urgency(habiles(20)))


def test_a_recorded_urgency_brings_the_date_forward():
    urgent = make_urgent(compute(FRIDAY, habiles(20), CHILE), date(2026, 11, 25), CHILE)
    assert (urgent.days, urgent.due_on) == (10, date(2026, 12, 4))


def test_urgency_halves_an_extension_already_granted():
    extended = extend(compute(FRIDAY, habiles(20), CHILE), 10, FRIDAY, CHILE)
    assert make_urgent(extended, FRIDAY, CHILE).extended_due_on == date(2026, 12, 14)


@pytest.mark.parametrize(
    ("decided_on", "code"), [(date(2026, 12, 5), "urgency_too_late"), (date(2026, 11, 19), "urgency_too_early")]
)
def test_urgency_never_makes_a_request_late_backwards(decided_on, code):
    with refused(code):
        make_urgent(compute(FRIDAY, habiles(20), CHILE), decided_on, CHILE)


@pytest.mark.parametrize(
    ("rule", "extra_days", "due", "extended"),
    [
        (regimes.LEY_20285, 10, date(2026, 12, 21), date(2027, 1, 6)),
        (regimes.LEY_21719_ACCESS, 30, date(2026, 12, 21), date(2027, 1, 19)),
    ],
)
def test_regimes_of_their_own_extend_by_their_own_law(rule, extra_days, due, extended):
    deadline = extend(compute(FRIDAY, rule, CHILE), extra_days, FRIDAY, CHILE)
    assert (deadline.due_on, deadline.extended_due_on) == (due, extended)


def test_blocking_personal_data_is_due_in_two_business_days():
    assert compute(FRIDAY, regimes.LEY_21719_BLOCKING, CHILE).due_on == date(2026, 11, 24)


def test_every_regime_names_its_article():
    rules = [value for value in vars(regimes).values() if isinstance(value, Rule)]
    assert [rule for rule in rules if not rule.article.startswith("Ley ") or "art." not in rule.article] == []
    assert len(rules) == 13
