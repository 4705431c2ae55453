"""The acta of a diagnosis says what was answered, also after it was opened again; nobody's words are written over."""

import pytest

from cabildo.accounts.links import addresses
from cabildo.instruments import actions as instruments
from cabildo.instruments.rules.answers import Answer
from cabildo.meetings.actions.minutes import write_minute
from cabildo.meetings.choices import State
from cabildo.meetings.models import Meeting, Minute
from cabildo.quality import actions, queries
from cabildo.quality.errors import QualityError
from cabildo.quality.gates import diagnosis as gates
from cabildo.quality.models import Cycle
from cabildo.quality.queries.acta import acta_behind
from conftest import make_member
from quality.test_diagnosis_gates import planned

pytestmark = pytest.mark.django_db
PAGE = "/m/puerto-claro/mesa/calidad/1/diagnostico/"


def answered(cycle: Cycle, alternative: str, by) -> None:
    for question in ("plan", "equipo"):
        instruments.answer(
            assessment=cycle.diagnosis, question=question, said=Answer(alternative), confirms=True, by=by
        )


def now(cycle: Cycle) -> Cycle:
    return queries.cycles().get(pk=cycle.pk)


def behind(cycle: Cycle):
    return acta_behind(now(cycle))


@pytest.fixture
def meeting(cycle, counterpart) -> Meeting:
    """With the answers of a closed diagnosis in its acta."""
    made = planned(cycle, counterpart)
    answered(cycle, "a", counterpart)
    actions.close_diagnosis(cycle, by=counterpart)
    return made


@pytest.fixture
def again(cycle, counterpart):
    """Open the diagnosis, answer otherwise, close it."""

    def answer_again(alternative: str = "b") -> None:
        actions.reopen_diagnosis(cycle, reason="Se leyó mal.", by=counterpart)
        answered(now(cycle), alternative, counterpart)
        actions.close_diagnosis(cycle, by=counterpart)

    return answer_again


def test_a_diagnosis_answered_again_is_written_again_in_the_acta(cycle, meeting, again) -> None:
    before = Minute.objects.get().text

    again()

    minute = Minute.objects.get()
    assert minute.text != before
    assert minute.is_as_drafted
    assert behind(cycle) is None


def test_what_a_person_changed_stays_and_is_told_until_they_look_at_it(
    cycle, meeting, again, counterpart, as_user
) -> None:
    minute = Minute.objects.get()
    item, theirs = meeting.items.get(), f"{minute.text}\nCon aplausos."
    write_minute(item, {"text": theirs}, base=minute.revision, by=counterpart)
    assert behind(cycle) is None

    again()

    minute.refresh_from_db()
    assert (minute.text, behind(cycle).to_review, behind(cycle).to_write) == (theirs, ("Todo",), ())
    page = as_user(counterpart).get(PAGE).content.decode()
    assert "alguien escribió con sus palabras en: Todo" in page
    assert "diagnostico/acta/" not in page
    write_minute(item, {"text": "Lo que vale ahora."}, base=minute.revision, by=counterpart)
    assert behind(cycle) is None


def test_the_same_text_with_the_line_ends_of_a_browser_is_still_the_platforms(meeting, again, counterpart) -> None:
    minute = Minute.objects.get()
    as_sent = minute.text.replace("\n", "\r\n")
    write_minute(meeting.items.get(), {"text": as_sent}, base=minute.revision, by=counterpart)

    again()

    assert Minute.objects.get().is_as_drafted


def test_a_signed_acta_that_says_something_else_shuts_the_gate_and_asks_for_a_correction(
    cycle, meeting, again, counterpart, as_user
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=State.SIGNED)
    run = queries.run_of(cycle)
    assert [*gates.diagnosis_minutes_signed(run)] == []
    again()

    with addresses():
        assert [one.what for one in gates.diagnosis_minutes_signed(run)] == [
            "Corregir el acta: no dice lo que se respondió en Todo"
        ]
    page = as_user(counterpart).get(PAGE).content.decode()
    assert "está cerrada y dice otra cosa que el diagnóstico en: Todo" in page
    assert "diagnostico/acta/" not in page
    with pytest.raises(QualityError, match="acta_closed"):
        actions.write_acta(now(cycle), by=counterpart)


def test_an_acta_opened_to_be_corrected_gets_what_was_answered(cycle, meeting, again, counterpart, as_user) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=State.SIGNED)
    again()
    Meeting.objects.filter(pk=meeting.pk).update(state=State.HELD)
    desk = as_user(counterpart)
    assert f'action="{PAGE}acta/"' in desk.get(PAGE).content.decode()

    told = desk.post(f"{PAGE}acta/", follow=True).content.decode()

    assert "El acta recibió un punto." in told
    assert behind(cycle) is None
    again_told = desk.post(f"{PAGE}acta/", follow=True).content.decode()
    assert "El acta ya dice lo que se respondió" in again_told


def test_closing_says_at_once_what_the_acta_lacks(cycle, meeting, counterpart, as_user) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=State.SIGNED)
    actions.reopen_diagnosis(cycle, reason="Se leyó mal.", by=counterpart)
    answered(now(cycle), "b", counterpart)

    told = as_user(counterpart).post(f"{PAGE}cerrar/", follow=True).content.decode()

    assert f"El acta {meeting.folio} está cerrada y dice otra cosa" in told


def test_only_who_leads_writes_the_acta(meeting, puerto_claro, as_user) -> None:
    reader = as_user(make_member("Luz Paz", puerto_claro, "quality_committee"))
    assert reader.post(f"{PAGE}acta/").status_code == 403
