"""What meetings puts in «Mi trabajo», and in whose."""

from datetime import timedelta

from django.utils import timezone
from tests.meetings.conftest import DAY, TEN

from cabildo.accounts.links import addresses
from cabildo.accounts.models import Department, Substitution
from cabildo.meetings.actions import agreements, minutes, signing
from cabildo.meetings.duties import acta_duties, agreement_duties
from cabildo.meetings.models import Attendance
from conftest import make_user


def told(source, user, today=DAY) -> list[tuple[str, str, str]]:
    with addresses():
        return [(duty.what, duty.state, duty.action) for duty in source(user, today, 50)]


def test_an_agreement_is_owed_by_its_person_or_else_by_the_department(held, sonia, diego, carmen, aseo) -> None:
    obras = Department.objects.get(code="obras")
    agreements.agree(held, what="De Diego", due_on=DAY, user=diego, department=obras, by=sonia)
    agreements.agree(held, what="De Obras", due_on=DAY + timedelta(days=1), department=obras, by=sonia)
    agreements.agree(held, what="De Aseo", due_on=DAY, department=aseo, by=sonia)
    agreements.agree(held, what="De fuera", due_on=DAY, outsider="Junta 4", by=sonia)

    assert [what for what, _state, _action in told(agreement_duties, diego)] == ["De Diego", "De Obras"]
    assert [what for what, _state, _action in told(agreement_duties, carmen)] == ["De Obras"]
    assert told(agreement_duties, make_user("Externo")) == []


def test_its_state_follows_its_date(held, sonia, diego) -> None:
    agreements.agree(held, what="Informe", due_on=DAY + timedelta(days=30), user=diego, by=sonia)

    days = [DAY, DAY + timedelta(days=29), DAY + timedelta(days=31)]
    assert [told(agreement_duties, diego, day)[0][1] for day in days] == ["on_time", "due_soon", "late"]


def test_who_stands_in_owes_it_too(held, sonia, diego, carmen, puerto_claro) -> None:
    today = timezone.localdate()
    agreements.agree(held, what="Informe", due_on=DAY, user=diego, by=sonia)
    Substitution.objects.create(
        municipality=puerto_claro, absent=diego, substitute=carmen, reason="feriado", starts_on=today, ends_on=today
    )

    assert [what for what, _state, _action in told(agreement_duties, carmen)] == ["Informe"]


def test_the_acta_is_closed_by_the_secretary_then_signed_by_both(held, sonia, alcaldesa, diego) -> None:
    assert told(acta_duties, sonia) == [("Acta de «Sesión de noviembre»", "on_time", "Cerrar el acta")]
    acta = minutes.close_minutes(held, at=TEN, by=sonia)
    assert [action for _what, _state, action in told(acta_duties, sonia)] == ["Firmar"]
    assert [action for _what, _state, action in told(acta_duties, alcaldesa)] == ["Firmar"]
    assert told(acta_duties, diego) == []

    signing.sign(acta, Attendance.objects.get(user=alcaldesa), method="account", by=alcaldesa)

    assert told(acta_duties, alcaldesa) == []
    assert [action for _what, _state, action in told(acta_duties, sonia)] == ["Firmar"]


def test_a_corrected_acta_is_signed_again(acta, held, sonia, alcaldesa) -> None:
    signing.sign(acta, Attendance.objects.get(user=alcaldesa), method="account", by=alcaldesa)
    minutes.reopen(held, reason="Faltó un nombre.", by=sonia)
    minutes.close_minutes(held, at=TEN, by=sonia)

    assert [action for _what, _state, action in told(acta_duties, alcaldesa)] == ["Firmar"]
