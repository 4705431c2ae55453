"""Papers with their files, shared between elements; figures of several years."""

from datetime import date
from decimal import Decimal

import pytest

from cabildo.db.revised import StaleError
from cabildo.documents.models import Document
from cabildo.instruments import actions, ownership
from cabildo.instruments.actions import evidence as verbs
from cabildo.instruments.actions import sheets
from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.models import Assessment, Evidence, YearFigure
from cabildo.instruments.queries import sheets as asked
from cabildo.instruments.queries.glance import glance
from factories.sheets import elements, paper, wide_model

__all__ = ["wide_model"]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
TOLD = {"title": "Decreto 12", "kind": "decree"}


@pytest.fixture
def assessment(wide_model, puerto_claro, diego) -> Assessment:
    opened = actions.open_assessment(version=wide_model, title="Autoevaluación", on=puerto_claro, by=diego)
    sheets.open_sheets(opened, by=diego)
    return opened


@pytest.fixture
def add(assessment, diego):
    def write(*files, elements=(), **more) -> verbs.Kept:
        told = {**TOLD, **more}
        return verbs.add_evidence(assessment, elements=elements, files=files or [paper()], by=diego, **told)

    return write


def refusal(call, *values, **more) -> str:
    with pytest.raises((InstrumentsError, StaleError)) as refused:
        call(*values, **more)
    assert refused.value.sentence
    return refused.value.code


def test_a_paper_has_several_files_and_shows_several_elements(assessment, add, diego) -> None:
    first, second, _third = elements(0)
    kept = add(paper("a.pdf"), paper("b.pdf", "dos"), elements=[first]).evidence
    verbs.use_evidence(kept, elements=[first, second], by=diego)

    assert {name: len(papers) for name, papers in asked.evidence_by_element(assessment).items()} == {
        first: 1,
        second: 1,
    }
    assert [one.original_name for one in asked.files_of([kept])[kept.pk]] == ["a.pdf", "b.pdf"]
    verbs.stop_using(kept, element=first, by=diego)
    assert [*asked.evidence_by_element(assessment)] == [second]


def test_a_file_that_another_paper_already_holds_is_told(add) -> None:
    first = add(paper("a.pdf"), title="El original").evidence

    assert add(paper("otro-nombre.pdf")).twins == [first]
    assert add(paper("a.pdf", "distinto")).twins == []


def test_a_paper_needs_a_file_an_element_of_the_model_and_dates_in_order(assessment, add, diego) -> None:
    given = {**TOLD, "by": diego}
    assert refusal(verbs.add_evidence, assessment, elements=[], files=[], **given) == "file_missing"
    assert refusal(add, elements=["nada"]) == "element_unknown"
    assert refusal(add, issued_on=TODAY, valid_until=date(2026, 1, 1)) == "dates_crossed"
    assert not Evidence.objects.exists()


def test_two_people_change_a_paper_and_the_second_is_told(add, diego, carmen) -> None:
    kept = add().evidence
    verbs.change_evidence(kept, revision=1, title="Decreto 13", files=[paper("c.pdf", "c")], by=diego)

    assert refusal(verbs.change_evidence, kept, revision=1, title="Decreto 14", by=carmen) == "stale"
    assert len(asked.files_of([kept])[kept.pk]) == 2


def test_what_is_used_stays_and_what_nothing_uses_goes_with_its_files(add, diego) -> None:
    kept = add(elements=elements(0)[:1]).evidence
    assert refusal(verbs.remove_evidence, kept, by=diego) == "evidence_in_use"
    verbs.stop_using(kept, element=elements(0)[0], by=diego)
    verbs.remove_evidence(kept, by=diego)

    assert not Evidence.objects.exists()
    assert [one.path for one in Document.objects.all()] == [None]


def test_one_file_of_several_is_destroyed_and_the_last_one_stays(add, diego) -> None:
    kept = add(paper("a.pdf"), paper("b.pdf", "b")).evidence
    first, second = asked.files_of([kept])[kept.pk]
    verbs.remove_file(kept, document=first, by=diego)

    assert refusal(verbs.remove_file, kept, document=second, by=diego) == "file_missing"
    assert asked.files_of([kept])[kept.pk] == [second]


def test_a_paper_carried_from_an_earlier_assessment_shows_its_files_and_changes_none(add, diego) -> None:
    first = add().evidence
    copy = add(title="La misma").evidence
    Evidence.objects.filter(pk=copy.pk).update(carried_from=first)
    copy.refresh_from_db()

    held = asked.files_of([copy])[copy.pk]
    assert held == asked.files_of([first])[first.pk]
    assert refusal(verbs.remove_file, first, document=held[0], by=diego) == "files_elsewhere"
    assert refusal(verbs.change_evidence, copy, revision=1, files=[paper()], by=diego) == "files_elsewhere"
    assert refusal(verbs.remove_evidence, first, by=diego) == "evidence_in_use"


def test_a_paper_no_longer_in_force_is_told_of_each_element_that_uses_it(assessment, add) -> None:
    add(elements=elements(0)[:2], valid_until=date(2026, 11, 22))
    add(elements=elements(0)[2:], valid_until=TODAY)

    expired = [fault.element for fault in glance(assessment, TODAY).faults if fault.code == "evidence_expired"]
    assert expired == elements(0)[:2]


def test_a_series_is_written_whole_corrected_and_a_year_left_blank_goes(assessment, diego) -> None:
    given = {"element": elements(1)[0], "indicator": " Licencias ", "unit": "días", "source": "Personal", "by": diego}
    assert verbs.write_series(assessment, values={2023: Decimal("9.5"), 2024: Decimal(8), 2025: None}, **given) == 2
    assert verbs.write_series(assessment, values={2023: None, 2025: Decimal(7)}, **given) == 2

    series = asked.series_by_element(assessment)[elements(1)[0]]["Licencias"]
    assert [(one.year, one.value) for one in series] == [(2024, 8), (2025, 7)]
    assert refusal(verbs.write_series, assessment, values={2024: None, 2025: None}, **given) == "figures_missing"
    assert refusal(verbs.write_series, assessment, values={}, **{**given, "indicator": " "}) == "indicator_missing"
    assert refusal(verbs.write_series, assessment, values={}, **{**given, "source": " "}) == "source_missing"
    verbs.remove_series(assessment, element=elements(1)[0], indicator="Licencias", by=diego)
    assert not YearFigure.objects.exists()


def test_the_files_are_for_whom_the_app_of_the_assessment_says(add, diego, as_user, monkeypatch) -> None:
    kept = add().evidence
    address = f"/m/puerto-claro/documentos/{asked.files_of([kept])[kept.pk][0].public_id}/"
    assert as_user(diego).get(address).status_code == 403

    readers = {"accounts.municipality": lambda user, evidence: user == diego and evidence == kept}
    monkeypatch.setattr(ownership, "_readers", readers)
    answer = as_user(diego).get(address)
    assert answer.getvalue().startswith(b"%PDF")
    answer.close()
