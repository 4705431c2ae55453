"""Stage 3: begun on a model, written by the departments that have it, closed when nothing is missing."""

from datetime import date, timedelta

import pytest

from cabildo import audit
from cabildo.accounts.links import addresses
from cabildo.content import actions as packs
from cabildo.documents.queries import kept_documents_of
from cabildo.instruments.actions import consensus, evidence, sheets
from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.models import Assessment, Sheet
from cabildo.instruments.rules.scoring import Mark
from cabildo.quality import queries, sheet_duties
from cabildo.quality.actions import self_assessment as actions
from cabildo.quality.errors import QualityError
from cabildo.quality.gates.self_assessment import elements_scored
from cabildo.quality.models import Cycle
from cabildo.quality.queries import self_assessment as asked
from cabildo.workflow.processes import gates
from cabildo.workflow.processes import queries as processes
from conftest import make_member
from factories.assessment_models import model, publish_model
from factories.sheets import elements, paper, parts, wide_model

__all__ = ["model", "publish_model", "wide_model"]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def in_use(wide_model, puerto_claro):
    packs.adopt(municipality=puerto_claro, version=wide_model, follows_updates=False, by=audit.SYSTEM)
    return wide_model


@pytest.fixture
def begun(cycle, in_use, counterpart) -> Assessment:
    return actions.begin(cycle, by=counterpart)


def refusal(call, *values, **more) -> str:
    with pytest.raises((QualityError, InstrumentsError)) as refused:
        call(*values, **more)
    assert refused.value.sentence
    return refused.value.code


def fill(assessment: Assessment, by) -> None:
    """Every element at its first level, with one paper for all and each part summed up."""
    names = [*elements(0), *elements(1)]
    consensus.open_consensus(assessment, by=by)
    for name in names:
        sheet = sheets.write_sheet(
            assessment.sheets.get(element=name), revision=1, text="Se hace.", attested={"1": True}, by=by
        )
        consensus.agree(sheet, mark=Mark(1), revision=2, by=by)
    evidence.add_evidence(assessment, elements=names, files=[paper()], title="Decreto 1", kind="decree", by=by)
    for part in parts():
        sheets.write_summary(assessment, part=part, strengths="Hay orden.", gaps="", revision=0, by=by)


def test_it_begins_on_the_model_in_use_with_a_sheet_an_element_and_only_once(cycle, in_use, counterpart) -> None:
    begun = actions.begin(cycle, by=counterpart)

    assert (begun.version, begun.sheets.count()) == (in_use, len(elements(0)) + len(elements(1)))
    assert Cycle.objects.get().self_assessment == begun
    assert refusal(actions.begin, cycle, by=counterpart) == "self_assessment_begun"


def test_without_a_model_it_cannot_begin_and_with_several_somebody_chooses(
    cycle, counterpart, puerto_claro, model, wide_model
) -> None:
    assert refusal(actions.begin, cycle, by=counterpart) == "no_model"
    for version in (model, wide_model):
        packs.adopt(municipality=puerto_claro, version=version, follows_updates=False, by=audit.SYSTEM)

    assert refusal(actions.begin, cycle, by=counterpart) == "model_unchosen"
    assert refusal(actions.begin, cycle, version_id=0, by=counterpart) == "model_unchosen"
    assert actions.begin(cycle, version_id=model.pk, by=counterpart).version == model


def test_it_closes_and_opens_again_with_a_reason_and_a_closed_cycle_does_neither(cycle, begun, counterpart) -> None:
    assert refusal(actions.close, cycle, today=TODAY, by=counterpart) == "incomplete"
    fill(begun, counterpart)
    assert not actions.close(cycle, today=TODAY, by=counterpart).is_open
    assert refusal(actions.reopen, cycle, reason=" ", by=counterpart) == "reason_missing"
    assert actions.reopen(cycle, reason="Falta un papel.", by=counterpart).is_open

    Cycle.objects.update(closed_on=TODAY)
    assert refusal(actions.close, cycle, today=TODAY, by=counterpart) == "cycle_closed"


def test_closing_what_never_began_is_refused(cycle, counterpart) -> None:
    assert refusal(actions.close, cycle, today=TODAY, by=counterpart) == "self_assessment_missing"


def test_the_gate_says_step_by_step_what_is_missing_and_where(cycle, in_use, counterpart) -> None:
    def missing() -> list[tuple[str, str]]:
        now = asked.with_self_assessment().get(pk=cycle.pk)
        with addresses():
            return [(one.what, one.url.rpartition("/1/")[2]) for one in elements_scored(now)]

    assert missing() == [("Comenzar la autoevaluación", "autoevaluacion/")]
    begun = actions.begin(cycle, by=counterpart)
    count = len(elements(0)) + len(elements(1))
    assert missing() == [(f"Acordar el puntaje de {count} elementos", "autoevaluacion/consenso/")]
    fill(begun, counterpart)
    assert missing() == [("Cerrar la autoevaluación", "autoevaluacion/")]
    actions.close(cycle, today=TODAY, by=counterpart)
    assert missing() == []


def test_a_score_without_its_paper_is_told_by_the_gate(cycle, begun, counterpart) -> None:
    fill(begun, counterpart)
    evidence.stop_using(begun.evidence.get(), element=elements(0)[0], by=counterpart)

    with addresses():
        found = [(one.what, one.url) for one in elements_scored(asked.with_self_assessment().get())]
    assert [what for what, _url in found] == ["Completar 1 cosa de la revisión"]
    assert found[0][1].endswith("/autoevaluacion/revision/")


def test_the_process_that_ships_asks_for_this_gate(cycle) -> None:
    run = queries.run_of(cycle)
    process = processes.process_of(run.pack_version)
    gate = next(gate for stage in process.stages for gate in stage.gates if gate.check == "quality.elements_scored")

    with addresses():
        assert [one.what for one in gates.verdict(gate, run, {}).missing] == ["Comenzar la autoevaluación"]


def test_a_department_owes_what_it_answers_for_until_it_is_written(begun, counterpart, diego, obras, aseo) -> None:
    first, second, third = elements(0)
    due = TODAY + timedelta(days=2)
    sheets.assign(begun, elements=[first, second], department=obras, due_on=due, by=counterpart)
    sheets.assign(begun, elements=[third], department=aseo, helpers=[obras], by=counterpart)
    with addresses():
        owed = list(sheet_duties.duties(diego, TODAY, 10))
    assert [(one.due_on, one.state, one.department) for one in owed] == [(due, "due_soon", "Dirección de Obras")] * 2
    assert owed[0].url.endswith(f"/mesa/calidad/1/autoevaluacion/elementos/{first}/")

    sheets.write_sheet(Sheet.objects.get(element=first), revision=2, text="Se reúnen.", by=diego)
    with addresses():
        assert len(list(sheet_duties.duties(diego, TODAY, 10))) == 1
        assert len(list(sheet_duties.duties(diego, TODAY, 0))) == 0


def test_nobody_owes_what_is_closed_or_is_not_of_their_department(
    begun, counterpart, diego, obras, puerto_claro
) -> None:
    sheets.assign(begun, elements=elements(0)[:1], department=obras, by=counterpart)
    Assessment.objects.filter(pk=begun.pk).update(closed_at=begun.opened_at)
    outsider = make_member("Otra Persona", puerto_claro, "counter_officer")

    assert list(sheet_duties.duties(diego, TODAY, 10)) == []
    assert list(sheet_duties.duties(outsider, TODAY, 10)) == []


def statuses(as_user, address: str, *people) -> list[int]:
    """What each is answered; a file is read to its end."""
    found = []
    for person in people:
        answer = as_user(person).get(address)
        if answer.streaming:
            answer.getvalue()
        found.append(answer.status_code)
    return found


@pytest.fixture
def file_address(begun, counterpart) -> str:
    """Where the only file of a paper of the first element is opened."""
    told = {"title": "Decreto 1", "kind": "decree", "files": [paper()], "by": counterpart}
    kept = evidence.add_evidence(begun, elements=elements(0)[:1], **told).evidence
    return f"/m/puerto-claro/documentos/{kept_documents_of(kept).get().public_id}/"


def test_the_files_are_for_who_reads_the_whole_and_not_for_a_department_that_does_not_use_them(
    file_address, puerto_claro, diego, as_user
) -> None:
    control, committee = (make_member(f"De {one}", puerto_claro, one) for one in ("control_unit", "quality_committee"))
    assert statuses(as_user, file_address, control, committee, diego) == [200, 200, 403]


def test_a_department_opens_the_files_of_its_sheets(file_address, begun, counterpart, diego, as_user) -> None:
    department = diego.memberships.get().department
    sheets.assign(begun, elements=elements(0)[:1], department=department, by=counterpart)
    assert statuses(as_user, file_address, diego) == [200]


def test_who_validates_opens_the_files_once_it_is_closed(file_address, begun, puerto_claro, as_user) -> None:
    validator = make_member("Vera Lee", puerto_claro, "validator")
    assert statuses(as_user, file_address, validator) == [403]
    Assessment.objects.filter(pk=begun.pk).update(closed_at=begun.opened_at)
    assert statuses(as_user, file_address, validator) == [200]
