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


def current_municipality() -> "Municipality":
    """The municipality of the present scope; a programming error when there is none."""
    return get_scope()["municipality"]
