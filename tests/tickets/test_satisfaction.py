"""Asked on paper who left no mail: from the closing at the counter to the second use, refused."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from tests.documents.samples import words_in

from cabildo.audit.models import Entry
from cabildo.db.fields import blind
from cabildo.documents import qr
from cabildo.documents.queries import content_of
from cabildo.people.actions import Contact
from cabildo.tickets.actions import answering, letters, retention, satisfaction
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Answer, Satisfaction, Ticket
from cabildo.tickets.rules.satisfaction import normal_token
from cabildo.tickets.views import satisfaction as views
from conftest import make_member

DESK = "/m/puerto-claro/mesa/solicitudes/"
PORTAL = "/m/puerto-claro/evaluacion/"
SAYS = {"solved": "yes", "grade": "6"}


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """What each QR was asked to hold: nothing here reads a drawing back."""
    asked: list[str] = []
    draw = qr.svg
    monkeypatch.setattr(qr, "svg", lambda text, **more: asked.append(text) or draw(text, **more))
    return asked


@pytest.fixture
def close(receive, oficina, diego):
    def closed(contact: Contact = Contact(name="Rosa Pérez", phone="+56 9 1234 5678"), **more) -> Satisfaction:  # noqa: B008
        ticket = receive(contact=contact, channel="counter", by=oficina, **more)
        answering.answer(ticket, text="Cambiamos la luminaria.", outcome="resolved", by=diego)
        return Satisfaction.objects.get(ticket=ticket)

    return closed


@pytest.fixture
def on_paper(close) -> Satisfaction:
    return close()


def shown(code: str) -> str:
    return f"{code[:5]}-{code[5:]}"


def is_printed(token: str, words: str) -> bool:
    """The code is set wide, and a reader may take the air between two letters for a space."""
    return shown(token) in words.replace(" ", "")


def test_from_the_counter_without_mail_to_the_letter_and_one_single_answer(on_paper, drawn, client) -> None:
    letter = letters.write_letter(Answer.objects.get())
    words = words_in(content_of(letter.document))
    address = next(text for text in drawn if "/evaluacion/" in text)

    assert address.endswith(f"{PORTAL}{shown(on_paper.token)}/")
    assert (is_printed(on_paper.token, words), PORTAL in words) == (True, True)
    path = address.partition("://")[2].partition("/")[2]
    assert "Gracias" in client.post(f"/{path}", SAYS).content.decode()
    assert client.post(f"/{path}", {"solved": "no", "grade": "1"}).status_code == 200
    assert Satisfaction.objects.get().grade == 6
    with pytest.raises(TicketsError, match="satisfaction_used"):
        satisfaction.answer(on_paper.token, solved=False, grade=1)


def test_a_letter_to_who_has_mail_carries_no_second_link(close, drawn) -> None:
    asked = close(Contact(name="Rosa Pérez", email="rosa@ejemplo.cl"))
    letters.write_letter(Answer.objects.get())

    assert (asked.delivered_by, [text for text in drawn if "/evaluacion/" in text]) == ("mail", [])


def test_the_desk_prints_the_slip_and_the_record_says_who(as_user, on_paper, diego, drawn) -> None:
    page = f"{DESK}{on_paper.ticket.folio}/evaluacion/"
    made = as_user(diego).post(page + "imprimir/")
    words = words_in(made.content)
    on_paper.refresh_from_db()

    assert (made["Content-Type"], "Cuéntenos cómo le fue" in words, "Rosa" in words) == ("application/pdf", True, False)
    assert (is_printed(on_paper.token, words), PORTAL in words, len(drawn)) == (True, True, 1)
    assert on_paper.printed_at is not None
    assert Entry.objects.get(action="satisfaction.printed").actor_id == str(diego.pk)
    assert "La invitación se imprimió" in as_user(diego).get(f"{DESK}{on_paper.ticket.folio}/").content.decode()


def test_once_answered_the_slip_page_says_so_and_prints_no_more(as_user, on_paper, diego) -> None:
    satisfaction.answer(on_paper.token, solved=True, grade=7)
    page = f"{DESK}{on_paper.ticket.folio}/evaluacion/"
    desk = as_user(diego)

    assert "La persona ya dijo cómo le fue" in desk.get(page).content.decode()
    assert desk.post(page + "imprimir/")["Location"] == page
    assert not Entry.objects.filter(action="satisfaction.printed").exists()


def test_what_went_by_mail_is_never_printed(as_user, close, diego) -> None:
    asked = close(Contact(name="Rosa Pérez", email="rosa@ejemplo.cl"))

    with pytest.raises(TicketsError, match="invitation_mailed"):
        satisfaction.print_invitation(asked, by=diego)
    assert "salió por correo" in as_user(diego).get(f"{DESK}{asked.ticket.folio}/evaluacion/").content.decode()


@pytest.mark.parametrize(("who", "expected"), [("carmen", 200), ("alcaldesa", 403), ("externo", 404)])
def test_the_slip_is_only_for_who_may_act_on_the_request(request, as_user, on_paper, who, expected) -> None:
    desk, page = as_user(request.getfixturevalue(who)), f"{DESK}{on_paper.ticket.folio}/evaluacion/"

    assert (desk.get(page).status_code, desk.post(page + "imprimir/").status_code) == (expected, expected)


def test_an_open_request_has_nothing_to_print(as_user, receive, carmen) -> None:
    assert as_user(carmen).get(f"{DESK}{receive().folio}/evaluacion/").status_code == 404


def test_no_official_answers_for_the_neighbour_from_their_own_session(as_user, on_paper, diego, oficina) -> None:
    for official in (diego, oficina):
        answer = as_user(official).post(f"{PORTAL}{on_paper.token}/", SAYS)
        assert (answer.status_code, "Estas preguntas son para quien pidió" in answer.content.decode()) == (403, True)

    assert Satisfaction.objects.get().answered_at is None


@pytest.mark.parametrize("change", [str.lower, lambda code: f" {code[:3]} {code[3:]} "])
def test_the_code_is_found_however_it_was_copied(client, on_paper, change) -> None:
    found = client.post(PORTAL, {"code": change(on_paper.token)})

    assert found["Location"] == f"{PORTAL}{shown(on_paper.token)}/"
    assert client.get(found["Location"]).status_code == 200


def test_a_wrong_code_is_refused_and_many_of_them_have_to_wait(client, on_paper) -> None:
    tries = [client.post(PORTAL, {"code": "ABCDE-FGHJK"}).content.decode() for _try in range(11)]

    assert "No hay una invitación con ese código" in tries[0]
    assert "Espere cinco minutos" in tries[-1]


def test_nor_are_codes_tried_out_in_the_address(client, on_paper, monkeypatch) -> None:
    monkeypatch.setattr(views, "OPENED", 2)
    wrong = [client.get(f"{PORTAL}AAAAA-AAAA{letter}/").status_code for letter in "BC"]

    right = client.get(f"{PORTAL}{shown(on_paper.token)}/")

    assert (wrong, right.status_code, right.url) == ([404, 404], 302, PORTAL)
    assert "Hubo muchos intentos" in client.get(PORTAL).content.decode()


def test_links_of_before_still_open_with_their_capitals(client, on_paper) -> None:
    before = "aB3_dE-fGh1jKlMn0pQrStUv"
    Satisfaction.objects.update(token=None, token_index=blind("tickets.satisfaction", before))

    assert client.get(f"{PORTAL}{before}/").status_code == 200
    assert client.get(f"{PORTAL}{before.lower()}/").status_code == 404


def test_an_invitation_of_before_gets_its_first_code_when_it_is_printed(on_paper, diego) -> None:
    Satisfaction.objects.update(token=None, token_index="never handed over")

    printed = satisfaction.print_invitation(on_paper, by=diego)

    assert satisfaction.answer(printed.token, solved=True, grade=5) == printed


def test_the_code_opens_after_the_keys_were_rotated(on_paper, client, settings, tmp_path) -> None:
    from cabildo.db import fields, keyring

    settings.TESTING, settings.KEY_FILE = False, tmp_path / "keys.json"
    keyring.create_key_file(settings.KEY_FILE)
    token = on_paper.token
    Satisfaction.objects.update(token=token, token_index=satisfaction.token_index(token))
    keyring.add_key(settings.KEY_FILE)
    sum(fields.reencrypt(Satisfaction))

    assert fields.count_by_key(Satisfaction._meta.get_field("token")) == {"k1": 0, "k2": 1}
    assert (Satisfaction.objects.get().token, client.get(f"{PORTAL}{token}/").status_code) == (token, 200)


def test_the_table_shows_no_code_to_who_reads_it_without_the_keys(on_paper) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT token, token_index FROM tickets_satisfaction")
        stored = b"".join(bytes(value) if not isinstance(value, str) else value.encode() for value in cursor.fetchone())

    assert on_paper.token.encode() not in stored


def test_a_forgotten_request_prints_nothing(as_user, on_paper, diego) -> None:
    retention.anonymise_ticket(on_paper.ticket, by=diego, reason="retention_expired")
    on_paper.refresh_from_db()

    assert on_paper.token == ""
    assert as_user(diego).post(f"{DESK}{on_paper.ticket.folio}/evaluacion/imprimir/").status_code == 404


@pytest.mark.parametrize(("typed", "normal"), [("abcde-fghjk", "ABCDEFGHJK"), ("aB3_dE-fGh1jKlMn", "aB3_dE-fGh1jKlMn")])
def test_only_what_has_the_length_of_a_code_is_read_as_one(typed, normal) -> None:
    assert normal_token(typed) == normal


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({}, "la invitación está por imprimir"),
        ({"delivered_by": "mail"}, "Se le preguntó por correo"),
        ({"printed_at": timezone.now}, "La invitación se imprimió"),
    ],
)
def test_the_record_tells_how_the_invitation_stands(as_user, on_paper, carmen, state, expected) -> None:
    values = {name: value() if callable(value) else value for name, value in state.items()}
    Satisfaction.objects.update(**values)

    assert expected in as_user(carmen).get(f"{DESK}{on_paper.ticket.folio}/").content.decode()


def opinion_on(page: str) -> dict[str, str]:
    section = page.partition('id="satisfaction"')[2].partition("</section>")[0]
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", section, re.DOTALL)
    return dict(pairs)


def test_the_record_shows_the_whole_opinion(as_user, on_paper, alcaldesa) -> None:
    Ticket.objects.update(closed_at=timezone.now() - timezone.timedelta(days=16))
    grades = {"grade": 2, "treatment": 6, "time": 1, "low_reason": "demora", "comment": "Esperé <mucho>."}
    satisfaction.answer(on_paper.token, solved=False, **grades)

    shown = opinion_on(as_user(alcaldesa).get(f"{DESK}{on_paper.ticket.folio}/").content.decode())

    assert {**shown, "Respondió": ""} == {
        "Respondió": "",
        "¿Se resolvió?": "No",
        "Nota": "2 de 7",
        "Trato": "6 de 7",
        "Tiempo de respuesta": "1 de 7",
        "Qué falló más": "La demora",
        "Comentario": "Esperé &lt;mucho&gt;.",
    }


def test_the_comment_on_a_reserved_request_is_for_its_department_alone(as_user, close, carmen, alcaldesa) -> None:
    asked = close(kind="denuncia", wants_reserve=True)
    satisfaction.answer(asked.token, solved=True, grade=6, comment="Soy Rosa, del pasaje 3.")
    page = f"{DESK}{asked.ticket.folio}/"

    assert "del pasaje 3" in as_user(carmen).get(page).content.decode()
    assert "del pasaje 3" not in as_user(alcaldesa).get(page).content.decode()


def test_the_official_named_in_a_complaint_sees_neither_opinion_nor_slip(as_user, close, puerto_claro, obras) -> None:
    named = make_member("Denunciado Uno", puerto_claro, "department_head", obras)
    asked = close(official=named)
    satisfaction.answer(asked.token, solved=True, grade=1, low_reason="trato", comment="Me gritó.")
    desk, page = as_user(named), f"{DESK}{asked.ticket.folio}/"

    assert [desk.get(page).status_code, desk.get(page + "evaluacion/").status_code] == [404, 404]
    assert desk.post(page + "evaluacion/imprimir/").status_code == 404


def test_reading_the_opinion_is_put_on_record_as_reading_the_person(as_user, on_paper, alcaldesa) -> None:
    satisfaction.answer(on_paper.token, solved=True, grade=7, comment="Muy amables.")
    as_user(alcaldesa).get(f"{DESK}{on_paper.ticket.folio}/")

    read = Entry.objects.get(action="personal_data.read", actor_id=str(alcaldesa.pk))
    assert read.subject_id == str(on_paper.ticket.requester_id)


def test_the_portal_asks_without_a_session(on_paper) -> None:
    assert Client().get(f"{PORTAL}{shown(on_paper.token).lower()}/").status_code == 200


def test_the_form_calls_optional_only_what_it_accepts_empty_and_counts_its_questions(on_paper) -> None:
    page = Client().get(f"{PORTAL}{shown(on_paper.token).lower()}/").content.decode()
    low = page[page.index("¿Qué fue lo que más falló?") :]

    assert "(opcional)" not in low[: low.index("Trato")]
    assert "Responda sólo si su nota es de 1 a 3." in low
    assert low.count("(opcional)") == 4
    assert "Son dos o tres preguntas, y otras si quiere." in page


@pytest.mark.parametrize(("grade", "status"), [("2", "refused"), ("6", "taken")])
def test_what_failed_is_asked_only_of_a_low_grade(on_paper, grade: str, status: str) -> None:
    sent = Client().post(f"{PORTAL}{shown(on_paper.token).lower()}/", {"solved": "yes", "grade": grade})

    refused = "form" in sent.context and sent.context["form"].has_error("low_reason")
    assert refused == (status == "refused")
