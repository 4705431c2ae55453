"""A registered owner: a department, read by its own people, with a token and public doors that tests can open."""

from types import SimpleNamespace

import pytest

from cabildo.accounts.models import Membership
from cabildo.documents import owners

TYPE = "accounts.department"
TOKEN = "clave-de-rosa"


def _of_the_department(user, owner_id: str) -> bool:
    return Membership.objects.filter(user=user, department_id=owner_id).exists()


@pytest.fixture
def doors(monkeypatch) -> SimpleNamespace:
    """The department as owner of documents; `doors.public = True` publishes what it marks as public."""
    opened = SimpleNamespace(public=False)
    monkeypatch.setattr(owners, "_types", {})
    owners.register(
        TYPE,
        may_read=_of_the_department,
        may_read_with=lambda token, owner_id: token == TOKEN,
        is_public=lambda owner_id: opened.public,
        persons=lambda owner_id: [("people.person", "7")],
    )
    return opened
