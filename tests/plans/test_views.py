"""The pages of plans: what each shows, to whom, and what it costs."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cabildo.plans.actions import planning, tree
from cabildo.plans.models import BudgetLine, CorrectiveMeasure, Milestone, NodeIndicator, Plan, PlanNode, ProgressReport
from cabildo.plans.queries import tree as queries
from cabildo.plans.views.plan import rows as rows_of
from cabildo.ui.engine_xlsx import rows
from conftest import make_member
from plans.conftest import DECEMBER, JANUARY, LEVELS

DESK = "/m/puerto-claro/mesa/planes/"


@pytest.fixture
def open_as(as_user):
    """Open or send a page of plans as somebody."""

    def go(user, address: str = "", data: dict | None = None):
        browser = as_user(user)
        return browser.get(DESK + address) if data is None else browser.post(DESK + address, data)

    return go


@pytest.fixture
def underway(draft, nodes, planner, alcaldesa):
    """A plan whose dates hold today, in execution."""
    year = timezone.localdate().year
    Plan.objects.filter(pk=draft.pk).update(starts_on=date(year - 1, 1, 1), ends_on=date(year + 1, 12, 31))
    planning.submit(draft, by=planner)
    planning.approve(draft, act=planning.Act("decree", "1", JANUARY), by=alcaldesa)
    return planning.start(draft, by=planner)


def another(planner, title: str) -> Plan:
    return planning.create_plan(
        title=title, kind="general", levels=LEVELS, starts_on=JANUARY, ends_on=DECEMBER, by=planner
    )


def test_the_list_finds_a_plan_by_its_words_and_state(draft, planner, open_as) -> None:
    another(planner, "Plan comunal")

    found = [open_as(planner, query).content.decode() for query in ("?q=mejora", "?estado=closed")]

    assert ["Plan de mejora" in page for page in found] == [True, False]
    assert "Plan comunal" not in found[0]
    assert "Ningún plan coincide" in found[1]


def queries_of(browser, address: str, count) -> int:
    """How many queries a page needs once what is kept is kept."""
    browser.get(address)
    with count(14) as made:
        browser.get(address)
    return len(made)


@pytest.mark.usefixtures("nodes")
def test_the_list_asks_the_same_of_the_database_for_one_plan_and_three(
    planner, as_user, django_assert_max_num_queries
) -> None:
    browser = as_user(planner)
    one = queries_of(browser, DESK, django_assert_max_num_queries)
    another(planner, "Segundo")
    another(planner, "Tercero")

    assert queries_of(browser, DESK, django_assert_max_num_queries) == one


def test_the_page_of_a_plan_asks_the_same_for_one_node_and_three(
    draft, planner, as_user, django_assert_max_num_queries
) -> None:
    browser, address = as_user(planner), f"{DESK}{draft.pk}/"
    tree.add_node(draft, label="Primero", by=planner)
    one = queries_of(browser, address, django_assert_max_num_queries)
    tree.add_node(draft, label="Segundo", by=planner)
    tree.add_node(draft, label="Tercero", by=planner)

    assert queries_of(browser, address, django_assert_max_num_queries) == one


def test_the_list_as_a_workbook_has_every_plan(draft, planner, open_as) -> None:
    content = b"".join(open_as(planner, "?formato=xlsx"))

    assert [row[0] for row in rows(BytesIO(content))] == ["Plan", "Plan de mejora"]


def test_the_list_as_a_file_leaves_no_plan_out(draft, planner, open_as, monkeypatch) -> None:
    monkeypatch.setattr("cabildo.plans.views.listing.READ_AT_ONCE", 2)
    for title in ("Plan comunal", "Plan de Ñuñoa"):
        another(planner, title)

    every, found = (open_as(planner, f"?formato=csv&q={words}").content.decode() for words in ("", "NUNOA"))

    assert [text.count("\r\n") for text in (every, found)] == [4, 2]
    assert "Plan de Ñuñoa" in found


def test_a_plan_is_written_in_the_browser(planner, open_as) -> None:
    given = {"title": "Plan anual", "kind": "general", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}

    answer = open_as(planner, "nuevo/", {**given, "green_from": 90, "yellow_from": 70, "revision": 1})

    plan = Plan.objects.get()
    assert (answer.status_code, plan.title, plan.levels[-1]) == (302, "Plan anual", "Actividad")


def test_a_head_writes_plans_of_the_own_department_alone(carmen, obras, aseo, open_as) -> None:
    given = {"title": "Plan de obras", "kind": "general", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    given |= {"green_from": 90, "yellow_from": 70, "revision": 1}

    answers = [open_as(carmen, "nuevo/", {**given, "department": pk}).status_code for pk in ("", aseo.pk, obras.pk)]

    assert answers == [422, 422, 302]
    assert Plan.objects.get().department == obras


def node_words(**more) -> dict:
    return {"label": "Comprar equipos", "code": "", "weight": "1", "rule": "weighted", "revision": 1, **more}


def test_a_part_is_added_below_the_node_that_the_address_names(draft, nodes, planner, open_as) -> None:
    answer = open_as(planner, f"{draft.pk}/agregar/?en={nodes['1.1'].pk}", node_words())

    assert answer.status_code == 302
    assert PlanNode.objects.get(label="Comprar equipos").code == "1.1.3"


def test_who_writes_over_another_is_told_what_the_other_wrote(nodes, planner, open_as) -> None:
    node = nodes["1"]
    tree.change_node(node, revision=1, by=planner, label="Equipo humano")
    sent = node_words(code="1", label="Recursos")

    refused = open_as(planner, f"elementos/{node.pk}/cambiar/", sent)

    assert refused.status_code == 422
    assert "Otra persona escribió: «Equipo humano»." in refused.content.decode()
    assert 'value="2"' in str(refused.context["form"]["revision"])
    assert open_as(planner, f"elementos/{node.pk}/cambiar/", {**sent, "revision": 2}).status_code == 302


def test_the_form_of_a_node_keeps_a_draft(nodes, planner, open_as) -> None:
    page = open_as(planner, f"elementos/{nodes['1'].pk}/cambiar/").content.decode()

    assert f'data-autosave="plan-nodo-{nodes["1"].pk}"' in page


def test_an_approved_plan_asks_why(underway, nodes, planner, open_as) -> None:
    page = open_as(planner, f"elementos/{nodes['1.1.1'].pk}/cambiar/").content.decode()

    assert "Por qué se cambia" in page


def test_the_tree_shows_what_was_approved_beside_what_is_planned(underway, nodes, planner, open_as) -> None:
    tree.change_node(nodes["1.1.1"], revision=1, by=planner, ends_on=DECEMBER, reason="Licencia")

    page = open_as(planner, f"{underway.pk}/").content.decode()

    assert "aprobado: 1 ene 2026 – 30 jun 2026" in page
    assert "El plan cambió desde lo que se aprobó" in page


def test_an_area_without_days_shows_those_of_what_it_holds(nodes) -> None:
    grown = queries.tree(nodes["1"].plan)
    area, _line, *activities = rows_of(grown, JANUARY)

    assert area.node.starts_on is None
    assert area.days == queries.Span(activities[0].node.starts_on, max(row.node.ends_on for row in activities))


def test_a_draft_says_what_it_lacks_and_where(draft, planner, open_as) -> None:
    node = tree.add_node(draft, label="Personas", by=planner)

    page = open_as(planner, f"{draft.pk}/").content.decode()

    assert f'href="{DESK}elementos/{node.pk}/"' in page
    assert "falta el medio de verificación" in page


def test_progress_is_told_proved_and_closed_in_the_browser(underway, nodes, diego, open_as) -> None:
    base, today = f"elementos/{nodes['1.1.1'].pk}/", timezone.localdate().isoformat()

    told = open_as(diego, f"{base}avance/", {"on": today, "percent": "40.5", "text": "Se hizo la encuesta"})
    early = open_as(diego, f"{base}cerrar/", {"on": today})
    proof = SimpleUploadedFile("acta.txt", b"Se hizo")
    proved = open_as(diego, f"{base}verificacion/", {"proves": "Acta", "file": proof})
    closed = open_as(diego, f"{base}cerrar/", {"on": today})

    assert [answer.status_code for answer in (told, early, proved, closed)] == [302, 422, 302, 302]
    assert "falta adjuntar su medio de verificación" in early.content.decode()
    assert [str(report.percent) for report in ProgressReport.objects.order_by("pk")] == ["40.50", "100.00"]


@pytest.fixture
def hung(underway, nodes, planner, diego, open_as) -> dict[str, int]:
    """What the forms answer that add to a node a milestone, money, an indicator and a measure."""
    reason = {"reason": "Faltaba"}
    money = {"concept": "Relator", "source": "Municipal", "year": "2026", "amount_clp": "900000"}
    indicator = {"label": "Capacitados", "formula": "Capacitados de todos", "unit": "%", "direction": "up"}
    indicator |= {"periodicity": "yearly", "source": "Personal", "target": "80", "target_on": "2026-12-31"}
    sent = {
        "hitos": {"label": "Informe", "due_on": "2026-05-01", "weight": "1", **reason},
        "presupuesto": {**money, **reason},
        "indicadores": {**indicator, **reason},
        "medidas": {"what": "Contratar", "responsible": diego.pk, "due_on": "2026-12-01"},
    }
    base = f"elementos/{nodes['1.1.1'].pk}/"
    return {page: open_as(planner, f"{base}{page}/", given).status_code for page, given in sent.items()}


def test_what_hangs_from_a_node_is_written_in_the_browser(hung, nodes, planner, open_as) -> None:
    page = open_as(planner, f"elementos/{nodes['1.1.1'].pk}/").content.decode()

    assert set(hung.values()) == {302}
    assert all(words in page for words in ("Informe", "900.000", "Capacitados", "80 al 31 dic 2026", "Contratar"))


def test_what_hangs_from_a_node_is_reported_in_the_browser(hung, nodes, diego, open_as) -> None:
    today = timezone.localdate().isoformat()
    line, milestone = BudgetLine.objects.get(), Milestone.objects.get()
    measure, link = CorrectiveMeasure.objects.get(), NodeIndicator.objects.get()
    reading = {"cut_off": today, "numerator": "40", "denominator": "50", "state": "declared"}

    answers = [
        open_as(diego, f"gastos/{line.pk}/", {"committed_clp": "5", "spent_clp": "3"}),
        open_as(diego, f"hitos/{milestone.pk}/", {"on": today}),
        open_as(diego, f"medidas/{measure.pk}/", {"on": today, "outcome": "Listo"}),
        open_as(diego, f"mediciones/{link.pk}/", reading),
    ]

    assert [answer.status_code for answer in answers] == [302] * 4
    assert "Cumple la meta" in open_as(diego, f"elementos/{nodes['1.1.1'].pk}/").content.decode()


def test_the_curve_says_its_finding_and_has_a_table(underway, nodes, planner, open_as) -> None:
    page = open_as(planner, f"{underway.pk}/avance/").content.decode()

    assert "el plan va en sin dato y debía ir en 100,0" in page
    assert "<svg" in page
    assert "Avance programado y real" in page


def test_the_money_adds_up_by_source(underway, nodes, planner, open_as) -> None:
    for node, source in (("1.1.1", "Municipal"), ("1.1.2", "Municipal"), ("1.1.2", "SUBDERE")):
        BudgetLine.objects.create(
            municipality=underway.municipality, node=nodes[node], concept="x", source=source, year=2026,
            amount_clp=1_000, spent_clp=250,
        )  # fmt: skip

    table = open_as(planner, f"{underway.pk}/presupuesto/").context["table"]

    assert [row[:1] + row[2:3] + row[-1:] for row in table.rows] == [
        ["Municipal", "2.000", "25,0\u00a0%"],
        ["SUBDERE", "1.000", "25,0\u00a0%"],
        ["Total", "3.000", "25,0\u00a0%"],
    ]


def test_the_workbook_of_a_plan_has_a_row_per_node(underway, nodes, planner, open_as) -> None:
    content = b"".join(open_as(planner, f"{underway.pk}/planilla/"))

    heading, *lines = rows(BytesIO(content))

    assert [line[1] for line in lines] == ["1", "1.1", "1.1.1", "1.1.2"]
    assert lines[2][heading.index("Medio de verificación")] == "Acta firmada"


PAGES = {
    "{plan}/": {"mayor", "planning_office", "control_unit", "department_officer", "department_head"},
    "{plan}/aprobar/": {"mayor"},
    "{plan}/agregar/": {"planning_office"},
    "elementos/{node}/avance/": {"planning_office", "department_officer", "department_head"},
}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_opened_by_these_roles_alone(page, underway, nodes, obras, open_as) -> None:
    address = page.format(plan=underway.pk, node=nodes["1.1.1"].pk)
    offered = ("mayor", "planning_office", "control_unit", "department_officer", "department_head", "data_protection")
    people = {
        role: make_member(f"Una {role}", underway.municipality, role, obras if "department" in role else None)
        for role in offered
    }

    assert {role for role, user in people.items() if open_as(user, address).status_code == 200} == PAGES[page]


def test_an_officer_of_another_department_does_not_tell_its_progress(underway, nodes, aseo, open_as) -> None:
    other = make_member("Otra Persona", underway.municipality, "department_officer", aseo)

    assert open_as(other, f"elementos/{nodes['1.1.1'].pk}/avance/").status_code == 403


def test_a_plan_of_another_municipality_is_not_found(draft, otra_comuna, planner, as_user) -> None:
    assert as_user(planner).get(f"/m/otra-comuna/mesa/planes/{draft.pk}/").status_code in {403, 404}


@pytest.mark.parametrize(("days", "leads"), [(0, False), (-1, True)])
def test_closing_a_plan_leads_only_once_its_days_are_over(running, planner, as_user, days, leads) -> None:
    Plan.objects.update(ends_on=timezone.localdate() + timedelta(days=days))

    page = as_user(planner).get(f"{DESK}{running.pk}/").content.decode()

    button = re.search(r'<a class="([^"]*)" href="[^"]*cerrar/"', page)[1]
    assert ("btn-primary" in button) == leads
