"""Two tabs of the portal's form are two requests: each with its own words, place, key and receipt."""

import re

import pytest

from cabildo.tickets import drafts
from cabildo.tickets.models import Adhesion, Ticket

NEW = "/m/puerto-claro/solicitudes/nueva/"
ROSA = {"name": "Rosa Pérez", "email": "rosa@ejemplo.cl"}
TEXTS = {"A": "El poste de mi esquina está apagado.", "B": "Hay un sillón botado en la plaza."}
SUBJECTS = {"A": "luminaria", "B": "basura"}


@pytest.fixture(autouse=True)
def _two_subjects(categories) -> None:
    """Their text is known; neither is asked for again nearby."""


def open_tab(client, code: str) -> str:
    """The page of step two, as a new tab shows it; the name of its form."""
    return re.search(r'name="borrador" value="(\w+)"', client.get(f"{NEW}{code}/").content.decode())[1]


def fill(client, tab: str, form: str, code: str | None = None) -> str:
    """Steps two and three of a tab; the address of its last step."""
    base = f"{NEW}{code or SUBJECTS[tab]}/"
    placed = client.post(base, {"borrador": form, "kind": "reclamo", "text": TEXTS[tab]})["Location"]
    similar = client.post(placed, {"place": f"Calle {tab}"})["Location"]
    return client.get(similar)["Location"]


@pytest.mark.parametrize("order", ["AB", "BA"])
@pytest.mark.parametrize("codes", [SUBJECTS, {"A": "luminaria", "B": "luminaria"}], ids=["two subjects", "one subject"])
def test_each_tab_sends_its_own_request_and_shows_its_own_receipt(client, order: str, codes: dict[str, str]) -> None:
    forms = {tab: open_tab(client, codes[tab]) for tab in "AB"}
    last = {tab: fill(client, tab, forms[tab], codes[tab]) for tab in "AB"}

    receipts = {tab: client.post(last[tab], ROSA)["Location"] for tab in order}

    for tab in "AB":
        shown = client.get(receipts[tab]).context["ticket"]
        assert (shown.text, shown.place, shown.category.code) == (TEXTS[tab], f"Calle {tab}", codes[tab])
    assert Ticket.objects.values("external_id").distinct().count() == 2


def test_each_tab_reads_its_own_words_before_sending(client) -> None:
    last = {tab: fill(client, tab, open_tab(client, SUBJECTS[tab])) for tab in "AB"}

    pages = {tab: client.get(last[tab]).content.decode() for tab in "AB"}

    assert [(TEXTS["A"] in page, TEXTS["B"] in page) for page in pages.values()] == [(True, False), (False, True)]


@pytest.mark.parametrize("resent", ["A", "B"])
def test_sent_again_each_tab_gives_the_receipt_of_its_own(client, resent: str) -> None:
    last = {tab: fill(client, tab, open_tab(client, SUBJECTS[tab])) for tab in "AB"}
    for tab in "AB":
        client.post(last[tab], ROSA)

    again = client.post(last[resent], ROSA)

    page = client.get(again["Location"])
    assert (page.context["ticket"].text, Ticket.objects.count()) == (TEXTS[resent], 2)
    assert page.context["secret"]
    assert client.get(page.context["pdf_url"])["Content-Type"] == "application/pdf"


def test_back_to_the_second_step_it_goes_on_with_the_same_request(client) -> None:
    form = open_tab(client, "luminaria")
    fill(client, "A", form)
    page = client.get(f"{NEW}luminaria/?borrador={form}")
    mended = client.post(
        f"{NEW}luminaria/", {"borrador": form, "kind": "reclamo", "text": "Son dos los postes apagados."}
    )

    client.post(mended["Location"].replace("lugar", "enviar"), ROSA)

    assert (TEXTS["A"] in page.content.decode(), page.context["form_name"]) == (True, form)
    assert [(one.text, one.place) for one in Ticket.objects.all()] == [("Son dos los postes apagados.", "Calle A")]


def test_a_form_filled_again_after_it_was_sent_is_another_request(client) -> None:
    form = open_tab(client, "luminaria")
    client.post(fill(client, "A", form), ROSA)

    client.post(fill(client, "B", form, "luminaria"), ROSA)

    assert sorted(Ticket.objects.values_list("text", flat=True)) == sorted(TEXTS.values())


def test_addresses_without_a_name_go_on_with_the_newest_of_their_subject(client) -> None:
    base = f"{NEW}luminaria/"
    fill(client, "B", open_tab(client, "basura"))
    client.post(base, {"kind": "reclamo", "text": TEXTS["A"]})
    client.post(f"{base}lugar/", {"place": "Calle A"})

    sent = client.post(f"{base}enviar/", ROSA)
    again = client.post(f"{base}enviar/", ROSA)

    assert [(one.text, one.place) for one in Ticket.objects.all()] == [(TEXTS["A"], "Calle A")]
    assert sent["Location"] == again["Location"]
    assert client.get("/m/puerto-claro/solicitudes/comprobante/").context["ticket"].text == TEXTS["A"]


def test_the_page_of_a_subject_offers_what_was_typed_of_it_under_a_new_name(client) -> None:
    form = open_tab(client, "luminaria")
    fill(client, "A", form)

    page = client.get(f"{NEW}luminaria/")

    assert (TEXTS["A"] in page.content.decode(), page.context["form_name"] == form) == (True, False)


def test_only_the_newest_drafts_are_kept(client) -> None:
    lasts = [fill(client, "A", open_tab(client, "luminaria")) for _ in range(drafts.MOST + 1)]

    assert len(client.session[drafts.DRAFTS]) == drafts.MOST
    assert "/luminaria/?borrador=" in client.get(lasts[0])["Location"]
    assert client.get(lasts[-1]).status_code == 200


@pytest.mark.parametrize("step", ["lugar", "enviar", "parecidas", "otra-via"])
def test_once_the_session_expired_the_person_writes_it_again_and_is_told_why(client, step: str) -> None:
    form = open_tab(client, "luminaria")
    fill(client, "A", form)
    client.session.flush()

    lost = client.post(f"{NEW}luminaria/{step}/?borrador={form}", ROSA)

    page = client.get(lost["Location"])
    assert (page.context["form_name"], Ticket.objects.count()) == (form, 0)
    assert "Ya no teníamos lo que había escrito" in page.content.decode()


def test_the_name_of_a_form_of_another_subject_opens_nothing_of_it(client) -> None:
    form = open_tab(client, "luminaria")
    fill(client, "A", form)

    page = client.get(f"{NEW}basura/enviar/?borrador={form}", follow=True)
    fill(client, "B", form, "basura")

    assert (TEXTS["A"] in page.content.decode(), page.context["form_name"] == form) == (False, False)
    assert [one["text"] for one in client.session[drafts.DRAFTS].values()] == [TEXTS["A"], TEXTS["B"]]


def test_who_adheres_in_one_tab_keeps_what_the_other_wrote(client, receive) -> None:
    corner = {"latitude": -33.0412, "longitude": -71.6203}
    receive(**corner)
    other = fill(client, "B", open_tab(client, "basura"))
    data = {"borrador": open_tab(client, "luminaria"), "kind": "reclamo", "text": TEXTS["A"]}
    placed = client.post(f"{NEW}luminaria/", data)["Location"]
    similar = client.get(client.post(placed, corner)["Location"])

    client.post(similar.context["offers"][0][1], {"name": "Pedro Mena", "email": "pedro@ejemplo.cl"})

    assert Adhesion.objects.count() == 1
    assert [one["text"] for one in client.session[drafts.DRAFTS].values()] == [TEXTS["B"]]
    assert client.get(other).status_code == 200
