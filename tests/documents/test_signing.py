import base64
import hashlib
import json

import pytest

from cabildo.documents import actions, engine_signatures, firmagob, queries, signing
from cabildo.documents.choices import Visibility
from cabildo.documents.errors import DocumentsError
from cabildo.documents.signing import SigningRequest

from . import samples

CONFIGURATION = {
    "address": "https://firma.invalid/firma/v2/files/tickets",
    "entity": "Municipalidad de Puerto Claro",
    "api_token_key": "llave",
    "secret": "secreto",
}


@pytest.fixture
def issued(puerto_claro, carmen, doors):
    return actions.issue_code(title="Oficio N° 123/2026", number="123/2026", issuer="Dirección de Obras", by=carmen)


@pytest.fixture
def seal(issued, obras, carmen):
    def act(method: str = "verification_code", **more):
        request = SigningRequest(pdf=samples.pdf(), name="oficio.pdf", **more)
        return actions.seal(
            issued, request=request, method=method, owner=obras, visibility=Visibility.REQUESTER, by=carmen
        )

    return act


def refused(act, **arguments) -> str:
    with pytest.raises(DocumentsError) as caught:
        act(**arguments)
    assert caught.value.sentence
    return caught.value.code


def test_a_code_says_nothing_until_its_document_is_sealed(issued) -> None:
    assert queries.sealed_document(issued.code) is None


def test_sealing_publishes_the_hash_of_what_is_kept(seal, issued) -> None:
    sealed = seal()

    assert sealed.sha256 == hashlib.sha256(queries.content_of(sealed.document)).hexdigest()
    assert queries.sealed_document(issued.code.lower().replace("-", "")) == sealed
    assert (sealed.state, sealed.method, sealed.document.kind) == ("none", "verification_code", "answer")


def test_a_code_is_used_once(seal) -> None:
    seal()

    assert refused(seal) == "already_sealed"


def test_another_process_may_have_sealed_it_first(seal, issued) -> None:
    seal()
    issued.sealed_at = None

    assert refused(seal) == "already_sealed"


def test_an_uploaded_pdf_is_kept_with_its_verdict_and_signer(seal) -> None:
    uploaded = samples.signed_pdf()
    sealed = seal("uploaded", signed_upload=uploaded)

    assert queries.content_of(sealed.document) == uploaded
    assert (sealed.state, sealed.signer) == ("not_verifiable", "Carmen Díaz")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "not_pdf"),
        (samples.pdf, "signature_missing"),
        (lambda: samples.signed_pdf() + b"%cambio", "signature_invalid"),
    ],
)
def test_an_uploaded_pdf_must_carry_a_whole_signature(seal, make, code: str) -> None:
    assert refused(seal, method="uploaded", signed_upload=make()) == code


def test_an_unknown_way_of_signing_is_refused(seal) -> None:
    assert refused(seal, method="paloma") == "signer_unknown"


def test_firmagob_is_off_until_it_is_configured(seal, settings) -> None:
    assert refused(seal, method="firmagob") == "signer_off"
    assert [signer.name for signer in signing.available()] == ["verification_code", "uploaded"]
    settings.FIRMAGOB = CONFIGURATION
    assert [signer.name for signer in signing.available()] == ["verification_code", "uploaded", "firmagob"]


def test_firmagob_signs_through_its_double(settings) -> None:
    settings.FIRMAGOB = CONFIGURATION
    double = firmagob.Double("Carmen Díaz")
    request = SigningRequest(pdf=samples.pdf(), name="oficio.pdf", signer_run="12345678-5", one_time_code="123456")
    signed = firmagob.FirmaGob(double).sign(request)

    assert signed.verdict.state == "not_verifiable"
    assert engine_signatures.inspect_signature(signed.pdf).signer == "Carmen Díaz"
    assert double.requests[0]["files"][0]["checksum"] == hashlib.sha256(request.pdf).hexdigest()


def test_the_token_names_the_signer_without_check_digit_and_is_signed_with_the_secret() -> None:
    known = firmagob.Configuration(**CONFIGURATION)
    header, claims, signature = firmagob.token("12.345.678-5", known).split(".")
    read = json.loads(base64.urlsafe_b64decode(claims + "=="))

    assert (read["run"], read["entity"], read["purpose"]) == ("12345678", known.entity, "Propósito General")
    assert json.loads(base64.urlsafe_b64decode(header + "==")) == {"alg": "HS256", "typ": "JWT"}
    assert len(base64.urlsafe_b64decode(signature + "=")) == 32


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        ({"metadata": {"otpExpired": True}}, "venció"),
        ({"files": [{"status": "error"}], "error": "RUN sin certificado"}, "RUN sin certificado"),
        ({}, "rechazó"),
    ],
)
def test_what_firmagob_refuses_is_said_in_words(settings, answer: dict, detail: str) -> None:
    settings.FIRMAGOB = CONFIGURATION
    signer = firmagob.FirmaGob(lambda *_: answer)

    with pytest.raises(DocumentsError, match="signer_failed") as caught:
        signer.sign(SigningRequest(pdf=b"%PDF-", name="oficio.pdf"))
    assert detail in caught.value.sentence


@pytest.mark.parametrize("address", ["http://firma.invalid/", "https://127.0.0.1:9/"])
def test_a_service_that_cannot_be_reached_is_said_in_words(settings, address: str) -> None:
    settings.FIRMAGOB = CONFIGURATION | {"address": address}

    assert refused(firmagob.FirmaGob().sign, request=SigningRequest(pdf=b"%PDF-", name="o.pdf")) == "signer_failed"


def test_annulling_keeps_the_document_and_says_when(seal, carmen) -> None:
    sealed = seal()
    actions.annul(sealed, by=carmen, reason="mistake")
    sealed.refresh_from_db()

    assert sealed.annulled_at is not None
    assert queries.sealed_document(sealed.code) == sealed
