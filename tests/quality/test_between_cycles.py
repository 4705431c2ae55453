"""A cycle on another version of the model: what comes along the published mapping, what compares, what stays behind."""

from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.instruments.actions import layers
from cabildo.instruments.models import EvidenceUse, YearFigure
from cabildo.instruments.rules.scoring import Mark
from cabildo.quality.actions.next_cycle import next_cycle
from cabildo.quality.models import Cycle
from cabildo.quality.queries import implementation as reached
from cabildo.quality.queries.between_cycles import between_cycles, next_model
from cabildo.quality.queries.improvement import baseline_of
from cabildo.quality.queries.validation import DECLARED
from cabildo.workflow.processes.choices import RunState
from cabildo.workflow.processes.models import ProcessRun
from factories import model_mappings as made
from factories.assessment_models import element_ids, model, publish_model
from factories.model_mappings import publish_mapping, second_model
from quality.improvement_cases import TODAY, assess, issue, write_plan
from quality.test_next_cycle import written

__all__ = ["model", "publish_mapping", "publish_model", "second_model", "written"]
pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/2/ciclo-anterior/"
NEW_IDS = [made.after(place) for place in range(len(element_ids()))]


@pytest.fixture
def ended(written, second_model, puerto_claro):
    """The first cycle is over, every element with some text, and the second version of its model is in use."""
    written.self_assessment.sheets.filter(text="").update(text="Se hace de otro modo.")
    ProcessRun.objects.update(state=RunState.ENDED, ended_on=TODAY)
    packs.adopt(municipality=puerto_claro, version=second_model, follows_updates=True, by=audit.SYSTEM)
    return written


@pytest.fixture
def mapped(ended, publish_mapping, counterpart) -> Cycle:
    """The second cycle, begun once the mapping was published."""
    publish_mapping()
    return next_cycle(ended, today=TODAY, by=counterpart)


def declare(cycle: Cycle, by, score: int) -> None:
    marks = {name: Mark(score) for name in cycle.self_assessment.sheets.values_list("element", flat=True)}
    layers.seal(cycle.self_assessment, party=DECLARED, label="Comité", marks=marks, by=by)


def test_text_papers_and_figures_come_along_the_mapping(mapped, second_model) -> None:
    following = mapped.self_assessment
    text = dict(following.sheets.values_list("element", "text"))

    assert following.version == second_model
    assert text[made.after(made.REWORDED)] == "Se hace cada mes."
    assert text[made.after(made.ENDED)] == ""
    assert EvidenceUse.objects.get(evidence__assessment=following).element == made.after(made.REWORDED)
    assert YearFigure.objects.get(assessment=following).element == made.after(made.REWORDED)


def test_the_copy_pins_its_mapping_and_tells_what_did_not_come(mapped) -> None:
    found = between_cycles(mapped).brought
    names = [one.item.id for one in found.stayed]

    assert str(mapped.self_assessment.mapping) == "model_mappings/de-prueba v1"
    assert (names, found.stayed[0].reason, found.stayed[0].had_text) == (
        [made.before(made.ENDED)],
        "Lo cubre otra norma.",
        True,
    )
    assert [one.item.id for one in found.begun] == [made.after(made.ENDED)]
    assert {one.item.id for one in found.changed} == {made.after(made.REWORDED), made.after(made.MOVED)}


def test_without_a_mapping_text_goes_by_name_and_no_score_compares(ended, counterpart) -> None:
    following = next_cycle(ended, today=TODAY, by=counterpart)
    declare(following, counterpart, 4)
    found = between_cycles(following)

    assert following.self_assessment.mapping is None
    assert {one.item.id for one in found.brought.stayed} == {made.before(made.REWORDED), made.before(made.ENDED)}
    assert (found.is_comparable, found.declared.compared.found) == (False, None)


def test_declared_compares_with_declared_and_an_unsealed_side_is_unknown(mapped, counterpart) -> None:
    assert between_cycles(mapped).declared.compared is None

    declare(mapped, counterpart, 4)
    found = between_cycles(mapped)

    changes = {one.after_id: one.difference for one in found.declared.compared.found.changes}
    assert changes == {name: Fraction(2, 5) for name in NEW_IDS if name != made.after(made.ENDED)}
    assert (found.declared.compared.found.total, found.validated.compared) == (None, None)


def test_scores_of_before_are_shown_while_the_new_ones_are_not_sent(mapped, counterpart, as_user) -> None:
    desk = as_user(counterpart)
    sheet = load_workbook(BytesIO(desk.get(f"{HERE}?formato=xlsx").content)).active
    rows = [row[1:4] for row in sheet.iter_rows(values_only=True) if row[0] != "Cambiaron de texto o de lugar"]

    assert rows.count((2, None, None)) == len(NEW_IDS) - 1
    assert "Este ciclo todavía no envía su informe." in desk.get(HERE).content.decode()


def test_the_next_cycle_goes_on_with_another_model_only_where_a_mapping_leads(
    written, model, publish_model, puerto_claro
) -> None:
    body = made.second_body()
    body["pack"] |= {"id": "assessment_models/otro", "version": 1}
    other = packs.publish(body=body, by=audit.SYSTEM).version
    packs.adopt(municipality=puerto_claro, version=other, follows_updates=True, by=audit.SYSTEM)
    assert next_model(written.self_assessment).is_same

    packs.publish(body=made.mapping(after={"model": "assessment_models/otro", "version": 1}), by=audit.SYSTEM)

    assert next_model(written.self_assessment).after == other


def test_what_a_plan_won_compares_along_the_mapping_and_an_ended_element_asks_for_nothing(
    cycle, model, publish_mapping, second_model, counterpart
) -> None:
    assess(cycle, model, counterpart)
    issue(cycle, counterpart)
    write_plan(cycle, counterpart)
    Cycle.objects.filter(pk=cycle.pk).update(closed_on=TODAY)
    following = Cycle.objects.create(municipality=cycle.municipality, number=2, opened_on=TODAY, previous=cycle)
    assess_second(following, second_model, counterpart)
    baseline = baseline_of(cycle)
    assert not reached.before_and_after(cycle, baseline).is_comparable

    publish_mapping()
    found = reached.before_and_after(cycle, baseline)

    assert (found.is_comparable, found.is_complete, str(found.mapping)) == (True, True, "model_mappings/de-prueba v1")
    assert {row.element: row.reached for row in found.rows if not row.ended} == {
        row.element: 4 for row in found.rows if row.element != made.before(made.ENDED)
    }


def assess_second(cycle: Cycle, version, by) -> None:
    """As `assess`, with the elements of the second version."""
    from cabildo.instruments import actions as instruments
    from cabildo.instruments.actions import sheets

    cycle.self_assessment = instruments.open_assessment(version=version, title="Autoevaluación", on=cycle, by=by)
    sheets.open_sheets(cycle.self_assessment, by=by)
    cycle.save()
    declare(cycle, by, 4)


def test_the_page_says_along_what_it_compares_and_what_stayed_behind(mapped, as_user, counterpart) -> None:
    declare(mapped, counterpart, 4)

    page = as_user(counterpart).get(HERE).content.decode()

    assert "Se compara según: Correspondencia de prueba, versión 1 (demostración, no oficial)." in page
    assert "Lo que no vino del ciclo anterior" in page
    assert "Lo cubre otra norma." in page
    assert "comienza: Lo pide la norma nueva." in page
    assert "No comparable" not in page


def test_the_page_says_no_comparable_and_what_to_do(ended, as_user, counterpart) -> None:
    desk = as_user(counterpart)
    before = desk.get("/m/puerto-claro/mesa/calidad/1/nuevo-ciclo/").content.decode()
    next_cycle(ended, today=TODAY, by=counterpart)

    page = desk.get(HERE).content.decode()

    assert "El modelo cambia" in before
    assert "se copia lo de los elementos que tienen el mismo identificador" in before
    assert "Pídala a quien publica el modelo" in page
    assert "no comparable" in page


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_both_cycles_are_compared_on_paper_too(mapped, as_user, counterpart, kind) -> None:
    answer = as_user(counterpart).get(f"{HERE}?formato={kind}")

    assert answer["Content-Disposition"].startswith('attachment; filename="ciclo-2-frente-al-anterior-')


def test_the_workbook_has_a_row_for_every_element(mapped, as_user, counterpart) -> None:
    declare(mapped, counterpart, 4)
    sheet = load_workbook(BytesIO(as_user(counterpart).get(f"{HERE}?formato=xlsx").content)).active
    rows = [row[1:4] for row in sheet.iter_rows(values_only=True)]

    assert rows.count((2, 4, 2)) == len(NEW_IDS) - 1
    assert rows.count(("—", 4, "—")) == 1


def test_a_first_cycle_has_nothing_before_it(written, as_user, counterpart) -> None:
    assert as_user(counterpart).get("/m/puerto-claro/mesa/calidad/1/ciclo-anterior/").status_code == 404


def test_who_has_no_part_in_the_programme_does_not_see_it(mapped, as_user, diego) -> None:
    assert as_user(diego).get(HERE).status_code == 403
