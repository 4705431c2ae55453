from datetime import date
from fractions import Fraction

import pytest

from cabildo.indicators.rules import Ratio, month_of
from cabildo.tickets.choices import Channel
from cabildo.tickets.models import Satisfaction
from cabildo.tickets.queries import figures_satisfaction as satisfaction
from cabildo.tickets.queries.figures import Dimension, Scope
from factories.figures import answered, at, opinion

SCOPE = Scope(month_of(date(2026, 10, 1)))


@pytest.fixture
def asked(categories):
    """Four by the web to Obras, two of them answered; one by phone to Aseo, answered."""
    when = at("2026-10-20")
    web = answered(categories["lamp"], at("2026-10-05"), 3, many=4)
    phone = answered(categories["rubbish"], at("2026-10-05"), 3, channel=Channel.PHONE)
    opinion(web[0], when, 7, solved=True)
    opinion(web[1], when, 2, solved=False, low_reason="demora")
    opinion(web[2], when)
    opinion(web[3], when)
    opinion(phone[0], when, 6, solved=True)


def test_the_mean_keeps_its_n_and_its_response_rate(asked) -> None:
    whole = satisfaction.opinions(SCOPE)

    assert (whole.mean_grade, whole.grades, whole.response) == (Fraction(5), 3, Ratio(3, 5))
    assert whole.solved_share == Ratio(2, 3)


def test_opinions_are_told_apart_by_channel_and_department(asked) -> None:
    by_channel = satisfaction.opinions_by(SCOPE, Dimension.CHANNEL)
    by_department = satisfaction.opinions_by(SCOPE, Dimension.DEPARTMENT)

    assert [(row.label, row.figure.mean_grade, row.figure.response) for row in by_channel] == [
        ("Portal web", Fraction(9, 2), Ratio(2, 4)),
        ("Teléfono", Fraction(6), Ratio(1, 1)),
    ]
    assert [row.code for row in by_department] == ["obras", "aseo"]


def test_reasons_of_low_grades_are_counted(asked) -> None:
    assert [(row.label, row.figure) for row in satisfaction.low_reasons(SCOPE)] == [("La demora", 1)]


def test_without_opinions_the_grade_is_unknown(categories) -> None:
    whole = satisfaction.opinions(SCOPE)

    assert whole.mean_grade is None
    assert whole.solved_share.share() is None


def test_who_was_never_handed_the_link_is_not_counted_as_asked(asked) -> None:
    Satisfaction.objects.filter(answered_at=None).update(delivered_by="printed")

    assert satisfaction.opinions(SCOPE).response == Ratio(3, 3)
