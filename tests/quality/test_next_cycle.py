"""A cycle ends and the next begins with its text and evidence, without its states and marks."""

import pytest
from django.core.files.base import ContentFile

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.instruments.actions import evidence, sheets
from cabildo.instruments.actions.copying import copy_assessment
from cabildo.instruments.models import Evidence, EvidenceUse, Layer, Sheet, YearFigure
from cabildo.instruments.queries.sheets import files_of
from cabildo.quality import queries
from cabildo.quality.actions.next_cycle import next_cycle
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle
from cabildo.workflow.processes.choices import RunState
from cabildo.workflow.processes.models import ProcessRun
from cabildo.workflow.processes.queries import stages_of
from factories.assessment_models import element_ids, model, publish_model
from quality.improvement_cases import TODAY, assess

__all__ = ["model", "publish_model"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def written(cycle, model, counterpart, obras):
    """A self-assessment with text, marks, a paper with its file and a figure in its first element."""
    assess(cycle, model, counterpart)
    element = element_ids()[0]
    told = {"text": "Se hace cada mes.", "department": obras, "attested": {"1": True}, "agreed_score": 2}
    Sheet.objects.filter(assessment=cycle.self_assessment, element=element).update(
        **told, agreed_at=cycle.self_assessment.opened_at, agreed_by=counterpart
    )
    file = ContentFile(b"Decreto 1", name="decreto.txt")
    paper = {"title": "Decreto 1", "kind": "decree", "note": ""}
    kept = evidence.add_evidence(cycle.self_assessment, elements=[element], files=[file], by=counterpart, **paper)
    series = {"indicator": "Decretos", "unit": "N°", "source": "Secretaría", "values": {2025: 3}}
    evidence.write_series(cycle.self_assessment, element=element, evidence=kept.evidence, by=counterpart, **series)
    return cycle


@pytest.fixture
def ended(written):
    ProcessRun.objects.update(state=RunState.ENDED, ended_on=TODAY)
    return written


def test_a_copy_has_text_and_papers_and_none_of_the_marks(written, counterpart) -> None:
    source, first = written.self_assessment, element_ids()[0]

    made = copy_assessment(source, title="Otra", on=written, by=counterpart)
    sheet = made.sheets.get(element=first)

    assert (made.previous, made.version, made.is_open) == (source, source.version, True)
    assert made.sheets.count() == len(element_ids())
    assert (sheet.text, sheet.department) == ("Se hace cada mes.", source.sheets.get(element=first).department)
    assert (sheet.attested, sheet.score, sheet.agreed_score, sheet.agreed_at, sheet.written_at) == (
        {},
        None,
        None,
        None,
        None,
    )
    assert not Layer.objects.filter(assessment=made).exists()
    assert source.sheets.get(element=first).agreed_score == 2


def test_a_copied_text_waits_until_somebody_confirms_it(written, counterpart) -> None:
    made = copy_assessment(written.self_assessment, title="Otra", on=written, by=counterpart)
    sheet = made.sheets.get(element=element_ids()[0])
    assert (sheet.is_carried, sheet.is_written) == (True, False)

    kept = sheets.write_sheet(sheet, revision=sheet.revision, text=sheet.text, by=counterpart)

    assert (kept.is_carried, kept.is_written, kept.text) == (False, True, "Se hace cada mes.")


def test_a_copied_paper_opens_the_same_file_and_its_figures_follow(written, counterpart) -> None:
    source = written.self_assessment
    made = copy_assessment(source, title="Otra", on=written, by=counterpart)
    third = copy_assessment(made, title="Y otra", on=written, by=counterpart)
    first, paper, last = (Evidence.objects.get(assessment=one) for one in (source, made, third))

    assert (paper.carried_from, last.carried_from) == (first, first)
    assert {document.original_name for document in files_of([last])[last.pk]} == {"decreto.txt"}
    assert EvidenceUse.objects.get(evidence=paper).element == element_ids()[0]
    figure = YearFigure.objects.get(assessment=made)
    assert (figure.year, figure.value, figure.evidence) == (2025, 3, paper)


def test_the_next_cycle_names_the_one_before_and_starts_at_its_first_stage(ended, counterpart) -> None:
    following = next_cycle(ended, today=TODAY, by=counterpart)
    ended.refresh_from_db()
    run = queries.run_of(following)

    assert (ended.closed_on, following.previous, following.number) == (TODAY, ended, 2)
    assert following.diagnosis.previous == ended.diagnosis
    assert following.self_assessment.previous == ended.self_assessment
    assert (run.previous, run.cycle, run.on_id) == (queries.run_of(ended), 2, "2")
    assert [stage.state for stage in stages_of(run)][:2] == ["running", "to_begin"]
    assert queries.cycle_of(run) == following


def test_the_next_cycle_uses_the_model_in_use_when_it_is_a_newer_version(
    ended, publish_model, puerto_claro, counterpart
) -> None:
    newer = publish_model(2)
    packs.adopt(municipality=puerto_claro, version=newer, follows_updates=True, by=audit.SYSTEM)

    following = next_cycle(ended, today=TODAY, by=counterpart)

    assert following.self_assessment.version == newer
    assert following.self_assessment.sheets.get(element=element_ids()[0]).text == "Se hace cada mes."


def test_a_cycle_with_open_stages_does_not_end_and_says_which(written, counterpart) -> None:
    with pytest.raises(QualityError, match="stages_open") as refused:
        next_cycle(written, today=TODAY, by=counterpart)

    assert "7. Implementación" in refused.value.sentence
    written.refresh_from_db()
    assert written.closed_on is None


def test_the_page_says_what_is_copied_and_begins_it_only_when_all_is_closed(ended, as_user, counterpart) -> None:
    desk, here = as_user(counterpart), "/m/puerto-claro/mesa/calidad/1/nuevo-ciclo/"
    page = desk.get(here).content.decode()
    assert "Las evidencias, con sus archivos" in page
    assert "Los puntajes, los niveles marcados" in page

    answer = desk.post(here, follow=True)

    assert answer.redirect_chain[-1][0].endswith("/mesa/calidad/2/diagnostico/")
    assert "Terminó el ciclo 1 y comenzó el 2." in answer.content.decode()
    assert "Este ciclo terminó el" in desk.get(here).content.decode()


def test_what_a_cycle_that_ended_was_diagnosed_stays_as_it_was(ended, as_user, counterpart) -> None:
    diagnosis = ended.diagnosis
    type(diagnosis).objects.filter(pk=diagnosis.pk).update(closed_at=diagnosis.opened_at)
    Cycle.objects.filter(pk=ended.pk).update(band="medium", closed_on=TODAY)
    desk, here = as_user(counterpart), "/m/puerto-claro/mesa/calidad/1/diagnostico/"

    assert "abrir/" not in desk.get(here).content.decode()
    refused = desk.post(f"{here}abrir/", {"reason": "Corregir"}, follow=True)
    planned = desk.post(f"{here}reunion/", {"day": TODAY, "hour": "09:00", "place": "Salón"}, follow=True)

    diagnosis.refresh_from_db()
    assert (diagnosis.is_open, Cycle.objects.get(pk=ended.pk).band) == (False, "medium")
    assert all("El ciclo 1 terminó y ya no cambia" in answer.content.decode() for answer in (refused, planned))
