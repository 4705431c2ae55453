from datetime import UTC, datetime

import pytest

from cabildo.documents.rules import (
    CODE_ALPHABET,
    MediaType,
    Reader,
    SignatureVerdict,
    may_read,
    may_show_inline,
    new_code,
    normal_code,
    overall,
    safe_name,
    signature_state,
)

STAFF, REQUESTER, PUBLIC = Reader(as_staff=True), Reader(as_requester=True), Reader(as_public=True)


@pytest.mark.parametrize(
    ("visibility", "staff", "requester", "public", "nobody"),
    [
        ("internal", True, False, False, False),
        ("requester", True, True, False, False),
        ("public", True, True, True, False),
    ],
)
def test_each_visibility_opens_to_whom_it_names(visibility, staff, requester, public, nobody) -> None:
    answers = [may_read(visibility, reader) for reader in (STAFF, REQUESTER, PUBLIC, Reader())]

    assert answers == [staff, requester, public, nobody]


@pytest.mark.parametrize(
    ("media_type", "warnings", "inline"),
    [
        (MediaType.PNG, [], True),
        (MediaType.PDF, [], True),
        (MediaType.PDF, ["javascript"], False),
        (MediaType.TEXT, [], False),
        (MediaType.DOCX, [], False),
    ],
)
def test_only_images_and_quiet_pdfs_open_in_the_browser(media_type, warnings, inline) -> None:
    assert may_show_inline(media_type, warnings) is inline


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("foto.jpg", "foto.jpg"),
        ("foto.exe", "foto.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\fotos\\casa.JPEG", "casa.jpg"),
        ("gpj\u202e.exe", "gpj.jpg"),
        ('a"b\r\nc.jpg', "a bc.jpg"),
        ("informe v1. final", "informe v1. final.jpg"),
        (".jpg", "documento.jpg"),
        ("", "documento.jpg"),
    ],
)
def test_a_name_keeps_its_words_and_gets_its_true_extension(given: str, kept: str) -> None:
    assert safe_name(given, MediaType.JPEG) == kept


def test_a_long_name_is_cut_before_its_extension() -> None:
    kept = safe_name("a" * 300 + ".pdf", MediaType.PDF)

    assert (len(kept), kept[-5:]) == (120, "a.pdf")


def test_a_code_has_twelve_characters_without_look_alikes() -> None:
    plain = new_code().replace("-", "")

    assert len(plain) == 12
    assert set(plain) <= set(CODE_ALPHABET)
    assert not set("01ILO") & set(CODE_ALPHABET)


def test_a_code_is_recognised_however_it_is_copied() -> None:
    code = new_code()

    assert [normal_code(code), normal_code(f" {code.replace('-', ' ').lower()} ")] == [code, code]


def test_a_wrong_character_makes_no_code() -> None:
    code = new_code()
    other = "3" if code[0] == "2" else "2"

    assert normal_code(other + code[1:]) is None


@pytest.mark.parametrize("typed", ["", "hola", "7KQM-2WXA", "O" * 12, "ñ" * 12])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert normal_code(typed) is None


@pytest.mark.parametrize(
    ("intact", "changed", "trusted", "state"),
    [
        (True, False, True, "valid"),
        (True, False, False, "not_verifiable"),
        (True, True, True, "invalid"),
        (False, False, True, "invalid"),
    ],
)
def test_a_signature_is_valid_only_when_whole_unchanged_and_trusted(intact, changed, trusted, state) -> None:
    assert signature_state(intact=intact, changed_afterwards=changed, trusted=trusted) == state


def test_several_signatures_are_worth_as_much_as_the_worst() -> None:
    first = SignatureVerdict("valid", "Carmen", datetime(2026, 11, 20, tzinfo=UTC))
    second = SignatureVerdict("not_verifiable", "Ana", datetime(2026, 11, 21, tzinfo=UTC))

    assert overall([first, second]) == SignatureVerdict("not_verifiable", "Carmen, Ana", second.signed_at)


def test_without_signatures_there_is_none() -> None:
    assert overall([]) == SignatureVerdict("none")
