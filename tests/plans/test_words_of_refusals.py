"""What a form of plans refuses stands at its field, in words, and no day is taken that cannot be meant."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from cabildo.plans.actions import parts, planning, progress
from cabildo.plans.rules.errors import PlansError
from cabildo.plans.rules.progress import month_ends
from plans.conftest import JANUARY, JUNE

DESK = "/m/puerto-claro/mesa/planes/"
PLAN = {
    "title": "Plan anual", "kind": "general", "starts_on": "2026-01-01", "ends_on": "2026-12-31", "green_from": 90,
    "yellow_from": 70, "revision": 1,
}  # fmt: skip
NODE = {"label": "Comprar equipos", "code": "", "weight": "1", "rule": "weighted", "revision": 1}
INDICATOR = {"label": "Cursos", "formula": "a/b", "numerator": "a", "denominator": "b", "unit": "%", "source": "Acta"}
INDICATOR |= {"direction": "up", "periodicity": "quarterly"}
REVERSED = {"starts_on": "2026-12-31", "ends_on": "2026-01-01"}


@pytest.fixture
def refused(as_user, planner):
    """The errors of a form that was sent and refused, by field."""

    def post(address: str, told: dict, by=planner) -> dict[str, list[str]]:
        answer = as_user(by).post(DESK + address, told)
        assert (answer.status_code, "restricción" in answer.content.decode()) == (422, False)
        return dict(answer.context["form"].errors)

    return post


def sentence(code: str) -> list[str]:
    return [PlansError(code).sentence]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (REVERSED, {"ends_on": sentence("dates_reversed")}),
        ({"green_from": 70}, {"green_from": sentence("light_reversed")}),
    ],
)
def test_a_plan_that_does_not_agree_is_refused_at_its_field(refused, draft, told, expected) -> None:
    draft.refresh_from_db()
    assert refused("nuevo/", PLAN | told) == expected
    assert refused(f"{draft.pk}/datos/", PLAN | {"revision": draft.revision} | told) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (REVERSED, {"ends_on": sentence("dates_reversed")}),
        ({"rule": "manual"}, {"manual_reason": sentence("manual_reason_needed")}),
    ],
)
def test_a_part_that_does_not_agree_is_refused_at_its_field(refused, draft, told, expected) -> None:
    assert refused(f"{draft.pk}/agregar/", NODE | told) == expected


@pytest.mark.parametrize(("told", "field"), [({"baseline": "5"}, "baseline_on"), ({"direction": "band"}, "band_high")])
def test_an_indicator_that_does_not_agree_is_refused_at_its_field(refused, nodes, told, field) -> None:
    assert list(refused(f"elementos/{nodes['1.1.1'].pk}/indicadores/", INDICATOR | told)) == [field]


@pytest.mark.parametrize("year", ["0001", "1799", "2999", "9999"])
def test_a_year_that_nobody_means_is_refused(refused, year) -> None:
    errors = refused("nuevo/", PLAN | {"starts_on": f"{year}-01-01", "ends_on": f"{year}-12-31"})
    assert all("Revise el año" in words for found in errors.values() for words in found)
    assert set(errors) == {"starts_on", "ends_on"}


def test_an_act_is_not_of_a_day_to_come(refused, draft, nodes, planner, alcaldesa) -> None:
    planning.submit(draft, by=planner)
    tomorrow = timezone.localdate() + timedelta(days=1)
    told = {"act_kind": "decree", "number": "12", "on": tomorrow.isoformat()}

    assert refused(f"{draft.pk}/aprobar/", told, by=alcaldesa) == {"on": sentence("act_in_future")}


def test_what_is_told_of_a_plan_did_not_happen_before_it_begins(running, nodes, diego) -> None:
    node, before = nodes["1.1.1"], JANUARY - timedelta(days=1)
    told = {"on": before, "by": diego, "today": JUNE}
    measure = progress.decide_measure(node, what="Contratar", responsible=diego, due_on=JUNE, by=diego)
    progress.attach_evidence(node, file=ContentFile(b"%PDF-1.4\n%%EOF", "acta.pdf"), proves="Acta", by=diego)
    calls = (
        lambda: progress.report_progress(node, percent=50, text="Va", **told),
        lambda: progress.close_activity(node, **told),
        lambda: progress.finish_measure(measure, outcome="Hecho", **told),
    )
    for call in calls:
        with pytest.raises(PlansError) as refusal:
            call()
        assert (refusal.value.code, refusal.value.field) == ("before_plan", "on")


def test_a_milestone_is_not_reached_before_its_plan_begins(approved, nodes, planner, diego) -> None:
    told = {"label": "Contrato", "due_on": JUNE, "by": planner, "reason": "Faltaba"}
    milestone = parts.add_milestone(nodes["1.1.1"], **told)
    planning.start(approved, by=planner)
    with pytest.raises(PlansError) as refusal:
        progress.reach_milestone(milestone, on=JANUARY - timedelta(days=1), by=diego, today=JUNE)
    assert refusal.value.code == "before_plan"


def test_a_curve_reaches_the_last_month_that_a_calendar_has() -> None:
    days = month_ends(date(9999, 11, 5), date(9999, 12, 31), JUNE)
    assert days == (date(9999, 11, 5), date(9999, 11, 30), date(9999, 12, 31))
