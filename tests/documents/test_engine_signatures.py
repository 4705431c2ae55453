import pytest

from cabildo.documents import engine_signatures
from cabildo.documents.engine_signatures import inspect_signature, pages_fingerprint, self_made_identity, sign_pdf

from . import samples


@pytest.fixture(scope="module")
def signed() -> bytes:
    return samples.signed_pdf()


def test_a_pdf_without_signature_says_none() -> None:
    assert inspect_signature(samples.pdf()).state == "none"


def test_an_intact_signature_of_unknown_origin_cannot_be_verified_here(signed: bytes) -> None:
    verdict = inspect_signature(signed)

    assert (verdict.state, verdict.signer, verdict.signed_at is not None) == ("not_verifiable", "Carmen Díaz", True)


def test_a_signature_is_valid_when_its_root_is_installed(settings, tmp_path) -> None:
    identity = self_made_identity("Carmen Díaz")
    (tmp_path / "root.pem").write_bytes(identity.certificate)
    settings.SIGNATURE_TRUST_ROOTS = tmp_path

    assert inspect_signature(sign_pdf(samples.pdf(), identity)).state == "valid"


def test_another_root_does_not_vouch_for_it(settings, tmp_path, signed: bytes) -> None:
    (tmp_path / "root.pem").write_bytes(self_made_identity("Otra Persona").certificate)
    settings.SIGNATURE_TRUST_ROOTS = tmp_path

    assert inspect_signature(signed).state == "not_verifiable"


def test_a_changed_byte_makes_the_signature_invalid(signed: bytes) -> None:
    changed = bytearray(signed)
    changed[2000] ^= 1

    assert inspect_signature(bytes(changed)).state == "invalid"


def test_a_revision_after_signing_makes_it_invalid(monkeypatch, signed: bytes) -> None:
    monkeypatch.setattr(samples, "pdf", lambda: signed)

    assert inspect_signature(samples.pdf_with_script()).state == "invalid"


def test_bytes_after_the_signed_ones_make_it_invalid(signed: bytes) -> None:
    assert inspect_signature(signed + b"%algo mas\n").state == "invalid"


def test_a_line_feed_at_the_end_changes_nothing(signed: bytes) -> None:
    assert inspect_signature(signed + b"\r\n").state == "not_verifiable"


def test_a_second_signature_keeps_the_first(signed: bytes) -> None:
    twice = sign_pdf(signed, self_made_identity("Ana Reyes"), field="Firma2")
    verdict = inspect_signature(twice)

    assert (verdict.state, verdict.signer) == ("not_verifiable", "Carmen Díaz, Ana Reyes")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\nnada\n%%EOF", b"\x00" * 100])
def test_what_is_no_pdf_has_no_signature(content: bytes) -> None:
    assert inspect_signature(content).state == "none"


def test_the_names_of_signers_are_not_logged(signed: bytes, caplog) -> None:
    inspect_signature(signed)

    assert "Carmen" not in caplog.text


def test_an_endless_document_is_walked_up_to_a_limit(monkeypatch) -> None:
    monkeypatch.setattr(engine_signatures, "MAX_OBJECTS", 1)

    assert engine_signatures.active_content(samples.pdf(), "carta.pdf") == ("unchecked",)


@pytest.mark.parametrize(
    "handled",
    [
        samples.signed_pdf,
        lambda content: sign_pdf(samples.signed_pdf(content), self_made_identity("Ana Reyes"), field="Firma2"),
        lambda content: samples.signed_pdf(samples.written_anew(content)),
    ],
    ids=["signed", "signed twice", "written anew and signed"],
)
def test_a_document_is_known_again_by_its_pages_once_signed(handled) -> None:
    content = samples.pdf("Respuesta")

    assert pages_fingerprint(handled(content)) == pages_fingerprint(content) != ""


@pytest.mark.parametrize(
    "changed",
    [
        lambda _content: samples.pdf("Otra respuesta"),
        samples.page_changed,
        lambda content: samples.page_changed(content, annotated=True),
    ],
    ids=["another", "drawn again over the same bytes", "with a note over it"],
)
def test_what_shows_something_else_is_not_the_same_document(changed) -> None:
    content = samples.pdf("Respuesta")

    assert pages_fingerprint(samples.signed_pdf(changed(content))) != pages_fingerprint(content)


def test_what_cannot_be_read_has_no_pages() -> None:
    assert [pages_fingerprint(b"%PDF-1.7 roto"), pages_fingerprint(samples.locked_pdf("clave"))] == ["", ""]
