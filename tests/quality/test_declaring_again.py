"""What was declared stays once its stage is closed, and for good once the validators agreed their marks on it."""

import pytest

from cabildo.instruments.models import Layer
from cabildo.quality import queries
from cabildo.quality.actions import self_assessment
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Sending, Validation
from cabildo.quality.rules.validation import MARKING, ORDER
from cabildo.workflow.processes.actions import stages
from cabildo.workflow.processes.choices import StageState
from cabildo.workflow.processes.models import StageRun
from factories.assessment_models import model, publish_model
from factories.reports import TODAY, complete, signed_meeting, wide_model, written
from factories.validation import agency, agreed, begun, bruno, declared, vera

__all__ = [
    "agency", "agreed", "begun", "bruno", "complete", "declared", "model", "publish_model", "signed_meeting", "vera",
    "wide_model", "written",
]  # fmt: skip
pytestmark = pytest.mark.django_db
PAGE = "/m/puerto-claro/mesa/calidad/1/autoevaluacion/"
REPORT = "/m/puerto-claro/mesa/calidad/1/informe/"


def close_stage() -> StageRun:
    done = {"state": StageState.CLOSED, "started_on": TODAY, "ended_on": TODAY}
    StageRun.objects.filter(code="autoevaluacion").update(**done)
    return StageRun.objects.get(code="autoevaluacion")


def test_while_its_stage_is_open_the_self_assessment_opens_again(complete, counterpart, as_user) -> None:
    assert f'href="{PAGE}abrir/"' in as_user(counterpart).get(PAGE).content.decode()

    self_assessment.reopen(complete, reason="Se leyó mal.", by=counterpart)

    assert queries.cycles().get(pk=complete.pk).self_assessment.is_open


def test_once_its_stage_is_closed_it_stays_and_says_which_stage_to_open(complete, counterpart, as_user) -> None:
    stage, desk = close_stage(), as_user(counterpart)
    page = desk.get(PAGE).content.decode()
    assert f'href="{PAGE}abrir/"' not in page
    assert f"La etapa «{stage.label}» ya se cerró con lo que se declaró. Reábrala antes" in page

    told = desk.post(f"{PAGE}abrir/", {"reason": "Se leyó mal."}, follow=True).content.decode()

    assert "Reábrala antes, con su razón, en la página del proceso." in told
    assert not queries.cycles().get(pk=complete.pk).self_assessment.is_open


def test_the_report_is_not_sent_from_a_closed_stage_and_offers_no_button(complete, counterpart, as_user) -> None:
    close_stage()
    desk = as_user(counterpart)
    page = desk.get(REPORT).content.decode()
    assert f'href="{REPORT}enviar/"' not in page
    assert "ya se cerró con lo que se declaró" in page

    told = desk.post(f"{REPORT}enviar/", {"to": "Centro Validador"}, follow=True).content.decode()

    assert "ya se cerró con lo que se declaró" in told
    assert [*Sending.objects.all(), *Layer.objects.all()] == []


def test_once_its_stage_is_open_again_it_opens_too(complete, counterpart) -> None:
    stages.reopen_stage(close_stage(), reason="Faltó una ficha.", by=counterpart)

    self_assessment.reopen(complete, reason="Faltó una ficha.", by=counterpart)

    assert queries.cycles().get(pk=complete.pk).self_assessment.is_open


@pytest.mark.parametrize("state", ORDER)
def test_it_opens_again_only_while_each_validator_marks(cycle, begun, counterpart, state) -> None:
    Validation.objects.update(state=state)
    type(begun.declared.assessment).objects.update(closed_at="2026-11-23T12:00:00Z")
    if state in MARKING:
        assert self_assessment.reopen(cycle, reason="Se leyó mal.", by=counterpart).is_open
        return
    with pytest.raises(QualityError) as refused:
        self_assessment.reopen(cycle, reason="Se leyó mal.", by=counterpart)

    assert refused.value.code == ("declaration_firm" if state == "firm" else "declaration_agreed")


def test_validators_are_told_of_a_new_declaration_only_while_they_can_take_it(cycle, begun, vera, as_user) -> None:
    again = Layer.objects.get(pk=begun.declared_id)
    again.pk, again._state.adding, again.previous_id, again.reason = None, True, begun.declared_id, "Se corrigió."
    again.save()
    desk, page = as_user(vera.user), "/m/puerto-claro/mesa/calidad/1/validacion/"
    assert "Revisar lo nuevo" in desk.get(page).content.decode()

    Validation.objects.update(state="firm")

    assert "declaró de nuevo" not in desk.get(page).content.decode()
