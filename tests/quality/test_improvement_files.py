"""Gaps and matrix as PDF, Word and workbook: every value that the cycle keeps of a methodology is in each of them."""

import pytest

from cabildo.quality.models import Option
from factories.assessment_models import model, publish_model
from quality.improvement_cases import assess, issue, write_plan
from quality.test_report_files import fields_of, in_pdf, in_word, in_workbook, plain

__all__ = ["model", "publish_model"]
pytestmark = pytest.mark.django_db
BASE = "/m/puerto-claro/mesa/calidad/1/plan/"
READ = {"pdf": in_pdf, "docx": in_word, "xlsx": in_workbook}
VALUES = {"relevance": 5, "feasibility": 4, "impact": 3, "cost": 3}
TOLD = {
    "option.methodology": "its label is told",
    "option.subcriterion": "its label is told",
    "option.is_feasible": "",
    "option.is_chosen": "",
    "option.line": "",
    "option.note": "",
    **{f"option.{name}": "" for name in VALUES},
}


@pytest.fixture
def planned(cycle, model, counterpart, as_user):
    assess(cycle, model, counterpart)
    issue(cycle, counterpart, score=1)
    write_plan(cycle, counterpart)
    return as_user(counterpart)


@pytest.mark.parametrize("kind", READ)
def test_the_gaps_are_in_each_paper_with_what_is_offered_for_them(planned, kind) -> None:
    found = plain(READ[kind](planned.get(f"{BASE}brechas/?formato={kind}").content))

    for words in ("Brechas y metodologías ofrecidas", "Puntos por recuperar", "En qué consiste", "Ciclo 1"):
        assert plain(words) in found


@pytest.mark.parametrize("kind", READ)
def test_the_matrix_tells_every_value_of_a_methodology(planned, cycle, counterpart, kind) -> None:
    option = Option.objects.filter(line__isnull=False).first()
    assert option is not None
    Option.objects.filter(pk=option.pk).update(**VALUES, note="Lo pidió el concejo en marzo")
    found = plain(READ[kind](planned.get(f"{BASE}matriz/?formato={kind}").content))

    for words in ("Lo pidió el concejo en marzo", str(option.line.label)[:20], "Pesos:", "¿Cabe en doce meses?"):
        assert plain(words) in found
    assert "41" in found  # 4,1: 5 x 40 %, 4 x 30 %, 3 x 20 %, 3 x 10 %


def test_no_field_of_an_option_is_forgotten() -> None:
    assert fields_of(Option) == set(TOLD)
