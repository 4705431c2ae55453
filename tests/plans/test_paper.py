"""A whole plan on paper: every field of every node, as PDF and as Word."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from cabildo.documents import papers, word
from cabildo.plans.exports import headings
from cabildo.plans.paper import plan_report
from cabildo.plans.queries.tree import tree
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


def test_pdf_and_word_are_made_of_the_same(paper) -> None:
    from docx import Document

    made = Document(BytesIO(word.docx(paper)))

    assert "Actividad 1.1.2: Dictar el curso" in [line.text for line in made.paragraphs]
    assert "Actividad 1.1.2: Dictar el curso" in words_in(papers.pdf(paper))


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_who_sees_the_plan_takes_its_paper(approved, planner, as_user, kind) -> None:
    answer = as_user(planner).get(f"/m/puerto-claro/mesa/planes/{approved.pk}/plan.{kind}")

    assert answer["Content-Disposition"] == f'attachment; filename="plan-{approved.pk}.{kind}"'
