"""Which letter carries an answer, which copy of it waits for a signature, and which paper certifies a silence?"""

from django.db.models import QuerySet

from cabildo.accounts.models import Department
from cabildo.documents.models import SignedDocument
from cabildo.tickets.choices import AnswerState
from cabildo.tickets.models import Answer, SilenceAct
from cabildo.tickets.ownership import OWNER_TYPE


def reference(answer: Answer) -> str:
    """The letter's number as it is printed: «OBRAS 12/2026», correlative by department and year."""
    department: Department | None = answer.department
    code = department.code.upper() if department else "OIRS"
    return f"{code} {answer.number}/{answer.number_year}"[:40]


def _numbered(answer: Answer) -> QuerySet[SignedDocument]:
    return SignedDocument.objects.filter(number=reference(answer), annulled_at=None)


def letter_of(answer: Answer) -> SignedDocument | None:
    """The letter in force of a sent answer."""
    sealed = _numbered(answer).filter(document__owner_type=OWNER_TYPE, document__owner_id=str(answer.ticket_id))
    return sealed.select_related("document").order_by("-sealed_at").first()


def unsealed_copy(answer: Answer) -> SignedDocument | None:
    """A code reserved for this answer and not used yet: a copy to be signed, or a job that was interrupted."""
    return _numbered(answer).filter(sealed_at=None).order_by("pk").first()


def sent_answers() -> QuerySet[Answer]:
    """Answers that left with a number, newest first."""
    sent = Answer.objects.filter(state=AnswerState.SENT, number__isnull=False)
    return sent.select_related(
        "ticket__category", "ticket__department", "ticket__requester", "decided_by", "department"
    )


def answers_without_letter(limit: int) -> list[Answer]:
    """Of the newest sent answers, at most `limit`, those whose letter is not there yet. Two queries."""
    newest = list(sent_answers().order_by("-pk")[:limit])
    numbers = [reference(answer) for answer in newest]
    written = SignedDocument.objects.filter(number__in=numbers, sealed_at__isnull=False, annulled_at=None)
    done = set(written.values_list("number", "document__owner_id"))
    return [answer for answer in newest if (reference(answer), str(answer.ticket_id)) not in done]


def certificate_of(act: SilenceAct) -> SignedDocument | None:
    """The paper that certifies a silence."""
    issued = SignedDocument.objects.filter(number=act.reference, sealed_at__isnull=False, annulled_at=None)
    ours = issued.filter(document__owner_type=OWNER_TYPE, document__owner_id=str(act.ticket_id))
    return ours.select_related("document").first()


def acts_without_certificate(limit: int) -> list[SilenceAct]:
    """Of the newest silences, at most `limit`, those whose certificate is not there yet. Two queries."""
    newest = list(SilenceAct.objects.exclude(certificate="").order_by("-pk")[:limit])
    written = SignedDocument.objects.filter(number__in=[act.reference for act in newest], sealed_at__isnull=False)
    done = set(written.values_list("number", flat=True))
    return [act for act in newest if act.reference not in done]
