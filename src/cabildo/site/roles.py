"""Every role: its name, one sentence, and all that it may do. An auditor can read this page."""

from django.utils.translation import gettext_lazy as _

from cabildo.accounts.access import Role
from cabildo.accounts.choices import AccountsPermission as A
from cabildo.notifications.permissions import NotificationsPermission as N
from cabildo.territory.permissions import TerritoryPermission
from cabildo.tickets.choices import TicketPermission as T

READ = frozenset({A.ENTER_DESK, T.SEE_INTERNAL, T.VIEW})
WORK = READ | {T.REGISTER, T.WORK, T.ASK_DEPARTMENTS, T.WRITE_PROTOCOLS}


class Administrator(Role):
    slug = "administrator"
    name = _("Administración de la plataforma")
    description = _("Deja lista la municipalidad: direcciones, funcionarios, correo, feriados y categorías.")
    permissions = frozenset(
        {
            A.ENTER_DESK,
            A.MANAGE_MUNICIPALITY,
            A.MANAGE_PEOPLE,
            A.VIEW_OPERATIONS,
            N.VIEW_LOG,
            N.MANAGE_MAIL,
            TerritoryPermission.MANAGE_AREAS,
            T.CONFIGURE,
            T.IMPORT,
        }
    )


class Mayor(Role):
    slug = "mayor"
    name = _("Alcaldía")
    description = _("Ve todas las solicitudes y las cifras de la municipalidad.")
    permissions = READ | {T.VIEW_ALL, T.SEE_FIGURES, T.EXPORT}


class ControlUnit(Role):
    slug = "control_unit"
    name = _("Unidad de control")
    description = _("Revisa todas las solicitudes, sus plazos y el registro de quién hizo qué.")
    permissions = READ | {T.VIEW_ALL, T.SEE_FIGURES, T.EXPORT}


class RequestsOffice(Role):
    slug = "requests_office"
    name = _("Oficina de solicitudes (OIRS)")
    description = _("Recibe, ordena y deriva las solicitudes de todos los canales y vela por sus plazos.")
    permissions = WORK | {
        T.VIEW_ALL,
        T.DERIVE,
        T.MERGE,
        T.MODERATE,
        T.EXPORT,
        T.SEE_FIGURES,
        T.PLAN_BACKLOG,
        T.IMPORT,
        T.READ_MAIL,
        T.ENTER_DATA_REQUESTS,
    }


class CounterOfficer(Role):
    slug = "counter_officer"
    name = _("Atención de público")
    description = _("Registra lo que las personas piden en el mesón, por teléfono o por carta.")
    permissions = READ | {T.REGISTER, T.ENTER_DATA_REQUESTS}


class DepartmentHead(Role):
    slug = "department_head"
    name = _("Jefatura de dirección")
    description = _("Responde por las solicitudes de su dirección: las asigna, aprueba y firma.")
    in_department = True
    permissions = WORK | {T.DERIVE, T.APPROVE, T.CLOSE, T.EXPORT, T.SEE_FIGURES, T.PLAN_BACKLOG, T.APPROVE_PROTOCOLS}


class DepartmentOfficer(Role):
    slug = "department_officer"
    name = _("Funcionario de dirección")
    description = _("Trabaja las solicitudes de su dirección y prepara las respuestas.")
    in_department = True
    permissions = WORK | {T.DERIVE, T.CLOSE}


class DataProtection(Role):
    slug = "data_protection"
    name = _("Protección de datos personales")
    description = _("Responde a quienes ejercen derechos sobre sus datos y fija por cuánto tiempo se conservan.")
    permissions = frozenset({A.ENTER_DESK, T.PROTECT_DATA, T.ENTER_DATA_REQUESTS})


ALL = (
    Administrator,
    Mayor,
    ControlUnit,
    RequestsOffice,
    CounterOfficer,
    DepartmentHead,
    DepartmentOfficer,
    DataProtection,
)
