"""Which acta is in force, who signs it, and which paper carries it?"""

from django.db.models import QuerySet

from cabildo.documents.models import SignedDocument
from cabildo.meetings.choices import ActaState
from cabildo.meetings.models import Acta, Attendance, Meeting, Signature
from cabildo.meetings.rules.signing import who_must_sign

OWNER_TYPE = "meetings.meeting"


def acta_in_force(meeting: Meeting) -> Acta | None:
    """The last closed version, unless it was reopened."""
    found: Acta | None = meeting.actas.exclude(state=ActaState.SUPERSEDED).select_related("closed_by").first()
    return found


def versions_of(meeting: Meeting) -> QuerySet[Acta]:
    return meeting.actas.select_related("closed_by").order_by("-version")


def reference(acta: Acta) -> str:
    """The number printed on the paper: «ACTA R-2026-0003 v2»."""
    return f"ACTA {acta.meeting.folio} v{acta.version}"


def _numbered(acta: Acta) -> QuerySet[SignedDocument]:
    return SignedDocument.objects.filter(number=reference(acta), annulled_at=None)


def paper_of(acta: Acta) -> SignedDocument | None:
    """The issued PDF of a version."""
    sealed = _numbered(acta).filter(document__owner_type=OWNER_TYPE, document__owner_id=str(acta.meeting_id))
    return sealed.select_related("document").order_by("-sealed_at").first()


def unsealed_copy(acta: Acta) -> SignedDocument | None:
    """The copy that waits for an electronic signature, or a paper whose making was interrupted."""
    return _numbered(acta).filter(sealed_at=None).order_by("pk").first()


def signatures_of(acta: Acta) -> list[Signature]:
    return list(acta.signatures.all())


def present(acta: Acta) -> list[Attendance]:
    """Who came to the meeting, and so may sign."""
    people = acta.meeting.attendances.filter(came=True).select_related("user", "requester")
    return list(people.order_by("pk"))


def still_to_sign(acta: Acta, people: list[Attendance]) -> list[Attendance]:
    """Those whose signature is needed and is not there."""
    signed = {signature.attendance_id for signature in signatures_of(acta)}
    must = who_must_sign([(person.pk, person.role) for person in people])
    return [person for person in people if person.pk in must - signed]


def without_paper(limit: int) -> list[Acta]:
    """Of the newest actas in force, at most `limit`, those whose PDF is not there. Two queries."""
    newest = list(Acta.objects.exclude(state=ActaState.SUPERSEDED).select_related("meeting").order_by("-pk")[:limit])
    numbers = [reference(acta) for acta in newest]
    written = SignedDocument.objects.filter(number__in=numbers, sealed_at__isnull=False, annulled_at=None)
    done = set(written.values_list("number", flat=True))
    return [acta for acta in newest if reference(acta) not in done]
