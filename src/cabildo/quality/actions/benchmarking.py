"""How does a municipality agree to be compared with others of its programme, and take it back?"""

from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.db.locking import lock_rows
from cabildo.quality.choices import EnrolmentState, Sharing
from cabildo.quality.errors import QualityError
from cabildo.quality.models import BenchmarkConsent, Enrolment


@transaction.atomic
def decide_sharing(enrolment: Enrolment, *, sharing: str, by: User) -> BenchmarkConsent:
    """What others of its programme see of its results, from now on; «nothing» takes back what was agreed, at once.

    The decisions before stay on record. QualityError not_in_programme, sharing_same.
    """
    enrolment = lock_rows(Enrolment.objects.filter(pk=enrolment.pk)).get()
    if enrolment.state != EnrolmentState.ACCEPTED:
        raise QualityError("not_in_programme")
    last = BenchmarkConsent.objects.filter(municipality=enrolment.municipality_id).order_by("-pk").first()
    if _in_force(last, enrolment) == sharing:
        raise QualityError("sharing_same")
    decided: BenchmarkConsent = BenchmarkConsent.objects.create(
        municipality_id=enrolment.municipality_id,
        agency_id=enrolment.agency_id,
        sharing=sharing,
        by=by,
        replaces=last,
    )
    audit.record("benchmark_consent.decided", on=decided, by=by, data={"sharing": sharing, "agency": decided.agency_id})
    return decided


def _in_force(last: BenchmarkConsent | None, enrolment: Enrolment) -> str:
    return last.sharing if last is not None and last.agency_id == enrolment.agency_id else Sharing.NOTHING
