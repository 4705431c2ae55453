"""Trainings: whom an agency calls, what each downloads, who came, and when a committee counts as trained."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cabildo.accounts.links import addresses
from cabildo.accounts.scoping import in_municipality
from cabildo.documents.queries import kept_documents_of
from cabildo.quality.actions import trainings as actions
from cabildo.quality.errors import QualityError
from cabildo.quality.gates.learning import committee_trained
from cabildo.quality.models import LevellingRequest, Training, TrainingAttendance, TrainingPlace
from cabildo.quality.queries import trainings as queries
from factories.learning import TODAY, called, enrolled, plan, training
from factories.programme import agency, enrol, entered, lead, make_agency, make_agency_member, professional
from quality.conftest import PDF

__all__ = ["agency", "called", "enrolled", "lead", "professional", "training"]
pytestmark = pytest.mark.django_db
DESK = "/a/subdere/calidad/capacitaciones/"


def text(answer) -> str:
    return answer.content.decode()


def refusal(call, *values, **more) -> str:
    with pytest.raises(QualityError) as refused:
        call(*values, **more)
    return refused.value.code


def note(place: TrainingPlace, lead, *came: bool | None) -> None:
    """Who came, in the order of the list; nothing is noted of the rest."""
    people = place.attendances.values_list("pk", flat=True)
    actions.note_attendance(place, came=dict(zip(people, came, strict=False)), today=TODAY, by=lead)


def missing(cycle) -> list[str]:
    with addresses():
        return [str(one.what) for one in committee_trained(cycle)]


def test_the_training_about_the_programme_takes_two_days(agency, lead) -> None:
    assert refusal(plan, agency, lead, ends_on=TODAY - timedelta(days=8)) == "training_two_days"
    assert refusal(plan, agency, lead, ends_on=TODAY - timedelta(days=9)) == "training_dates"
    made = plan(agency, lead, kind="control", ends_on=TODAY - timedelta(days=8))

    with pytest.raises(IntegrityError), transaction.atomic():
        Training.objects.filter(pk=made.pk).update(kind="programme")


def test_calling_a_municipality_expects_its_committee_once(called, training, puerto_claro, lead, committee) -> None:
    expected = {str(one) for one in called.attendances.all()}
    assert expected == {str(one) for one in committee.body.members.all()}
    assert {one.came for one in called.attendances.all()} == {None}

    assert refusal(actions.call_municipality, training, puerto_claro, today=TODAY, by=lead) == "already_called"
    assert actions.renew_list(called, today=TODAY, by=lead) == 0


def test_only_those_that_take_part_are_called(training, otra_comuna, lead) -> None:
    assert refusal(actions.call_municipality, training, otra_comuna, today=TODAY, by=lead) == "not_taking_part"


def test_counterparts_are_expected_before_there_is_a_committee(training, enrolled, counterparts, puerto_claro, lead):
    place = actions.call_municipality(training, puerto_claro, today=TODAY, by=lead)

    assert {str(one) for one in place.attendances.all()} == {"Pía Lara", "Raúl Vega"}


def test_attendance_waits_for_the_day(agency, enrolled, committee, puerto_claro, lead) -> None:
    later = plan(agency, lead, starts_on=TODAY + timedelta(days=1), ends_on=TODAY + timedelta(days=2))
    place = actions.call_municipality(later, puerto_claro, today=TODAY, by=lead)

    assert refusal(note, place, lead, True) == "training_to_come"


def test_a_material_reaches_those_called_before_and_after(called, training, otra_comuna, lead) -> None:
    assert actions.add_material(training, paper=SimpleUploadedFile("modelo.pdf", PDF), by=lead) == 1
    with in_municipality(otra_comuna):
        enrol(otra_comuna, training.agency)
    other = actions.call_municipality(training, otra_comuna, today=TODAY, by=lead)

    with in_municipality(otra_comuna):
        assert [one.original_name for one in kept_documents_of(other)] == ["modelo.pdf"]
    assert [one.original_name for one in kept_documents_of(called)] == ["modelo.pdf"]


def test_material_needs_somebody_who_was_called(training, lead) -> None:
    paper = SimpleUploadedFile("modelo.pdf", PDF)
    assert refusal(actions.add_material, training, paper=paper, by=lead) == "nobody_called"


def test_half_of_the_committee_is_enough_and_the_gate_says_both_counts(called, cycle, lead) -> None:
    assert called.attendances.count() == 3
    note(called, lead, True, False)
    found = queries.trained_of(cycle, TODAY)
    assert (found.trained, found.members, found.is_enough) == (1, 3, False)
    [words] = missing(cycle)
    assert "asistieron 1 de 3" in words

    note(called, lead, True, True)
    assert missing(cycle) == []


def test_another_kind_of_training_does_not_count(enrolled, committee, cycle, lead) -> None:
    other = plan(enrolled.agency, lead, kind="plan")
    place = actions.call_municipality(other, enrolled.municipality, today=TODAY, by=lead)
    note(place, lead, True, True, True)

    assert queries.trained_of(cycle, TODAY).trained == 0
    assert queries.trained_of(cycle, TODAY, visit=queries.SECOND).trained == 3


def test_levelling_is_asked_once_while_it_is_needed(called, cycle, lead, counterpart) -> None:
    asked = {"today": TODAY, "by": counterpart}
    assert refusal(actions.ask_levelling, cycle, visit=3, **asked) == "levelling_visit"
    made = actions.ask_levelling(cycle, visit=2, **asked)
    assert (made.trained, made.members) == (0, 3)
    assert missing(cycle) == []
    assert refusal(actions.ask_levelling, cycle, visit=2, **asked) == "levelling_asked"

    with pytest.raises(IntegrityError), transaction.atomic():
        LevellingRequest.objects.update(trained=2)


def test_levelling_of_a_trained_committee_is_refused(called, cycle, lead, counterpart) -> None:
    note(called, lead, True, True)

    assert refusal(actions.ask_levelling, cycle, visit=2, today=TODAY, by=counterpart) == "levelling_not_needed"
    assert not LevellingRequest.objects.exists()


def test_without_a_committee_the_gate_asks_for_it_first(cycle, counterpart) -> None:
    [words] = missing(cycle)
    assert "decreto" in words
    assert refusal(actions.ask_levelling, cycle, visit=2, today=TODAY, by=counterpart) == "no_committee"


def test_the_agency_plans_calls_and_notes_from_its_desk(enrolled, committee, puerto_claro, lead) -> None:
    browser = entered(lead)
    day = (TODAY - timedelta(days=3)).isoformat()
    told = {"title": "Nivelación en Quilpué", "kind": "levelling", "starts_on": day, "ends_on": day, "revision": 0}
    page = text(browser.post(f"{DESK}planificar/", {**told, "place": "Quilpué", "trainers": "Nora"}, follow=True))
    assert "Capacitación planificada." in page
    record = f"{DESK}{Training.objects.get().pk}/"

    assert "Asistieron 0 de 3" in text(
        browser.post(f"{record}convocar/", {"municipality": puerto_claro.pk}, follow=True)
    )
    first = TrainingAttendance.objects.earliest("pk")
    noted = {f"persona_{pk}": "sin-anotar" for pk in TrainingAttendance.objects.values_list("pk", flat=True)}
    noted[f"persona_{first.pk}"] = "si"
    page = text(browser.post(f"{record}asistencia/puerto-claro/", noted, follow=True))
    assert "Asistieron 1 de 3" in page
    assert "Sin anotar: 2." in page


def test_the_agency_opens_the_material_and_another_agency_does_not(called, training, lead) -> None:
    actions.add_material(training, paper=SimpleUploadedFile("modelo.pdf", PDF), by=lead)
    document = kept_documents_of(called).get()
    where = f"{training.pk}/material/{document.public_id}/"

    assert entered(lead).get(f"{DESK}{where}").getvalue().startswith(b"%PDF")
    other = make_agency_member("Olga Ruz", make_agency("otro", "Otro"), "programme_lead")
    assert entered(other).get(f"/a/otro/calidad/capacitaciones/{where}").status_code == 404


def test_a_professional_reads_and_plans_nothing(called, training, professional) -> None:
    browser = entered(professional)

    assert "Puerto Claro" in text(browser.get(f"{DESK}{training.pk}/"))
    assert browser.get(f"{DESK}planificar/").status_code == 403
    assert browser.get(f"{DESK}{training.pk}/asistencia/puerto-claro/").status_code == 403


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=autoeva", 1),
        ("q=nadie", 0),
        ("tipo=programme", 1),
        ("tipo=plan", 0),
        ("cuando=hechas", 1),
        ("cuando=por-venir", 0),
    ],
)
def test_each_filter_narrows_the_list(asked, found, training, lead) -> None:
    assert text(entered(lead).get(f"{DESK}?{asked}")).count('<th scope="row">') == found


def test_the_list_goes_out_and_costs_the_same_with_more_trainings(called, agency, lead) -> None:
    browser, costs = entered(lead), []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get(DESK)
        costs.append(len(asked))
        plan(agency, lead, kind="plan")
    assert costs[0] == costs[1]

    lines = text(browser.get(f"{DESK}?formato=csv&q=autoevaluación")).splitlines()
    assert lines[-1].endswith(";1;3;0;3")
    assert browser.get(f"{DESK}?formato=xlsx").content.startswith(b"PK")


def test_the_municipality_sees_its_own_and_asks_for_levelling(called, cycle, lead, counterpart, client) -> None:
    actions.add_material(called.training, paper=SimpleUploadedFile("modelo.pdf", PDF), by=lead)
    client.force_login(counterpart, backend="allauth.account.auth_backends.AuthenticationBackend")
    here = f"/m/puerto-claro/mesa/calidad/{cycle.number}/capacitacion/"

    page = text(client.get(here))
    for words in ("0 de 3", "menos de la mitad", "modelo.pdf", "Pedir nivelación en la visita 2"):
        assert words in page
    assert "Nivelación pedida para la visita 2" in text(client.post(f"{here}nivelar/2/", follow=True))
    assert client.get(f"{here}nivelar/3/").status_code == 404
