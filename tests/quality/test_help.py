"""Questions of a municipality to the programme: a folio, a term in business days, one story that both sides read."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cabildo.accounts.scoping import in_municipality
from cabildo.kit.workdays import DAY
from cabildo.notifications.models import InboxItem, Message
from cabildo.quality import help_duties
from cabildo.quality.actions import help as actions
from cabildo.quality.errors import QualityError
from cabildo.quality.models import HelpRequest
from cabildo.quality.queries import help as queries
from conftest import make_member
from factories.learning import TODAY, enrolled
from factories.programme import agency, enrol, entered, lead, make_agency, make_agency_member, professional

__all__ = ["agency", "enrolled", "lead", "professional"]
pytestmark = pytest.mark.django_db
DESK, HERE = "/a/subdere/calidad/consultas/", "/m/puerto-claro/mesa/calidad/ayuda/"


def text(answer) -> str:
    return answer.content.decode()


def refusal(call, *values, **more) -> str:
    with pytest.raises(QualityError) as refused:
        call(*values, **more)
    return refused.value.code


def ask(by, subject: str = "Cómo se decreta", **more) -> HelpRequest:
    return actions.ask(**{"subject": subject, "words": "¿Quién firma?", "today": TODAY, "by": by, **more})


@pytest.fixture
def question(enrolled, counterpart) -> HelpRequest:
    return ask(counterpart)


def test_a_question_gets_a_folio_who_answers_and_its_term(question, enrolled, counterpart) -> None:
    assert question.folio == f"AP-{TODAY.year}-00001"
    assert question.assigned_to == enrolled.professional
    assert (question.days, question.due_on) == (5, queries.due_on(TODAY, 5))
    assert ask(counterpart).number == 2


def test_the_term_counts_business_days_of_the_country() -> None:
    assert queries.due_on(date(2026, 12, 4), 2) == date(2026, 12, 9)  # a Friday; the eighth is a holiday


def test_the_agency_sets_the_term_of_what_is_asked_later(question, agency, counterpart, lead) -> None:
    term = actions.set_term(agency, days=10, revision=0, by=lead)
    assert (ask(counterpart).days, HelpRequest.objects.get(pk=question.pk).days) == (10, 5)
    actions.set_term(agency, days=3, revision=term.revision, by=lead)
    assert queries.days_of(agency) == 3


def test_who_does_not_take_part_has_nobody_to_ask(agency, puerto_claro, counterpart) -> None:
    assert refusal(ask, counterpart) == "not_enrolled"
    enrol(puerto_claro, agency, accepted_on=None, answered_by=None)
    assert refusal(ask, counterpart) == "not_enrolled"


def test_who_answers_is_written_to_and_who_asked_is_told(question, enrolled, counterpart) -> None:
    assert Message.objects.get().recipient_user == enrolled.professional
    assert refusal(actions.answer, question, words=" ", today=TODAY, by=enrolled.professional) == "answer_missing"

    actions.answer(question, words="La alcaldía.", today=TODAY, by=enrolled.professional)
    assert InboxItem.objects.get().user == counterpart
    told = Message.objects.exclude(recipient_user=enrolled.professional)
    assert {one.channel for one in told} == {"mail", "inbox"}
    assert "La alcaldía." in told.first().body


def test_an_answer_that_is_not_enough_begins_the_term_anew(question, enrolled, counterpart) -> None:
    again = {"words": "¿Y la fecha?", "today": TODAY + 7 * DAY, "by": counterpart}
    assert refusal(actions.ask_again, question, **again) == "help_state"
    actions.answer(question, words="La alcaldía.", today=TODAY, by=enrolled.professional)

    found = actions.ask_again(question, **again)
    assert (found.state, found.answered_on, found.due_on) == ("asked", None, queries.due_on(TODAY + 7 * DAY, 5))
    assert [one.kind for one in queries.story_of(found)] == ["asked", "answered", "asked_again"]


def test_what_was_closed_is_not_answered(question, enrolled, counterpart) -> None:
    actions.close(question, by=counterpart)

    assert refusal(actions.answer, question, words="Sí.", today=TODAY, by=enrolled.professional) == "help_state"
    assert refusal(actions.close, question, by=counterpart) == "help_state"


def test_it_is_handed_only_to_who_answers_in_the_agency(question, agency, lead, counterpart) -> None:
    assert refusal(actions.hand_to, question, user=counterpart, by=lead) == "not_of_agency"
    assert actions.hand_to(question, user=lead, by=lead).assigned_to == lead
    assert [one.kind for one in queries.story_of(question)] == ["asked", "assigned"]


def test_the_professional_owes_the_answer_in_my_work(question, enrolled, counterpart) -> None:
    assert list(help_duties.duties(enrolled.professional, TODAY, 5)) == []  # not sent here
    sent = make_member("Ana Sur", enrolled.municipality, "programme_professional")
    HelpRequest.objects.update(assigned_to=sent)

    [duty] = help_duties.duties(sent, TODAY, 5)
    assert (duty.folio, duty.due_on) == (question.folio, question.due_on)
    assert duty.url.endswith(f"/a/subdere/calidad/consultas/puerto-claro/{question.pk}/")
    assert list(help_duties.duties(counterpart, TODAY, 5)) == []


def test_the_municipality_asks_reads_asks_again_and_closes(enrolled, counterpart) -> None:
    browser = entered(counterpart)
    told = {"subject": "Cómo se decreta", "words": "¿Quién firma?"}
    assert "¿Quién firma?" in text(browser.post(f"{HERE}preguntar/", told, follow=True))
    question = HelpRequest.objects.get()
    actions.answer(question, words="La alcaldía.", today=TODAY, by=enrolled.professional)

    page = text(browser.post(f"{HERE}{question.pk}/preguntar-de-nuevo/", {"words": "¿Y la fecha?"}, follow=True))
    assert "La alcaldía." in page
    assert "Cerrada" in text(browser.post(f"{HERE}{question.pk}/cerrar/", follow=True))
    assert question.folio in text(browser.get(f"{HERE}?formato=csv"))


def test_who_does_not_lead_the_cycle_sees_no_question(question, puerto_claro) -> None:
    browser = entered(make_member("Inés Paz", puerto_claro, "department_officer"))
    for page in ("", "preguntar/", f"{question.pk}/"):
        assert browser.get(f"{HERE}{page}").status_code == 403


def test_the_agency_answers_and_hands_over_from_its_desk(question, professional, lead) -> None:
    browser, page = entered(professional), f"{DESK}puerto-claro/{question.pk}/"
    assert "Pedro Gil" in text(browser.get(page))
    assert "Lea Vidal" in text(browser.post(f"{page}asignar/", {"user": lead.pk}, follow=True))
    assert "La alcaldía." in text(browser.post(f"{page}responder/", {"words": "La alcaldía."}, follow=True))
    assert browser.get(f"{DESK}plazo/").status_code == 403

    assert "Plazo: 8 días hábiles" in text(entered(lead).post(f"{DESK}plazo/", {"days": 8, "revision": 0}, follow=True))


def test_another_agency_and_another_municipality_do_not_see_it(question, otra_comuna) -> None:
    other = make_agency("otro", "Otro")
    with in_municipality(otra_comuna):
        enrol(otra_comuna, other)
        browser = entered(make_member("Olga Ruz", otra_comuna, "quality_counterpart"))
    assert browser.get(f"/m/otra-comuna/mesa/calidad/ayuda/{question.pk}/").status_code == 404

    outside = entered(make_agency_member("Omar Gil", other, "programme_lead"))
    assert outside.get(f"/a/otro/calidad/consultas/puerto-claro/{question.pk}/").status_code == 404
    assert "Cómo se decreta" not in text(outside.get("/a/otro/calidad/consultas/"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=decreta", 1),
        ("q=nada", 0),
        ("estado=asked", 1),
        ("estado=closed", 0),
        ("solo=mias", 0),
        ("solo=atrasadas", 1),
    ],
)
def test_each_filter_narrows_the_list(asked, found, question, lead) -> None:
    HelpRequest.objects.update(due_on=TODAY - timedelta(days=1))
    assert text(entered(lead).get(f"{DESK}?{asked}")).count('<th scope="row">') == found


def test_the_list_costs_the_same_with_one_question_and_with_three(question, counterpart, lead) -> None:
    browser, costs = entered(lead), []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get(DESK)
        costs.append(len(asked))
        ask(counterpart)
        ask(counterpart)
    assert costs[0] == costs[1]
    assert browser.get(f"{DESK}?formato=xlsx").content.startswith(b"PK")
