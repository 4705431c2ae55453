"""Stage 4 on panels: layers by score or by attribute, how far they agree, and the report that goes out."""

from collections.abc import Callable
from typing import Any

import pytest

from cabildo.instruments.actions.layers import seal
from cabildo.instruments.queries import layers
from cabildo.instruments.rules.scoring import Mark
from cabildo.quality import feedback_report
from cabildo.quality.actions import validation as actions
from cabildo.quality.actions.feedback import issue
from cabildo.quality.choices import ChangeReason
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, Finding, Validation
from cabildo.quality.queries import validation as queries
from factories.validation import agency, bruno, hold_interview, send, tell_everything, vera
from quality.caf_cases import ATTRIBUTES, BLANK, CLAIM, FIRST, MARKS, SINGLE, agree, begin, caf

__all__ = ["agency", "agree", "begin", "bruno", "caf", "vera"]
pytestmark = pytest.mark.django_db
HOME = "/m/puerto-claro/mesa/calidad/1/"
LOWER = {SINGLE: Mark(30), ATTRIBUTES: Mark(attributes={"planificar": 60, "hacer": 50, "revisar": 10, "ajustar": 0})}
MODES = pytest.mark.parametrize("mode", [SINGLE, ATTRIBUTES])
LABEL = "1.1 Rumbo y valores de la institución"


@pytest.fixture
def review(agree, vera, counterpart) -> Callable[[str], Validation]:
    """Declared, with one validator who begins to read."""

    def review(mode: str) -> Validation:
        cycle: Cycle = agree(mode)
        given = {"party": "declared", "label": "Comité de Mejora", "marks": MARKS[mode], "by": counterpart}
        seal(cycle.self_assessment, **given)
        send(cycle, vera)
        return actions.begin_review(cycle, by=vera.user)

    return review


def mark(review: Validation, name: str, given: Mark, by: Any, **reason: str) -> None:
    wanted = {"score": given.score, "attributes": dict(given.attributes), **reason}
    actions.write_mark(review, name, revision=0, by=by, **wanted)


def mark_all(review: Validation, mode: str, by: Any) -> None:
    """As declared, but for the first."""
    reason = {"reason_code": ChangeReason.PARTIAL_EVIDENCE, "reason": "Falta el acta de la revisión."}
    mark(review, FIRST, LOWER[mode], by, **reason)
    for name, given in MARKS[mode].items():
        if name != FIRST:
            mark(review, name, given, by)


@pytest.fixture
def validate(review, vera) -> Callable[[str], Validation]:
    """Sealed, spoken with the municipality, agreed."""

    def validate(mode: str) -> Validation:
        begun = review(mode)
        mark_all(begun, mode, vera.user)
        actions.seal_own(begun, by=vera.user)
        hold_interview(begun, vera.user)
        actions.seal_consensus(begun, by=vera.user)
        return Validation.objects.get(pk=begun.pk)

    return validate


def refusal(call: Callable[..., Any], *values: Any, **more: Any) -> QualityError:
    with pytest.raises(QualityError) as refused:
        call(*values, **more)
    return refused.value


def text(answer) -> str:
    return answer.content.decode()


@MODES
def test_what_was_declared_blank_may_stay_blank_and_nothing_else(review, vera, mode) -> None:
    begun = review(mode)
    mark(begun, FIRST, MARKS[mode][FIRST], vera.user)
    refused = refusal(actions.seal_own, begun, by=vera.user)
    assert (refused.code, refused.facts["count"]) == ("marks_unfinished", 2)

    for name in set(MARKS[mode]) - {FIRST}:
        mark(begun, name, MARKS[mode][name], vera.user)
    layer = actions.seal_own(begun, by=vera.user)
    assert layers.marks_of(layer) == {**MARKS[mode], BLANK: Mark()}
    assert layers.is_intact(layer)


def test_half_a_mark_is_not_sealed_and_counts_nothing(review, vera) -> None:
    begun = review(ATTRIBUTES)
    mark_all(begun, ATTRIBUTES, vera.user)
    mark(begun, BLANK, Mark(attributes={"metas": 80}), vera.user, reason_code="no_evidence", reason="Hay metas.")

    refused = refusal(actions.seal_own, begun, by=vera.user)
    assert (refused.code, refused.facts["count"]) == ("marks_unfinished", 1)


@MODES
def test_the_desk_shows_both_marks_by_criterion_and_the_panel(review, vera, as_user, mode) -> None:
    mark_all(review(mode), mode, vera.user)
    desk = as_user(vera.user)

    page = text(desk.get(f"{HOME}validacion/"))
    assert CLAIM in page
    assert page.count("<table") == 2
    assert "Subcriterios puntuados" in page
    assert "sin puntaje, como se declaró" in page
    page = text(desk.get(f"{HOME}validacion/elementos/{FIRST}/"))
    assert "<strong>71–90. Se ajusta.</strong>" in page
    assert "Subcriterio 1 de 4" in page
    assert "Decreto alcaldicio que aprueba la misión, la visión y los valores municipales" in page


@MODES
def test_agreement_is_near_within_a_fifth_of_the_scale(validate, vera, as_user, mode) -> None:
    whole = queries.whole_of(validate(mode))

    found = whole.agreement_with(whole.consensus)
    assert (found.pairs, found.exact.points, found.within_one.points, found.step) == (3, 2, 3, 20)
    assert found.largest == 10
    page = text(as_user(vera.user).get(f"{HOME}validacion/acuerdo/"))
    assert "A 20 puntos o menos" in page
    assert "3 de 3" in page


@MODES
def test_findings_are_of_subcriteria_and_ask_for_no_element(validate, vera, as_user, mode) -> None:
    begun, desk = validate(mode), as_user(vera.user)
    url = f"{HOME}validacion/hallazgos/sub_1_1/agregar/"
    form = desk.get(url).context["form"]
    assert form.fields["element"].widget.is_hidden

    desk.post(url, {"kind": "strength", "element": "", "text": "La misión se conoce.", "revision": 0})
    assert Finding.objects.get(cycle=begun.cycle).subcriterion == "sub_1_1"
    assert LABEL in text(desk.get(f"{HOME}validacion/hallazgos/"))


@MODES
def test_the_report_says_what_the_model_is_and_names_each_subcriterion_once(
    validate, vera, counterpart, as_user, mode
) -> None:
    begun = validate(mode)
    tell_everything(begun, vera.user)
    issue(Validation.objects.get(pk=begun.pk), by=vera.user)
    whole = queries.whole_of(Validation.objects.get(pk=begun.pk))
    content = feedback_report.Content(whole, whole.consensus, queries.findings_of(begun.cycle), [], 1)

    told = repr(feedback_report.report(content))
    assert CLAIM in told
    assert "Puntajes por subcriterio" in told
    assert f"{LABEL}: " not in told
    assert "lemento" not in told.replace("Sobre el modelo", "")
    page = text(as_user(counterpart).get(f"{HOME}retroalimentacion/"))
    assert "30 de 100" in page
    assert "lemento de gestión" not in page
