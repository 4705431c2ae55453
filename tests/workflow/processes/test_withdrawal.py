"""A process that is withdrawn says so and is taken up again; the app that owns one does both on its own pages."""

from datetime import date

import pytest

from cabildo.workflow.processes import queries, subjects
from cabildo.workflow.processes.actions import planning, runs
from cabildo.workflow.processes.choices import RunState
from cabildo.workflow.processes.models import StageRun
from cabildo.workflow.processes.subjects import Pages
from cabildo.workflow.rules.errors import WorkflowError
from conftest import make_member

DESK = "/m/puerto-claro/mesa/procesos/"


@pytest.fixture(autouse=True)
def _monday(time_machine) -> None:
    time_machine.move_to("2026-03-02T12:00:00-03:00")


@pytest.fixture
def owned(plan, monkeypatch):
    """A run about a fair of another app, which decides on its own pages and lets nobody open the next cycle."""
    pages = Pages("/ferias/7/suspender/", "/ferias/7/hacer/", "")
    monkeypatch.setattr(subjects, "_owners", {**subjects._owners, "ferias.feria": lambda run: pages})
    return plan("Feria de otros", on_type="ferias.feria", on_id="7")


def test_a_withdrawn_process_says_so_and_goes_on_with_a_reason(begun, as_user, carmen) -> None:
    desk, here = as_user(carmen), f"{DESK}{begun.pk}/"
    desk.post(f"{here}retirar/", {"reason": "No hay permiso."})
    page = desk.get(here).content.decode()
    assert "Este proceso se retiró el" in page
    assert "No hay permiso." in page
    assert f'href="{here}retomar/"' in page

    assert "reason" in desk.post(f"{here}retomar/", {"reason": ""}).context["form"].errors
    desk.post(f"{here}retomar/", {"reason": "Llegó el permiso."})

    begun.refresh_from_db()
    assert (begun.state, queries.withdrawal_of(begun)) == (RunState.RUNNING, None)
    assert "se retiró el" not in desk.get(here).content.decode()


def test_the_pages_of_a_process_lead_to_those_of_the_app_that_owns_it(owned, as_user, carmen) -> None:
    desk, here = as_user(carmen), f"{DESK}{owned.pk}/"
    assert 'href="/ferias/7/suspender/"' in desk.get(here).content.decode()

    led = [desk.post(f"{here}{page}/", {"reason": "Así."}).url for page in ("retirar", "retomar", "nuevo-ciclo")]

    assert led == ["/ferias/7/suspender/", "/ferias/7/hacer/", here]
    owned.refresh_from_db()
    assert owned.state == RunState.PLANNED


def test_a_withdrawn_process_of_another_app_offers_what_that_app_offers(owned, as_user, carmen) -> None:
    runs.withdraw(owned, reason="No hay permiso.", by=carmen)

    page = as_user(carmen).get(f"{DESK}{owned.pk}/").content.decode()

    assert 'href="/ferias/7/hacer/"' in page
    assert "Empezar un nuevo ciclo" not in page


def test_who_does_not_lead_it_takes_nothing_up(begun, puerto_claro, aseo, as_user, carmen) -> None:
    runs.withdraw(begun, reason="No hay permiso.", by=carmen)
    desk = as_user(make_member("Pedro Mena", puerto_claro, "department_head", aseo))

    assert desk.post(f"{DESK}{begun.pk}/retomar/", {"reason": "Sigue."}).status_code == 403


@pytest.mark.parametrize(("field", "year"), [("starts_on", 1930), ("starts_on", 2024), ("ends_on", 2037)])
def test_days_of_a_year_that_cannot_be_of_the_process_are_refused(begun, stage, carmen, field, year) -> None:
    row = stage("preparar")
    span = {"starts_on": row.planned_starts_on, "ends_on": row.planned_ends_on, field: date(year, 3, 5)}

    with pytest.raises(WorkflowError) as refusal:
        planning.replan_stage(row, reason="Cambió.", by=carmen, **span)

    assert (refusal.value.code, refusal.value.field) == ("day_far", field)
    assert refusal.value.sentence == "Revise el año: el proceso comienza en 2026. Elija un día entre 2025 y 2036."


@pytest.mark.parametrize("year", ["9999", "1850", "2037"])
def test_the_page_of_the_dates_refuses_them_at_their_field(begun, stage, as_user, carmen, year) -> None:
    row = stage("preparar")
    sent = {"revision": row.revision, "starts_on": row.planned_starts_on, "ends_on": f"{year}-12-31", "reason": "Sí."}

    shown = as_user(carmen).post(f"{DESK}etapas/{row.pk}/paso/replanificar/", sent)

    assert [*shown.context["form"].errors] == ["ends_on"]
    assert "Revise el año: debe estar entre" in shown.content.decode()
    assert StageRun.objects.get(pk=row.pk).replanned_ends_on is None
