"""How does a closed acta become a paper that anyone can check, and how is it signed?"""

from collections.abc import Iterable

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from cabildo import audit, jobs
from cabildo.accounts.models import User
from cabildo.accounts.queries import same_person
from cabildo.db.locking import lock_rows
from cabildo.documents import actions as documents
from cabildo.documents.errors import DocumentsError
from cabildo.documents.models import SignedDocument
from cabildo.documents.signing import SigningRequest
from cabildo.meetings import acta as composition
from cabildo.meetings.actions.minutes import WRITE_PAPER
from cabildo.meetings.actions.steps import locked, next_state
from cabildo.meetings.choices import ActaState, SigningMethod
from cabildo.meetings.errors import MeetingsError
from cabildo.meetings.models import Acta, Attendance, Signature
from cabildo.meetings.queries import signing as queries
from cabildo.meetings.rules.signing import is_fully_signed

TITLE = "Acta de reunión"
PLAIN, UPLOADED = "verification_code", "uploaded"
MAX_SIGNED = 20 * 1024 * 1024


@transaction.atomic
def write_acta(acta: Acta) -> SignedDocument:
    """The PDF of an acta with its code. Once all have signed in the platform it is made again, with their names."""
    acta = _locked(acta)
    existing = queries.paper_of(acta)
    if existing is not None and not _is_behind(acta, existing):
        return existing
    issued = _reserve(acta, by=acta.closed_by)
    sealed = _seal(acta, issued, PLAIN, by=acta.closed_by)
    if existing is not None:
        documents.annul(existing, by=acta.closed_by, reason="signatures_added")
    return sealed


def _is_behind(acta: Acta, paper: SignedDocument) -> bool:
    """Does the paper show fewer signatures than the acta has? One signed electronically is never made again."""
    if acta.state != ActaState.SIGNED or paper.method == UPLOADED:
        return False
    return any(paper.sealed_at and signature.at > paper.sealed_at for signature in queries.signatures_of(acta))


def _locked(acta: Acta) -> Acta:
    found: Acta = lock_rows(Acta.objects.filter(pk=acta.pk)).get()
    if found.state == ActaState.SUPERSEDED:
        raise MeetingsError("no_acta")
    return found


def _reserve(acta: Acta, *, by: User) -> SignedDocument:
    issuer = str(acta.meeting.municipality)
    return documents.issue_code(title=TITLE, issuer=issuer, number=queries.reference(acta), by=by)


def _seal(acta: Acta, issued: SignedDocument, method: str, *, by: User, upload: bytes = b"") -> SignedDocument:
    name = composition.file_name(acta)
    request = SigningRequest(pdf=composition.pdf(acta, issued.code), name=name, signed_upload=upload)
    return documents.seal(issued, request=request, method=method, owner=acta.meeting, visibility="internal", by=by)


@transaction.atomic
def sign(acta: Acta, person: Attendance, *, method: str, by: User) -> Signature:
    """Somebody present signs, with their own account or on paper, which whoever keeps the minutes notes.

    When all who must have signed, the acta is signed. MeetingsError did_not_come, already_signed, not_yours_to_sign.
    """
    acta = _locked(acta)
    if method == SigningMethod.ACCOUNT and person.user_id not in same_person(by):
        raise MeetingsError("not_yours_to_sign")
    signature = _sign(acta, person, method, by=by)
    _settle(acta, by=by)
    return signature


def _sign(acta: Acta, person: Attendance, method: str, *, by: User) -> Signature:
    if not person.came or person.meeting_id != acta.meeting_id:
        raise MeetingsError("did_not_come", name=person.full_name)
    if acta.signatures.filter(attendance=person).exists():
        raise MeetingsError("already_signed", name=person.full_name)
    signature: Signature = Signature.objects.create(
        municipality=acta.municipality,
        acta=acta,
        attendance=person,
        name=person.full_name,
        role=person.get_role_display(),
        method=method,
        at=timezone.now(),
        noted_by=by,
    )
    audit.record("acta.signed_by", on=acta, by=by, data={"attendance": person.pk, "method": method})
    return signature


def _settle(acta: Acta, *, by: User) -> None:
    """The acta is signed once all who must have done so."""
    people = [(person.pk, person.role) for person in queries.present(acta)]
    signed = [signature.attendance_id for signature in queries.signatures_of(acta)]
    if acta.state != ActaState.CLOSED or not is_fully_signed(people, signed):
        return
    meeting = locked(acta.meeting)
    meeting.state = next_state(meeting, "sign")
    meeting.save(update_fields=["state"])
    acta.state = ActaState.SIGNED
    acta.save(update_fields=["state"])
    audit.record("acta.signed", on=acta, by=by)
    jobs.enqueue(WRITE_PAPER, municipality=acta.municipality_id, by=by, acta=acta.pk)


@transaction.atomic
def prepare_copy(acta: Acta, *, by: User) -> SignedDocument:
    """Reserve the code of a copy that people will sign with their own certificates; one waits at a time."""
    acta = _locked(acta)
    return queries.unsealed_copy(acta) or _reserve(acta, by=by)


@transaction.atomic
def hand_out_copy(acta: Acta, *, by: User) -> bytes:
    """The PDF to be signed. What it shows is kept, to know it again when it comes back."""
    copy = queries.unsealed_copy(acta)
    if copy is None:
        raise MeetingsError("copy_missing")
    pdf = composition.pdf(acta, copy.code)
    documents.hand_out(copy, pdf, by=by)
    return pdf


@transaction.atomic
def take_signed_copy(acta: Acta, upload: File, signers: Iterable[Attendance], *, by: User) -> SignedDocument:
    """The PDF signed electronically takes the place of the paper; `signers` are those whose signatures it carries."""
    acta = _locked(acta)
    copy, before, people = queries.unsealed_copy(acta), queries.paper_of(acta), list(signers)
    if copy is None:
        raise MeetingsError("copy_missing")
    if not people:
        raise MeetingsError("nobody_signs")
    content = upload.read(MAX_SIGNED + 1)
    if len(content) > MAX_SIGNED:
        raise DocumentsError("too_large", name=composition.file_name(acta), limit=MAX_SIGNED // 1024 // 1024)
    sealed = _seal(acta, copy, UPLOADED, by=by, upload=content)
    for person in people:
        _sign(acta, person, SigningMethod.UPLOADED, by=by)
    _settle(acta, by=by)
    if before is not None:
        documents.annul(before, by=by, reason="replaced_by_signed")
    return sealed
