"""Mail as programs really write it, and as an attacker would."""

import random
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabildo.tickets.mail_intake import parse, parse_headers
from cabildo.tickets.rules import mail as rules

HTML = b"""From: =?iso-8859-1?Q?Jos=E9_Mu=F1oz?= <jose@ejemplo.cl>
Subject: =?utf-8?B?U2XDsWFs?= rota
Content-Type: text/html; charset=windows-1252

<html><style>p {color: red}</style><script>alert(1)</script><p>Se\xf1al ca\xedda</p><div>Calle&nbsp;Uno &amp; Dos</div>
<img src=x onerror=alert(1)></html>"""


def test_html_becomes_its_words_without_scripts_or_styles() -> None:
    mail = parse(HTML)

    assert mail.text.split("\n")[0] == "Señal caída"
    assert "Calle Uno & Dos" in mail.text
    assert not {"alert", "color", "<"} & set(mail.text.replace("<", " < ").split())


def test_encoded_names_and_subjects_are_read() -> None:
    mail = parse(HTML)

    assert (mail.sender, mail.sender_name, mail.subject) == ("jose@ejemplo.cl", "José Muñoz", "Señal rota")


def test_plain_text_is_preferred_to_html() -> None:
    made = EmailMessage()
    made.set_content("En texto")
    made.add_alternative("<p>En HTML</p>", subtype="html")

    assert parse(made.as_bytes()).text == "En texto"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "x-desconocido", "utf-16", ""])
def test_a_wrong_charset_loses_no_mail(charset: str) -> None:
    raw = f"Content-Type: text/plain; charset={charset}\n\n".encode() + "Señal".encode("latin-1")

    assert parse(raw).text


def test_parts_nested_beyond_reason_leave_the_headers() -> None:
    nest = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(5_000))

    mail = parse(b"From: rosa@ejemplo.cl\nSubject: Hola\n" + nest)

    assert (mail.sender, mail.subject) == ("rosa@ejemplo.cl", "Hola")


def test_a_header_cannot_bring_another() -> None:
    raw = b"From: rosa@ejemplo.cl\nSubject: =?utf-8?B?SG9sYQpCY2M6IG90cmFAZWplbXBsby5jbA==?=\n\nHola"

    assert parse(raw).subject == "Hola Bcc: otra@ejemplo.cl"


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Gracias.\n\nEl lun, 2 nov 2026 a las 10:00, Municipalidad (<a@b.cl>) escribió:\n> Hola", "Gracias."),
        ("Gracias.\nOn Mon, Nov 2, 2026 at 10:00 AM Municipality <a@b.cl> wrote:\n> Hello", "Gracias."),
        ("Gracias.\n\n-----Mensaje original-----\nDe: a@b.cl\nHola", "Gracias."),
        ("> Hola\nGracias.\n-- \nRosa", "Gracias."),
        ("> sólo una cita", "> sólo una cita"),
    ],
)
def test_only_what_the_person_wrote_now_is_taken(text: str, own: str) -> None:
    assert rules.own_words(text) == own


def test_folios_are_found_however_they_are_typed() -> None:
    from cabildo.tickets.rules.folio import folio

    right = folio(2026, 123)
    wrong = right[:-1] + ("A" if right[-1] != "A" else "B")

    assert rules.folios_in(f"Re: {right.lower()} y {wrong}") == [right]


HEADER_NAMES = ["From", "Subject", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "References", "Date"]
VALUES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [
            b'multipart/mixed; boundary="b"', b"message/rfc822", b"text/html; charset=utf-7", b"base64", b"x-uuencode",
            b"=?utf-8?B?////?=", b"=?x?Q?=ZZ?=", b"text/plain; charset*=''%FF", b'text/plain; name*0*="a"; name*1',
            b"@", b"<>", b'"' * 50, b"(" * 500, b"a@b" + b"," * 99, b"quoted-printable", b"message/partial",
        ]
    ),
)  # fmt: skip
HEADERS = st.lists(st.tuples(st.sampled_from(HEADER_NAMES), VALUES), max_size=8)
BODIES = st.one_of(st.binary(max_size=400), st.lists(st.sampled_from([b"--b\n", b"--b--\n", b"begin 644 a\n", b"\n"])))


@pytest.mark.fuzz
@given(headers=HEADERS, body=BODIES)
def test_no_bytes_make_reading_fail(headers, body) -> None:
    head = b"".join(name.encode() + b": " + value + b"\n" for name, value in headers)
    raw = head + b"\n" + (body if isinstance(body, bytes) else b"".join(body))

    for mail in (parse(raw), parse_headers(raw)):
        assert mail.identity
        for said in (mail.sender, mail.subject, mail.text, *mail.headers.values()):
            said.encode("utf-8")
            assert "\0" not in said


@pytest.mark.fuzz
@given(seed=st.integers(0, 2**32))
def test_a_good_mail_with_bytes_changed_is_still_read(seed: int) -> None:
    noise = random.Random(seed)
    made = EmailMessage()
    made["From"], made["Subject"] = "Rosa <rosa@ejemplo.cl>", "Señal rota"
    made.set_content("Hola")
    made.add_attachment(b"x" * 200, maintype="image", subtype="png", filename="fóto.png")
    raw = bytearray(made.as_bytes())
    for _ in range(noise.randint(1, 40)):
        raw[noise.randrange(len(raw))] = noise.randrange(256)

    assert parse(bytes(raw)).identity
