"""Stage 3 on panels: whole scores of 0 to 100, once or by attribute; blank is told and is never a zero."""

import pytest

from cabildo.accounts.links import addresses
from cabildo.instruments.actions import consensus
from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.models import Assessment, Sheet
from cabildo.instruments.queries.sheets import read
from cabildo.instruments.rules.scoring import Mark
from cabildo.quality.actions import self_assessment as actions
from cabildo.quality.errors import QualityError
from cabildo.quality.gates.report import scores
from cabildo.quality.gates.self_assessment import elements_scored
from cabildo.quality.models import Cycle
from cabildo.quality.queries import report as queries
from conftest import make_member
from quality.caf_cases import (
    ATTRIBUTES,
    BLANK,
    CLAIM,
    FIRST,
    MARKS,
    REFERENCE,
    SECOND,
    SINGLE,
    TODAY,
    agree,
    begin,
    caf,
)

__all__ = ["agree", "begin", "caf"]
pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/1/autoevaluacion/"
LABEL = "1.1 Rumbo y valores de la institución"
SENT = {f"atributo_{name}": score for name, score in REFERENCE.items()}
WHOLE = "Escriba un número entero de 0 a 100, sin decimales."


def text(answer) -> str:
    return answer.content.decode()


def place(element: str, more: str = "") -> str:
    return f"{HERE}elementos/{element}/{more}"


@pytest.fixture
def desk(cycle, counterpart, as_user):
    return as_user(counterpart)


@pytest.fixture
def rivas(puerto_claro, as_user):
    """Another member of the committee."""
    return as_user(make_member("Tomás Rivas", puerto_claro, "quality_committee"))


def test_the_model_is_chosen_with_what_it_is_its_notice_and_how_all_of_it_is_marked(desk, caf, counterpart) -> None:
    assert CLAIM in text(desk.get(HERE))
    page = text(desk.get(f"{HERE}comenzar/"))
    assert all(words in page for words in (CLAIM, "con una sola nota", "por atributos", "promedio exacto"))

    page = text(desk.post(f"{HERE}comenzar/", {"version": f"{caf.pk}:{ATTRIBUTES}"}, follow=True))
    assert Assessment.objects.exclude(mark_mode="").get().mark_mode == ATTRIBUTES
    assert CLAIM in page
    assert "se puntúa por atributos" in page
    assert ">Subcriterio<" in page
    assert ">Elemento<" not in page


def test_a_model_of_two_ways_needs_one_of_them(cycle, caf, counterpart) -> None:
    with pytest.raises(QualityError) as refused:
        actions.begin(cycle, by=counterpart)
    assert refused.value.code == "mode_unchosen"


@pytest.mark.parametrize("wrong", ["101", "-1", "55,5", "mucho"])
def test_a_sheet_takes_whole_scores_of_its_scale_alone(desk, begin, wrong) -> None:
    begin(SINGLE)
    told = desk.post(place(FIRST, "guardar/"), {"text": "Hay misión.", "score": wrong, "revision": 1})

    assert told.status_code == 422
    assert WHOLE in text(told)
    assert Sheet.objects.get(element=FIRST).score is None


def test_a_sheet_left_blank_stays_without_score_and_a_zero_is_a_score(desk, begin) -> None:
    begin(SINGLE)
    desk.post(place(FIRST, "guardar/"), {"text": "Hay misión.", "score": "", "revision": 1})
    assert Sheet.objects.get(element=FIRST).score is None

    saved = desk.post(
        place(FIRST, "guardar/"), {"text": "Hay misión.", "score": "0", "revision": 2}, headers={"HX-Request": "1"}
    )
    assert Sheet.objects.get(element=FIRST).score == 0
    assert "La ficha propone <strong>0 de 100, Sin trabajo en el tema</strong>." in text(saved)


def test_each_way_asks_for_its_own_scores(desk, begin) -> None:
    begin(ATTRIBUTES)
    page = text(desk.get(place(FIRST)))

    assert "Planificar, de 0 a 100" in page
    assert 'name="score"' not in page
    assert LABEL in page
    desk.post(place(FIRST, "guardar/"), {"text": "Hay misión.", "revision": 1, "atributo_hacer": 50})
    assert "sin dato (Hacer: 50)" in text(desk.get(place(FIRST)))


def test_the_other_way_is_refused(begin, counterpart) -> None:
    sheet = begin(SINGLE).sheets.get(element=FIRST)
    with pytest.raises(InstrumentsError) as refused:
        consensus.propose(sheet, mark=Mark(attributes=REFERENCE), by=counterpart)
    assert refused.value.code == "attributes_missing"


def test_proposals_that_differ_say_by_how_much_and_in_which_attribute(desk, rivas, begin, counterpart) -> None:
    assessment = begin(ATTRIBUTES)
    desk.post(place(FIRST, "propuesta/"), SENT)
    rivas.post(place(FIRST, "propuesta/"), {**SENT, "atributo_revisar": 70})
    desk.post(place(SECOND, "propuesta/"), SENT)
    rivas.post(place(SECOND, "propuesta/"), {**SENT, "atributo_planificar": 50, "atributo_hacer": 60})
    consensus.open_consensus(assessment, by=counterpart)

    page = text(desk.get(f"{HERE}consenso/"))
    assert "10 de diferencia; la mayor, en Revisar: 40" in page
    assert "igual puntaje, dicho de otro modo; la mayor, en Planificar: 10" in page
    assert "no aplica" not in page
    assert "40 de 100 (Planificar: 60; Hacer: 50; Revisar: 30; Ajustar: 20)" in text(
        desk.get(place(FIRST, "consenso/"))
    )


@pytest.mark.parametrize(
    ("mode", "total", "share"),
    [(SINGLE, "96,0 de 400,0 puntos", "24,0\xa0%"), (ATTRIBUTES, "95,5 de 400,0 puntos", "23,9\xa0%")],
)
def test_points_are_exact_the_share_is_rounded_once_and_waits_for_the_end(desk, agree, mode, total, share) -> None:
    agree(mode)
    page = text(desk.get(f"{HERE}resultado/"))
    assert "Puntos hasta ahora" in page
    assert share not in page

    desk.post(f"{HERE}cerrar/")
    page = text(desk.get(f"{HERE}resultado/"))
    assert all(words in page for words in (CLAIM, total, share))
    assert "se dice cuando todo tiene puntaje" in page
    assert "Logro de cada subcriterio" in page


@pytest.mark.parametrize("mode", [SINGLE, ATTRIBUTES])
def test_it_closes_with_what_nobody_knows_left_blank_and_says_so(desk, agree, mode, counterpart) -> None:
    cycle = agree(mode)

    page = text(desk.get(f"{HERE}revision/"))
    assert "6.2" in page
    assert "Sin puntaje: se muestra «sin dato» y no suma puntos. El modelo lo permite." in page
    assert actions.close(cycle, today=TODAY, by=counterpart).is_open is False


def test_with_nothing_agreed_it_does_not_close(begin, cycle, counterpart) -> None:
    begin(SINGLE)
    with pytest.raises(InstrumentsError) as refused:
        actions.close(cycle, today=TODAY, by=counterpart)
    assert refused.value.code == "incomplete"


def test_with_nothing_agreed_every_page_asks_for_one_score_as_closing_does(begin, cycle, counterpart) -> None:
    begin(SINGLE)
    cycle = Cycle.objects.select_related("self_assessment__version__pack").get(pk=cycle.pk)
    told = queries.told(cycle, TODAY)

    with addresses():
        gate, report = list(elements_scored(cycle)), list(scores(told))

    assert [one.what for one in gate] == ["Acordar el puntaje de al menos un subcriterio"]
    assert report == gate


def test_who_closes_with_something_blank_reads_what_the_report_will_not_say(desk, agree) -> None:
    cycle = agree(SINGLE)
    assert "Queda 1 sin puntaje" in text(desk.get(f"{HERE}cerrar/"))
    cycle.self_assessment.sheets.exclude(element=FIRST).update(agreed_at=None, agreed_score=None)

    page = text(desk.get(f"{HERE}cerrar/"))

    assert "Quedan 3 sin puntaje" in page
    assert "El informe no dirá el tramo. Sin ningún puntaje y por eso sin resultado: 1 de 2 criterios." in page


def test_the_agreed_mark_of_each_way_is_kept_as_it_was_given(agree) -> None:
    cycle = agree(ATTRIBUTES)

    kept = read(cycle.self_assessment, TODAY).marks
    assert kept == MARKS[ATTRIBUTES]
    assert BLANK not in kept


def test_a_proposal_needs_every_attribute_and_says_so_at_the_field(desk, begin) -> None:
    begin(ATTRIBUTES)
    told = desk.post(place(FIRST, "propuesta/"), {"atributo_hacer": 50})

    assert told.context["form"].errors["atributo_planificar"] == ["Escriba un puntaje para cada atributo."]


@pytest.mark.parametrize("mode", [SINGLE, ATTRIBUTES])
def test_while_something_is_blank_closing_is_no_main_step_and_tells_how_many(desk, agree, mode) -> None:
    agree(mode)

    assert "Acordar puntajes" in text(desk.get(HERE))
    assert "Queda 1 sin puntaje" in text(desk.get(f"{HERE}cerrar/"))
