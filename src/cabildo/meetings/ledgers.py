"""What departments owe to meetings, for management control."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cabildo.meetings.choices import AgreementState
from cabildo.meetings.models import Agreement
from cabildo.workflow import ledgers
from cabildo.workflow.ledgers import Ledger, Owed


def _open(_user: Any) -> QuerySet[Agreement]:
    return Agreement.objects.filter(state=AgreementState.OPEN)


def _agreement(agreement: Agreement) -> Owed:
    url = reverse("meetings:agreement", args=[agreement.pk])
    return Owed(agreement.folio, agreement.what, str(agreement.user or ""), agreement.due_on, url)


def register() -> None:
    ledgers.register(
        Ledger(
            "acuerdos",
            _("Acuerdos de reuniones"),
            _open,
            _agreement,
            related=("meeting__municipality", "user"),
            persons=("user",),
        )
    )
