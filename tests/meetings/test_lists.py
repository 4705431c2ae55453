"""What the lists of meetings find, and all of it as a file."""

from datetime import timedelta
from io import BytesIO

import pytest

from cabildo.meetings.actions import agreements, planning
from cabildo.meetings.models import Meeting
from cabildo.ui.engine_xlsx import rows

DESK = "/m/puerto-claro/mesa/reuniones/"


@pytest.fixture
def others(meeting, sonia) -> list[Meeting]:
    """Two more, without a body, that a person called."""
    when = {"starts_at": meeting.planned_start_at, "ends_at": meeting.planned_end_at, "place": "Sala", "by": sonia}
    titles = ("Reunión en Ñuñoa", "Taller de otoño")
    return [planning.plan_meeting(title=title, kind="other", **when) for title in titles]


def shown(browser, query: str) -> str:
    return browser.get(DESK + query).content.decode()


@pytest.mark.parametrize("words", ["nunoa", "REUNION ñuñoa", "Reunión, Ñuñoa"])
def test_meetings_are_found_however_their_words_are_accented(others, as_user, sonia, words) -> None:
    page = shown(as_user(sonia), f"?q={words}")

    assert "Reunión en Ñuñoa" in page
    assert "Taller de otoño" not in page


def test_a_meeting_is_found_by_the_name_of_its_body(meeting, others, as_user, sonia) -> None:
    page = shown(as_user(sonia), f"?q={meeting.body.name.upper()}")

    assert meeting.title in page
    assert "Taller de otoño" not in page


def test_bodies_and_agreements_are_found_alike(held, as_user, sonia) -> None:
    day = held.planned_start_at.date() + timedelta(days=30)
    agreements.agree(held, what="Comprar señalética", user=sonia, due_on=day, by=sonia)
    desk = as_user(sonia)

    assert "Comprar señalética" in shown(desk, "acuerdos/?q=SENALETICA")
    assert held.body.name in shown(desk, f"cuerpos/?q={held.body.name.upper()}")


@pytest.mark.usefixtures("others")
def test_a_file_holds_every_meeting_however_few_are_read_at_a_time(meeting, as_user, sonia, monkeypatch) -> None:
    monkeypatch.setattr("cabildo.meetings.views.listing.READ_AT_ONCE", 1)
    desk = as_user(sonia)

    text = desk.get(f"{DESK}?formato=csv").content.decode("utf-8-sig")
    book = list(rows(BytesIO(desk.get(f"{DESK}?formato=xlsx").content)))

    titles = {meeting.title, "Reunión en Ñuñoa", "Taller de otoño"}
    assert {line.split(";")[1] for line in text.splitlines()[1:]} == titles
    assert {row[1] for row in book[1:]} == titles
