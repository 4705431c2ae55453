"""What accounts refuses, in words."""

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError


class AccountsError(DomainError):
    sentences = {
        "slug_taken": _("Ya existe una municipalidad con el nombre corto «{slug}». Elija otro."),
        "unknown_role": _("El rol «{role}» no existe. Elija uno de la lista de roles."),
        "department_needed": _("El rol «{role}» se ejerce en una dirección. Indique cuál."),
        "ends_before_start": _("La fecha de término es anterior a la de inicio. Corrija una de las dos."),
        "substitute_is_absent": _("Nadie puede subrogarse a sí mismo. Elija a otra persona."),
    }
