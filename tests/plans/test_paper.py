"""A whole plan on paper: every field of every node, as PDF and as Word."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from cabildo.documents import papers, word
from cabildo.plans.actions import parts
from cabildo.plans.actions import tree as actions
from cabildo.plans.exports import headings
from cabildo.plans.paper import plan_report
from cabildo.plans.queries.record import rebaselines_of
from cabildo.plans.queries.tree import tree
from cabildo.plans.wording import change_words
from documents.samples import words_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)


@pytest.fixture
def paper(approved):
    return plan_report(tree(approved), TODAY, at=datetime(2026, 7, 1, tzinfo=UTC))


def test_every_node_has_its_heading_in_the_order_of_the_plan(paper) -> None:
    assert [block.text for block in paper.blocks if block.kind == "heading"] == [
        "Área de mejora 1: Personas",
        "Línea de acción 1.1: Capacitación",
        "Actividad 1.1.1: Detectar necesidades",
        "Actividad 1.1.2: Dictar el curso",
    ]


def test_what_is_kept_of_a_node_is_told_under_the_names_of_the_workbook(paper) -> None:
    told = dict([block for block in paper.blocks if block.kind == "facts"][2].rows)

    assert (told["Dirección responsable"], told["Persona responsable"]) == ("Dirección de Obras", "Diego Soto")
    assert (told["Comienza"], told["Medio de verificación"]) == ("1 ene 2026", "Acta firmada")
    assert set(told) <= set(headings())


def test_the_act_that_approved_it_stands_on_the_cover(paper) -> None:
    assert dict(paper.facts)["Versión aprobada"] == "versión 1, Decreto alcaldicio N° 1.234 del 15 ene 2026"


def test_the_cover_says_who_leads_it_and_that_it_changed_since_it_was_approved(approved, nodes, planner) -> None:
    approved.department = None
    before = dict(plan_report(tree(approved), TODAY, at=datetime(2026, 7, 1, tzinfo=UTC)).facts)
    actions.change_node(nodes["1.1.2"], revision=1, by=planner, reason="Se vio", label="Dictar dos cursos")
    after = dict(plan_report(tree(approved), TODAY, at=datetime(2026, 7, 1, tzinfo=UTC)).facts)

    assert before["Dirección que lo conduce"] == "Toda la municipalidad"
    assert "Desde entonces" not in before
    assert after["Desde entonces"] == "El plan cambió después de su última aprobación."


def test_a_weight_is_not_read_as_a_thousand_and_an_area_has_the_days_of_what_it_holds(paper) -> None:
    area, _line, *activities = [dict(block.rows) for block in paper.blocks if block.kind == "facts"]

    assert [told["Peso"] for told in activities] == ["1", "3"]
    assert (area["Comienza"], area["Termina"]) == (activities[0]["Comienza"], activities[-1]["Termina"])


def test_pdf_and_word_are_made_of_the_same(paper) -> None:
    from docx import Document

    made = Document(BytesIO(word.docx(paper)))

    assert "Actividad 1.1.2: Dictar el curso" in [line.text for line in made.paragraphs]
    assert "Actividad 1.1.2: Dictar el curso" in words_in(papers.pdf(paper))


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_who_sees_the_plan_takes_its_paper(approved, planner, as_user, kind) -> None:
    answer = as_user(planner).get(f"/m/puerto-claro/mesa/planes/{approved.pk}/plan.{kind}")

    assert answer["Content-Disposition"] == f'attachment; filename="plan-{approved.pk}.{kind}"'
    assert type(answer["Content-Type"]) is str  # a server may refuse what only behaves like one


def test_a_change_of_what_was_approved_is_told_field_by_field() -> None:
    changes = {
        "ends_on": ["2027-01-16", "2027-01-14"],
        "department": [None, "Dirección de Obras"],
        "expected_effect": [{}, {"elements": {"actas": 4}}],
        "participants": [["Aseo"], ["Aseo", "Obras"]],
        "place": [[3, 0], [3, 1]],
        "amount_clp": [20261231, 5],
    }

    assert change_words(changes, {"actas": "Actas al día"}).split("\n") == [
        "termina: de 16 ene 2027 a 14 ene 2027",
        "dirección responsable: de nada a Dirección de Obras",
        "efecto esperado: de nada a Actas al día: 4",
        "direcciones que participan: de Aseo a Aseo, Obras",
        "lugar en el plan",
        "presupuesto (pesos): de 20261231 a 5",
    ]


def test_every_change_that_the_actions_keep_has_a_name(approved, nodes, planner) -> None:
    """A field without words would stop the paper."""
    line = {"concept": "Sala", "source": "Propio", "year": 2026, "amount_clp": 5}
    parts.save_budget_line(nodes["1.1.1"], by=planner, reason="Se cotizó", **line)
    parts.add_milestone(nodes["1.1.1"], label="Bases", due_on=date(2026, 5, 1), by=planner, reason="Se pidió")
    actions.change_node(nodes["1.1.2"], revision=1, by=planner, reason="Se vio", label="Dictar dos cursos")
    added = actions.add_node(approved, parent=nodes["1.1"], label="Medir", by=planner, reason="Se pidió")
    actions.remove_node(added, today=TODAY, by=planner, reason="Sobraba")
    told = [change_words(one.changes, {}) for one in rebaselines_of(approved)]

    assert len(told) == 5
    assert "nombre: de Dictar el curso a Dictar dos cursos" in told
    assert "hito: de nada a Bases (2026-05-01)" in told
