"""Every role: its name, one sentence, and all that it may do. An auditor can read this page."""

from django.utils.translation import gettext_lazy as _

from cabildo.accounts.access import Role
from cabildo.accounts.choices import AccountsPermission as A
from cabildo.dashboards.choices import DashboardsPermission as D
from cabildo.meetings.permissions import MeetingsPermission as M
from cabildo.notifications.permissions import NotificationsPermission as N
from cabildo.plans.choices import PlansPermission as P
from cabildo.quality.choices import QualityPermission as Q
from cabildo.territory.permissions import TerritoryPermission
from cabildo.tickets.choices import TicketPermission as T
from cabildo.workflow.processes.choices import ProcessPermission

READ = frozenset({A.ENTER_DESK, M.ATTEND, P.VIEW, T.SEE_INTERNAL, T.VIEW})
WORK = READ | {T.REGISTER, T.WORK, T.ASK_DEPARTMENTS, T.WRITE_PROTOCOLS}
WORK_ON_PROCESSES = frozenset({ProcessPermission.VIEW, ProcessPermission.WORK})
LEAD_PROCESSES = WORK_ON_PROCESSES | {ProcessPermission.LEAD}
LEAD_MEETINGS = frozenset({M.ATTEND, M.LEAD, M.WRITE})
LEAD_PLANS = frozenset({P.VIEW, P.EDIT, P.REPORT})
LEAD_QUALITY = frozenset({Q.VIEW, Q.ANSWER, Q.LEAD})


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
            M.ATTEND,
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
    permissions = (
        READ
        | {D.SEE_OWED, T.VIEW_ALL, T.SEE_FIGURES, T.EXPORT, M.VIEW, P.APPROVE}
        | LEAD_QUALITY
        | LEAD_MEETINGS
        | LEAD_PROCESSES
    )


class ControlUnit(Role):
    slug = "control_unit"
    name = _("Unidad de control")
    description = _("Revisa todas las solicitudes, sus plazos y el registro de quién hizo qué.")
    permissions = READ | {D.SEE_OWED, T.VIEW_ALL, T.SEE_FIGURES, T.EXPORT, Q.VIEW, M.VIEW, ProcessPermission.VIEW}


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
    permissions = (
        WORK
        | {D.SEE_OWED, T.DERIVE, T.APPROVE, T.CLOSE, T.EXPORT, T.SEE_FIGURES, T.PLAN_BACKLOG, T.APPROVE_PROTOCOLS}
        | LEAD_MEETINGS
        | LEAD_PLANS
        | LEAD_PROCESSES
    )


class DepartmentOfficer(Role):
    slug = "department_officer"
    name = _("Funcionario de dirección")
    description = _("Trabaja las solicitudes de su dirección y prepara las respuestas.")
    in_department = True
    permissions = WORK | {T.DERIVE, T.CLOSE, P.REPORT} | LEAD_MEETINGS | WORK_ON_PROCESSES


class MunicipalSecretary(Role):
    slug = "municipal_secretary"
    name = _("Secretaría municipal")
    description = _("Da fe de las sesiones: registra los cuerpos y sus integrantes, y lleva las actas de todos.")
    permissions = LEAD_MEETINGS | WORK_ON_PROCESSES | {A.ENTER_DESK, M.VIEW}


class PlanningOffice(Role):
    slug = "planning_office"
    name = _("Planificación (SECPLAN)")
    description = _("Escribe los planes de la municipalidad y sigue su avance.")
    permissions = LEAD_PLANS | LEAD_MEETINGS | LEAD_PROCESSES | {A.ENTER_DESK, D.SEE_OWED}


class DataProtection(Role):
    slug = "data_protection"
    name = _("Protección de datos personales")
    description = _("Responde a quienes ejercen derechos sobre sus datos y fija por cuánto tiempo se conservan.")
    permissions = frozenset({A.ENTER_DESK, M.ATTEND, T.PROTECT_DATA, T.ENTER_DATA_REQUESTS})


class QualityCounterpart(Role):
    slug = "quality_counterpart"
    name = _("Contraparte de calidad")
    description = _("Conduce el programa de calidad: abre los ciclos, reúne las respuestas y cierra cada etapa.")
    permissions = LEAD_QUALITY | LEAD_MEETINGS | LEAD_PLANS | LEAD_PROCESSES | {A.ENTER_DESK}


class QualityCommittee(Role):
    slug = "quality_committee"
    name = _("Comité de mejora")
    description = _("Responde el diagnóstico y la autoevaluación por consenso.")
    permissions = WORK_ON_PROCESSES | {A.ENTER_DESK, M.ATTEND, P.VIEW, Q.VIEW, Q.ANSWER}


ALL = (
    Administrator,
    Mayor,
    ControlUnit,
    RequestsOffice,
    CounterOfficer,
    DepartmentHead,
    DepartmentOfficer,
    MunicipalSecretary,
    PlanningOffice,
    DataProtection,
    QualityCounterpart,
    QualityCommittee,
)
