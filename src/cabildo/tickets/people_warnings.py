"""What the desk tells who gives roles: which departments have open requests and nobody to answer them."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabildo.accounts import hooks
from cabildo.tickets.queries.unattended import EmptyDepartment, empty_departments
from cabildo.ui import spanish


def register() -> None:
    hooks.warn_of_people_with(of_departments)


def of_departments() -> list[tuple[str, str, str]]:
    """One sentence for each department without people, with the address where somebody is invited to it."""
    url = reverse("accounts:invite")
    return [(sentence(empty), url, _("Invitar a alguien")) for empty in empty_departments()]


def sentence(empty: EmptyDepartment) -> str:
    """«Dirección de Aseo: 3 solicitudes abiertas y nadie que las responda.»"""
    words = ngettext(
        "%(department)s: %(open)s solicitud abierta y nadie que la responda.",
        "%(department)s: %(open)s solicitudes abiertas y nadie que las responda.",
        empty.open,
    )
    return words % {"department": empty.department, "open": spanish.number(empty.open)}
