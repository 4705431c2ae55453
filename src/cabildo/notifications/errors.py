"""What notifications refuses, in words."""

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError


class NotificationsError(DomainError):
    sentences = {
        "unknown_template": _("No existe la plantilla «{name}»."),
        "not_failed": _("Este mensaje no está detenido: no hace falta reintentarlo."),
        "bad_address": _("«{address}» no es una dirección de correo. Escríbala así: nombre@municipalidad.cl."),
    }
