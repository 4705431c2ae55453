"""The report is refused while one of its five contents is missing, and stands as it was sent."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo.accounts.links import addresses
from cabildo.documents.queries import documents_of
from cabildo.instruments.models import Layer
from cabildo.meetings.actions.signing import write_acta
from cabildo.meetings.models import Meeting
from cabildo.quality.actions import report as actions
from cabildo.quality.actions import sending
from cabildo.quality.errors import QualityError
from cabildo.quality.gates import report as gates
from cabildo.quality.models import Background, BackgroundFigure, Cycle, Report, Sending
from cabildo.quality.queries import report as queries
from cabildo.quality.queries.self_assessment import with_self_assessment
from cabildo.quality.shown import report as shown
from conftest import make_member
from factories.reports import TODAY, complete, consultant, contract, signed_meeting, wide_model, written
from factories.sheets import PDF

__all__ = ["complete", "consultant", "contract", "signed_meeting", "wide_model", "written"]
pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/1/informe/"


def told(cycle: Cycle) -> queries.Told:
    return queries.told(with_self_assessment().get(pk=cycle.pk), TODAY)


def send(cycle: Cycle, by, **more) -> Sending:
    now = shown.now(told(cycle))
    copy = sending.Copy(name="Informe", pdf=PDF, data=b"libro", content_sha256=more.pop("seen", now))
    given = {"to": "Centro Validador", "copy": copy, "today": TODAY, "by": by}
    with addresses():
        return sending.send_report(told(cycle).cycle, **(given | more))


def missing(cycle: Cycle) -> list[tuple[str, str]]:
    with addresses():
        return [(one.what, one.url.split("/calidad/1/")[-1]) for one in gates.five_contents(told(cycle))]


def test_a_whole_report_misses_nothing(complete) -> None:
    assert missing(complete) == []


def test_each_content_that_is_missing_is_named_with_its_place(complete) -> None:
    Report.objects.update(letter_number="")
    Meeting.objects.filter(title="Acuerdo de puntajes").update(state="minuted")
    Background.objects.update(challenges="")
    BackgroundFigure.objects.filter(kind="population").delete()

    assert [place for _what, place in missing(complete)] == [
        "oficio/".join(["informe/", ""]),
        missing(complete)[1][1],
        "informe/antecedentes/textos/",
        "informe/antecedentes/",
    ]


def test_an_element_without_its_evidence_leads_to_its_sheet(complete) -> None:
    sheet = complete.self_assessment.sheets.order_by("pk").first()
    complete.self_assessment.figures.filter(element=sheet.element).delete()
    for paper in complete.self_assessment.evidence.all():
        paper.uses.filter(element=sheet.element).delete()

    assert [place for _what, place in missing(complete)] == [f"autoevaluacion/elementos/{sheet.element}/"]


def test_scores_that_may_still_change_are_not_sent(complete) -> None:
    type(complete.self_assessment).objects.filter(pk=complete.self_assessment_id).update(closed_at=None)

    assert missing(complete) == [("Cerrar la autoevaluación", "autoevaluacion/")]


def test_evidence_is_not_called_whole_while_a_score_is_open(complete) -> None:
    sheet = complete.self_assessment.sheets.order_by("pk").last()
    type(sheet).objects.filter(pk=sheet.pk).update(agreed_at=None, agreed_by=None, agreed_score=None)

    with addresses():
        states = [step.state for step in shown.steps(told(complete))]

    assert states == ["done", "done", "done", "pending", "done"]


def test_sending_keeps_the_copy_and_seals_what_was_declared(complete, counterpart) -> None:
    sent = send(complete, counterpart)

    layer = Layer.objects.get()
    assert (sent.letter_number, sent.letter_on, sent.to) == ("ORD 77", date(2026, 11, 21), "Centro Validador")
    assert layer.party == "declared"
    assert set(layer.marks.values_list("score", flat=True)) == {3}
    kept = documents_of(sent)
    assert [one.media_type.rpartition(".")[2] for one in kept] == ["application/pdf", "sheet"]
    assert kept[0].sha256 == sent.sha256


def test_a_report_that_misses_something_is_refused_and_says_what(complete, counterpart) -> None:
    Background.objects.update(organisation="")

    with pytest.raises(QualityError, match="contents_missing") as refused:
        send(complete, counterpart)

    assert "Escribir cómo se organiza la municipalidad" in refused.value.sentence
    assert not Layer.objects.exists()


def test_what_changed_since_the_copy_was_made_is_not_sent(complete, counterpart) -> None:
    seen = shown.now(told(complete))
    Background.objects.update(challenges="Otros desafíos.")

    with pytest.raises(QualityError, match="content_changed"):
        send(complete, counterpart, seen=seen)


def test_the_same_is_not_sent_twice_and_another_time_says_why(complete, counterpart) -> None:
    send(complete, counterpart)
    with pytest.raises(QualityError, match="already_sent"):
        send(complete, counterpart)
    Background.objects.update(challenges="Otros desafíos.")
    with pytest.raises(QualityError, match="resend_reason_missing"):
        send(complete, counterpart)

    again = send(complete, counterpart, reason="Se corrigió un texto.")

    assert again.reason == "Se corrigió un texto."
    assert Layer.objects.count() == 1  # the marks are those that were sealed


def reviewed(cycle: Cycle, by) -> None:
    actions.review(cycle, subject="report", seen=shown.now(told(cycle)), remarks="Sin observaciones.", by=by)


def test_it_is_not_sent_before_the_consultant_reviewed_what_it_says_now(
    complete, contract, consultant, counterpart
) -> None:
    with pytest.raises(QualityError, match="review_missing") as refused:
        send(complete, counterpart)
    assert "Pedir a la consultoría que revise: Informe de Autoevaluación" in refused.value.sentence
    reviewed(complete, consultant)
    Background.objects.update(challenges="Otros desafíos.")
    with pytest.raises(QualityError, match="review_missing") as refused:
        send(complete, counterpart)
    assert "el contenido cambió después de la última" in refused.value.sentence
    assert not Layer.objects.exists()

    reviewed(complete, consultant)

    assert send(complete, counterpart).subject == "report"


def test_the_page_offers_the_sending_once_it_was_reviewed(complete, contract, consultant, counterpart, as_user) -> None:
    desk = as_user(counterpart)
    page = desk.get(HERE).content.decode()
    assert "Antes de enviarlo falta" in page
    assert f'href="{HERE}enviar/"' not in page
    assert (
        "Falta: Pedir a la consultoría" in desk.post(f"{HERE}enviar/", {"to": "Centro"}, follow=True).content.decode()
    )

    reviewed(complete, consultant)
    page = desk.get(HERE).content.decode()

    assert f'href="{HERE}enviar/"' in page
    assert "Antes de enviarlo falta" not in page


def test_without_a_contract_nobody_could_review_and_the_gate_says_whom_to_ask(complete, counterpart) -> None:
    assert send(complete, counterpart).subject == "report"

    with addresses():
        lack = next(iter(gates.report_reviewed_by_consultant(complete)))
    assert lack.what.startswith("Pedir al organismo del programa una consultoría")
    assert lack.url.endswith("/calidad/1/consultoria/")


def test_a_process_that_asks_for_no_review_sends_without_it(complete, contract, counterpart, monkeypatch) -> None:
    monkeypatch.setattr(gates, "process_of", lambda _version: SimpleNamespace(stages=()))

    assert send(complete, counterpart).subject == "report"


def test_a_review_stands_until_the_content_changes(complete, contract, consultant) -> None:
    seen = shown.now(told(complete))
    with addresses():
        assert [one.what for one in gates.report_reviewed_by_consultant(complete)] == [
            "Pedir a la consultoría que revise: Informe de Autoevaluación"
        ]
        actions.review(complete, subject="report", seen=seen, remarks="Sin observaciones.", by=consultant)
        assert list(gates.report_reviewed_by_consultant(told(complete).cycle)) == []
        BackgroundFigure.objects.filter(kind="population").update(value=Decimal(99))
        assert len(list(gates.report_reviewed_by_consultant(told(complete).cycle))) == 1


def test_a_new_letter_does_not_ask_for_a_new_review(complete) -> None:
    seen = shown.now(told(complete))
    Report.objects.update(letter_number="ORD 78")

    assert shown.now(told(complete)) == seen


def test_a_meeting_of_another_body_backs_nothing(written, committee, counterpart) -> None:
    other = Meeting.objects.create(
        municipality=written.municipality, number=99, year=2026, title="Otra", kind="working",
        planned_start_at=timezone.now(), planned_end_at=timezone.now() + timezone.timedelta(hours=1),
    )  # fmt: skip

    with pytest.raises(QualityError, match="not_of_committee"):
        actions.choose_acta(written, meeting=other, revision=0, by=counterpart)


@pytest.mark.parametrize(
    ("kind", "wanted", "code"),
    [
        ("rural", {"value": Decimal(5)}, "whole_missing"),
        ("rural", {"value": Decimal(5), "whole": Decimal(4)}, "part_above_whole"),
        ("population", {"value": Decimal(5), "year": 2027}, "year_in_future"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(cycle, counterpart, kind, wanted, code) -> None:
    given = {"year": 2024, "source": "INE", "asked_year": None, "revision": 0, "today": TODAY, "by": counterpart}

    with pytest.raises(QualityError, match=code):
        actions.save_figure(cycle, kind=kind, **(given | wanted))


def test_a_figure_without_source_is_refused_by_the_database(complete) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BackgroundFigure.objects.update(source="")


def test_a_share_carries_both_counts_and_what_is_unknown_is_no_zero(complete) -> None:
    with addresses():
        lines = {line.label: line.words for line in shown.figures(told(complete))}

    assert lines["Población rural"] == "3.086 de 12.001 personas, 25,7\xa0%"
    assert lines["Superficie"] == lines["Presupuesto ejecutado 2025"] == "sin dato"


def test_the_page_asks_the_same_number_of_questions_whatever_the_evidence(complete, counterpart, as_user) -> None:
    desk = as_user(counterpart)
    desk.get(HERE)
    with CaptureQueriesContext(connection) as few:
        desk.get(HERE)
    paper = complete.self_assessment.evidence.first()
    for number in range(4):
        paper.pk, paper._state.adding, paper.title = None, True, f"Otra {number}"
        paper.save()
        figure = complete.self_assessment.figures.first()
        figure.pk, figure._state.adding, figure.year = None, True, 2010 + number
        figure.save()

    with CaptureQueriesContext(connection) as many:
        desk.get(HERE)

    assert len(many) == len(few)


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_who_reads_the_drafts_takes_the_files(complete, counterpart, as_user, kind) -> None:
    answer = as_user(counterpart).get(f"{HERE}informe.{kind}")

    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{kind}"')


def test_from_the_page_of_the_report_to_its_sending(complete, counterpart, as_user) -> None:
    desk = as_user(counterpart)

    sent = desk.post(f"{HERE}enviar/", {"to": "Centro Validador"}, follow=True)

    assert "Informe enviado." in sent.content.decode()
    assert documents_of(Sending.objects.get()).first().size > 20_000


def test_the_letter_comes_with_number_date_and_file(written, counterpart, as_user) -> None:
    paper = SimpleUploadedFile("oficio.pdf", PDF)
    given = {"letter_number": "ORD 1", "letter_on": "2026-01-05", "paper": paper, "revision": 0}

    as_user(counterpart).post(f"{HERE}oficio/", given)

    assert Report.objects.get().letter_number == "ORD 1"
    assert documents_of(Report.objects.get()).count() == 1


def test_who_validates_opens_the_letter_and_the_acta_from_the_page(complete, puerto_claro, as_user) -> None:
    with addresses():
        write_acta(queries.backing_acta(complete))
    outside = as_user(make_member("Vera Ruiz", puerto_claro, "validator"))
    page = outside.get(HERE).content.decode()

    letter = documents_of(Report.objects.get()).get()
    for address in (f"/m/puerto-claro/documentos/{letter.public_id}/", f"{HERE}acta.pdf"):
        assert f'href="{address}"' in page
        assert b"".join(outside.get(address).streaming_content).startswith(b"%PDF")
    assert f'href="{HERE}oficio/"' not in page


def test_no_acta_is_offered_before_one_backs_the_scores(written, counterpart, as_user) -> None:
    desk = as_user(counterpart)

    assert f"{HERE}acta.pdf" not in desk.get(HERE).content.decode()
    assert desk.get(f"{HERE}acta.pdf").status_code == 404


def test_a_figure_is_written_and_forgotten_on_its_page(written, counterpart, as_user) -> None:
    desk = as_user(counterpart)

    desk.post(f"{HERE}antecedentes/presupuesto/2025/", {"value": "1000", "source": "Balance", "revision": 0})

    figure = BackgroundFigure.objects.get()
    assert (figure.kind, figure.year, figure.value) == ("budget", 2025, 1000)
    desk.post(f"{HERE}antecedentes/{figure.pk}/quitar/")
    assert not BackgroundFigure.objects.exists()


def test_only_the_consultant_reviews_and_never_sends(complete, consultant, counterpart, as_user) -> None:
    outside, inside = as_user(consultant), as_user(counterpart)
    seen = shown.now(told(complete))

    assert inside.get(f"{HERE}revisar/").status_code == 403
    assert outside.get(f"{HERE}enviar/").status_code == 403
    outside.post(f"{HERE}revisar/", {"remarks": "Falta un dato.", "seen": seen})
    assert "Falta un dato." in outside.get(HERE).content.decode()


def test_a_validator_does_not_take_the_draft_that_is_still_written(complete, puerto_claro, as_user) -> None:
    type(complete.self_assessment).objects.filter(pk=complete.self_assessment_id).update(closed_at=None)
    outside = as_user(make_member("Vera Ruiz", puerto_claro, "validator"))

    assert outside.get(f"{HERE}informe.pdf").status_code == 404
    assert f"{HERE}informe.pdf" not in outside.get(HERE).content.decode()
