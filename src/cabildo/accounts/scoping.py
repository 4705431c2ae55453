"""How a row belongs to a municipality: an unscoped query of a tenant table raises."""

from collections.abc import Iterable, Iterator
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


def formfield(field: Any, **options: Any) -> Any:
    """`Meta.formfield_callback` of a form that points to tenant rows: it is declared outside any scope.

    Its choices start empty; the form's `__init__` fills them, inside the scope.
    """
    related = getattr(field, "related_model", None)
    if related is not None and issubclass(related, TenantModel):
        options["queryset"] = related._default_manager.none()
    return field.formfield(**options)


@contextmanager
def in_municipality(municipality: "Municipality") -> Iterator[None]:
    """Queries inside see this municipality alone."""
    with scope(municipality=municipality):
        yield


@contextmanager
def in_municipalities(municipality_ids: Iterable[int]) -> Iterator[None]:
    """Queries inside see the rows of these municipalities together, which a programme's own query named.

    For the desks of agencies, and for reading: nothing inside may ask for «the» municipality.
    """
    with scope(municipality=tuple(municipality_ids)):
        yield


def current_municipality() -> "Municipality":
    """The municipality of the present scope; a programming error when there is none, or when there are several."""
    found = get_scope()["municipality"]
    if isinstance(found, tuple):
        raise LookupError("several municipalities are in scope: what asks for «the» municipality enters one first")
    return found


def is_in_one_municipality() -> bool:
    """Is there a scope, and of one municipality alone?"""
    found = get_scope().get("municipality")
    return found is not None and not isinstance(found, tuple)
