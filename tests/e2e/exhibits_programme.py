"""A municipality in levelling, for the walk through the pages of the programme, and what its agency sees."""

from django.utils import timezone

from cabildo.accounts.models import Agency, AgencyMembership, User
from cabildo.quality import queries
from cabildo.quality.actions import levelling, programme, validators
from cabildo.quality.models import Validator, ValidatorAssignment
from cabildo.site import demo
from e2e import exhibits_learning
from e2e.site_map import Values


def gather() -> Values:
    """The cycle has an activity of levelling that was not done."""
    lead = User.objects.get(email__startswith="conduccion@")
    cycle = queries.open_cycle()
    today = timezone.localdate()
    programme.confirm_line(cycle, line="levelling", reason="Quedó bajo el umbral.", today=today, by=lead)
    planned = levelling.plan_activity(
        cycle, what="Taller de metas", held_on=timezone.localdate(), who="SUBDERE", by=lead
    )
    return {"mesa/calidad/{number}/nivelacion/pk": [planned.pk]}


def for_agency() -> Values:
    """What stands in the places of the addresses of an agency's desk: a role, a validator of the register, sent."""
    agency = Agency.objects.get(slug=demo.programme.LEADS)
    register, assigned = _validator()
    return {
        "slug": [demo.SLUG],
        "membership_id": [AgencyMembership.objects.filter(agency=agency).first().pk],
        "calidad/validadores/pk": [register],
        "calidad/municipalidades/{slug}/validadores/pk": [assigned],
        **exhibits_learning.for_agency(),
    }


def _validator() -> tuple[int, int]:
    """One of the register and their assignment to the cycle, made when the demonstration has none."""
    body, today = Agency.objects.get(slug=demo.programme.VALIDATES), timezone.localdate()
    cycle, by = queries.open_cycle(), User.objects.get(email__startswith="coordinacion@")
    trained = {"trained_on": today, "valid_until": today, "employer": "Universidad"}
    user = User.objects.get(email__startswith="valida1@")
    known = Validator.objects.filter(agency=body, user=user).first()
    known = known or validators.register_validator(body, user=user, today=today, by=by, **trained)
    sent = ValidatorAssignment.objects.filter(validator=known, cycle=cycle).first()
    sent = sent or validators.assign(cycle, validator=known, today=today, by=by)
    return known.pk, sent.pk
