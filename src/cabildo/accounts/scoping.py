"""How a row belongs to a municipality: an unscoped query of a tenant table raises."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import models
from django_scopes import ScopedManager, scope
from django_scopes.state import get_scope

if TYPE_CHECKING:
    from cabildo.accounts.models import Municipality


class TenantModel(models.Model):
    """A row of one municipality. `objects` answers only inside its scope."""

    municipality = models.ForeignKey("accounts.Municipality", on_delete=models.PROTECT, related_name="+")

    objects: Any = ScopedManager(municipality="municipality")

    class Meta:
        abstract = True


@contextmanager
def in_municipality(municipality: "Municipality") -> Iterator[None]:
    """Queries inside see this municipality alone."""
    with scope(municipality=municipality):
        yield


def current_municipality() -> "Municipality":
    """The municipality of the present scope; a programming error when there is none."""
    return get_scope()["municipality"]
