from datetime import date, timedelta

import pytest

from cabildo.audit.models import Entry
from cabildo.tickets.actions.backlog import set_plan
from cabildo.tickets.models import ClearingPlan
from cabildo.tickets.queries import backlog
from cabildo.tickets.rules.backlog import curve
from factories.figures import answered, at, requests

TODAY = date(2026, 11, 23)
MONDAY = date(2026, 11, 2)
PAGE = "/m/puerto-claro/mesa/rezago/"


@pytest.fixture
def lamp(categories):
    return categories["lamp"]


@pytest.fixture
def plan(lamp, obras, carmen) -> ClearingPlan:
    """From 2 November, two a week; six requests wait since long ago, three get closed."""
    requests(lamp, at("2025-03-10"), many=3)
    for days in (1, 2, 8):
        answered(lamp, at("2026-06-01"), (MONDAY - date(2026, 6, 1)).days + days)
    return set_plan(obras, starts_on=MONDAY, weekly_target=2, responsible=carmen, by=carmen, notes="Los martes")


def test_the_curve_tells_what_was_to_be_left_and_what_is() -> None:
    closed = {None: 5, MONDAY + timedelta(days=6): 1, MONDAY + timedelta(days=7): 4}
    weeks = curve(closed, starts_on=MONDAY, weekly_target=4, today=MONDAY + timedelta(days=10)).weeks

    assert [(week.done, week.planned_left, week.left) for week in weeks] == [(1, 6, 9), (4, 2, 5), (None, 0, None)]


def test_a_plan_without_backlog_has_nothing_left() -> None:
    empty = curve({}, starts_on=MONDAY, weekly_target=4, today=MONDAY)

    assert (empty.initial, empty.left, empty.behind) == (0, 0, 0)


def test_the_backlog_is_told_by_year_and_age(lamp) -> None:
    requests(lamp, at("2024-01-10"))
    requests(lamp, at("2026-01-10"), many=2)
    requests(lamp, at("2026-10-20"))
    requests(lamp, at("2026-10-24"))

    (row,) = backlog.by_department(None, TODAY)

    assert (row.code, row.figure.by_year, row.figure.by_age) == ("obras", {2024: 1, 2026: 3}, (1, 0, 2, 1))
    assert row.figure.oldest_on == date(2024, 1, 10)


def test_progress_counts_closings_of_what_was_already_old(plan, lamp, obras) -> None:
    answered(lamp, at("2026-10-30"), 5)

    progress = backlog.progress([plan], TODAY)[obras.pk]

    assert (progress.initial, progress.done, progress.left) == (6, 3, 3)
    assert [week.done for week in progress.weeks] == [2, 1, 0, 0]
    assert progress.behind == 3


def test_a_later_plan_takes_the_place_of_the_earlier(plan, obras, carmen) -> None:
    later = set_plan(obras, starts_on=date(2026, 11, 16), weekly_target=9, responsible=carmen, by=carmen)
    set_plan(obras, starts_on=date(2027, 1, 4), weekly_target=1, responsible=carmen, by=carmen)

    assert backlog.plans_in_force(None, TODAY) == {obras.pk: later}
    assert Entry.objects.filter(action="clearing_plan.set").count() == 3


def test_plans_cost_one_query_however_many(plan, aseo, oficina, django_assert_num_queries) -> None:
    other = set_plan(aseo, starts_on=MONDAY, weekly_target=1, responsible=oficina, by=oficina)

    with django_assert_num_queries(1):
        assert set(backlog.progress([plan, other], TODAY)) == {plan.department_id, aseo.pk}


def test_the_head_sets_a_plan_and_sees_its_curve(lamp, obras, carmen, diego, as_user) -> None:
    requests(lamp, at("2025-03-10"), many=5)
    browser = as_user(carmen)
    given = {"starts_on": "2026-11-02", "weekly_target": "2", "responsible": diego.pk, "notes": "Cada lunes"}

    saved = browser.post(f"{PAGE}obras/plan/", given)
    page = browser.get(f"{PAGE}obras/").content.decode()

    assert saved.status_code == 302
    assert ClearingPlan.objects.get().responsible == diego
    assert "<svg" in page
    assert "Quedan 5 de 5" in page


def test_a_head_neither_sees_nor_plans_for_another_department(carmen, aseo, categories, as_user) -> None:
    browser = as_user(carmen)

    assert browser.get(f"{PAGE}aseo/").status_code == 403
    assert browser.get(f"{PAGE}aseo/plan/").status_code == 403
    assert "Aseo" not in browser.get(PAGE).content.decode()


def test_an_officer_without_that_permission_sees_no_backlog(diego, as_user) -> None:
    assert as_user(diego).get(PAGE).status_code == 403
