"""FirmaGob, the State's signing service: a signer that is off until the setting `FIRMAGOB` configures it.

Protocol: POST of base64 files with an HS256 token, as in the service's published examples (API v2, files/tickets).
"""

import base64
import hashlib
import hmac
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from cabildo.documents import engine_signatures
from cabildo.documents.errors import DocumentsError
from cabildo.documents.signing import Signed, SigningRequest

TOKEN_LIFE = timedelta(minutes=25)  # the service accepts at most thirty
TIMEOUT_SECONDS = 30
ATTENDED = "Propósito General"  # a person's certificate: asks for a one-time code
UNATTENDED = "Desatendido"

Transport = Callable[[str, Mapping[str, Any], Mapping[str, str]], Mapping[str, Any]]


@dataclass(frozen=True)
class Configuration:
    """What the service gave the institution when it registered this application."""

    address: str
    entity: str
    api_token_key: str
    secret: str
    attended: bool = True

    @property
    def purpose(self) -> str:
        return ATTENDED if self.attended else UNATTENDED


def configuration() -> Configuration | None:
    """From the setting `FIRMAGOB`, a mapping with the fields of Configuration; None while it is off."""
    found: Mapping[str, Any] | None = settings.FIRMAGOB
    return Configuration(**found) if found else None


def post(address: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Mapping[str, Any]:
    """Send the request to the configured service over HTTPS; OSError when it cannot be reached."""
    if not address.startswith("https://"):
        raise OSError("FirmaGob answers by https only")
    request = urllib.request.Request(address, json.dumps(body).encode(), dict(headers))  # noqa: S310  checked above
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
        return json.load(answer)


class FirmaGob:
    name = "firmagob"
    label = "FirmaGob"

    def __init__(self, transport: Transport = post) -> None:
        self.transport = transport

    def is_on(self) -> bool:
        return configuration() is not None

    def sign(self, request: SigningRequest) -> Signed:
        known = configuration()
        if known is None:
            raise DocumentsError("signer_off", name=self.label)
        headers = {"Content-Type": "application/json"}
        if known.attended:
            headers["OTP"] = request.one_time_code
        try:
            answer = self.transport(known.address, body(request, known), headers)
        except (OSError, ValueError, urllib.error.URLError) as error:
            raise DocumentsError("signer_failed", name=self.label, detail="no responde") from error
        pdf = self._signed_file(answer)
        return Signed(pdf, engine_signatures.inspect_signature(pdf))

    def _signed_file(self, answer: Mapping[str, Any]) -> bytes:
        files = answer.get("files") or [{}]
        if answer.get("metadata", {}).get("otpExpired"):
            raise DocumentsError("signer_failed", name=self.label, detail="el código de un uso venció")
        if files[0].get("status") != "OK":
            raise DocumentsError("signer_failed", name=self.label, detail=answer.get("error") or "rechazó el archivo")
        return base64.b64decode(files[0]["content"])


def body(request: SigningRequest, known: Configuration) -> dict[str, Any]:
    """The request's JSON: key, token, and the file with its SHA-256."""
    file = {
        "content-type": "application/pdf",
        "content": base64.b64encode(request.pdf).decode(),
        "description": request.name,
        "checksum": hashlib.sha256(request.pdf).hexdigest(),
    }
    return {"api_token_key": known.api_token_key, "token": token(request.signer_run, known), "files": [file]}


def token(run: str, known: Configuration) -> str:
    """A JSON Web Token (HS256). The RUN goes without dots or check digit, the expiry in local time."""
    expires = timezone.localtime(timezone.now() + TOKEN_LIFE).replace(tzinfo=None)
    claims = {
        "entity": known.entity,
        "run": run.replace(".", "").partition("-")[0],
        "purpose": known.purpose,
        "expiration": expires.isoformat(timespec="seconds"),
    }
    unsigned = f"{_encoded({'alg': 'HS256', 'typ': 'JWT'})}.{_encoded(claims)}"
    signature = hmac.new(known.secret.encode(), unsigned.encode(), hashlib.sha256).digest()
    return f"{unsigned}.{_base64(signature)}"


def _encoded(value: Mapping[str, str]) -> str:
    return _base64(json.dumps(value, ensure_ascii=False).encode())


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


class Double:
    """A transport that answers as the service does, signing with a certificate of its own making.

    `FirmaGob(Double())` lets an installation try the whole path without credentials or network.
    """

    def __init__(self, signer: str = "Firma de prueba") -> None:
        self.identity = engine_signatures.self_made_identity(signer)
        self.requests: list[Mapping[str, Any]] = []

    def __call__(self, address: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Mapping[str, Any]:
        self.requests.append(body)
        expired = "OTP" in headers and not headers["OTP"]
        files = [] if expired else [self._answer(file) for file in body["files"]]
        return {"files": files, "metadata": {"otpExpired": expired, "filesSigned": len(files), "signedFailed": 0}}

    def _answer(self, file: Mapping[str, str]) -> dict[str, str]:
        pdf = base64.b64decode(file["content"])
        if hashlib.sha256(pdf).hexdigest() != file["checksum"]:
            return {"status": "error", "content": ""}
        signed = engine_signatures.sign_pdf(pdf, self.identity)
        return {"status": "OK", "content": base64.b64encode(signed).decode(), "contentType": "application/pdf"}
