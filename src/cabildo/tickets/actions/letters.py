"""How does an answer become a letter: numbered, verifiable by its code, perhaps signed by who answers?"""

from django.core.files import File
from django.db import transaction

from cabildo.accounts.models import User
from cabildo.db.locking import lock_rows
from cabildo.documents import actions as documents
from cabildo.documents.errors import DocumentsError
from cabildo.documents.models import SignedDocument
from cabildo.documents.signing import SigningRequest
from cabildo.tickets import letters
from cabildo.tickets.actions.events import tell
from cabildo.tickets.choices import EventKind
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Answer, SilenceAct
from cabildo.tickets.queries.letters import certificate_of, letter_of, reference, unsealed_copy

TITLE, CERTIFICATE = "Carta de respuesta", "Certificado de silencio administrativo"
PLAIN, UPLOADED = "verification_code", "uploaded"
MAX_SIGNED = 20 * 1024 * 1024


@transaction.atomic
def write_letter(answer: Answer) -> SignedDocument:
    """The letter of a sent answer, with its verification code; a second time, the one that is there."""
    answer = lock_rows(Answer.objects.filter(pk=answer.pk)).get()
    existing = letter_of(answer)
    if existing is not None:
        return existing
    if answer.sent_at is None or answer.decided_by is None:
        raise TicketsError("answer_not_sent")
    issued = unsealed_copy(answer) or _reserve(answer, by=answer.decided_by)
    request = SigningRequest(pdf=letters.answer_pdf(answer, issued.code), name=letters.answer_name(answer))
    return _seal(answer, issued, request, PLAIN, by=answer.decided_by)


def _reserve(answer: Answer, *, by: User) -> SignedDocument:
    issuer = str(answer.ticket.department or answer.municipality)
    return documents.issue_code(title=TITLE, issuer=issuer, number=reference(answer), by=by)


def _seal(answer: Answer, issued: SignedDocument, request: SigningRequest, method: str, *, by: User) -> SignedDocument:
    sealed = documents.seal(issued, request=request, method=method, owner=answer.ticket, visibility="requester", by=by)
    data = {"document": sealed.document_id, "answer": answer.pk}
    tell(answer.ticket, EventKind.DOCUMENT, by=by, words=reference(answer), is_public=True, data=data)
    return sealed


@transaction.atomic
def write_certificate(act: SilenceAct) -> SignedDocument:
    """The paper of a silence, with its verification code; a second time, the one that is there."""
    act = lock_rows(SilenceAct.objects.filter(pk=act.pk)).get()
    existing = certificate_of(act)
    if existing is not None:
        return existing
    issuer = str(act.ticket.department or act.municipality)
    issued = documents.issue_code(title=CERTIFICATE, issuer=issuer, number=act.reference, by=act.by)
    request = SigningRequest(pdf=letters.certificate_pdf(act, issued.code), name=letters.certificate_name(act))
    sealed = documents.seal(issued, request=request, method=PLAIN, owner=act.ticket, visibility="requester", by=act.by)
    data = {"document": sealed.document_id, "silence": act.pk}
    tell(act.ticket, EventKind.DOCUMENT, by=act.by, words=f"{CERTIFICATE}: {act.reference}", is_public=True, data=data)
    return sealed


@transaction.atomic
def prepare_copy(answer: Answer, *, by: User) -> SignedDocument:
    """Reserve the code of a copy that an official will sign with their own certificate; one waits at a time."""
    answer = lock_rows(Answer.objects.filter(pk=answer.pk)).get()
    if answer.sent_at is None:
        raise TicketsError("answer_not_sent")
    return unsealed_copy(answer) or _reserve(answer, by=by)


@transaction.atomic
def hand_out_copy(answer: Answer, *, by: User) -> bytes:
    """The PDF to be signed. What it shows is kept, to know it again when it comes back."""
    copy = unsealed_copy(answer)
    if copy is None:
        raise TicketsError("copy_missing")
    pdf = letters.answer_pdf(answer, copy.code)
    documents.hand_out(copy, pdf, by=by)
    return pdf


@transaction.atomic
def take_signed_letter(answer: Answer, upload: File, *, by: User) -> SignedDocument:
    """The signed copy takes the letter's place. What it replaces stays in the file, annulled and for officials only."""
    copy, before = unsealed_copy(answer), letter_of(answer)
    if copy is None:
        raise TicketsError("copy_missing")
    content = upload.read(MAX_SIGNED + 1)
    name = letters.answer_name(answer)
    if len(content) > MAX_SIGNED:
        raise DocumentsError("too_large", name=name, limit=MAX_SIGNED // 1024 // 1024)
    request = SigningRequest(pdf=letters.answer_pdf(answer, copy.code), name=name, signed_upload=content)
    sealed = _seal(answer, copy, request, UPLOADED, by=by)
    if before is not None and before.document is not None:
        documents.annul(before, by=by, reason="replaced_by_signed")
        documents.change_visibility(before.document, visibility="internal", by=by, reason="replaced_by_signed")
    return sealed
