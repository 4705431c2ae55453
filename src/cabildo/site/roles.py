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

READ = frozenset({A.ENTER_DESK, M.ATTEND, P.VIEW, Q.READ_PRACTICES, T.SEE_INTERNAL, T.VIEW})
WORK = READ | {T.REGISTER, T.WORK, T.ASK_DEPARTMENTS, T.WRITE_PROTOCOLS, Q.FINISH_ACTION}
WORK_ON_PROCESSES = frozenset({ProcessPermission.VIEW, ProcessPermission.WORK, ProcessPermission.LEAD})
LEAD_PROCESSES = WORK_ON_PROCESSES | {ProcessPermission.DIRECT}
LEAD_MEETINGS = frozenset({M.ATTEND, M.LEAD, M.WRITE})
LEAD_PLANS = frozenset({P.VIEW, P.EDIT, P.REPORT})
VISIT_QUALITY = frozenset({A.ENTER_DESK, Q.VIEW, Q.READ_SHEETS, ProcessPermission.VIEW})
WRITE_SHEETS = frozenset({Q.READ_SHEETS, Q.WRITE_SHEETS, Q.FINISH_ACTION})
LEAD_QUALITY = frozenset({Q.VIEW, Q.ANSWER, Q.LEAD, Q.SUPPORT, Q.ASK_HELP, Q.COMPARE, Q.SHARE_RESULTS}) | WRITE_SHEETS


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
            Q.READ_PRACTICES,
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
        | {D.SEE_OWED, T.VIEW_ALL, T.APPROVE, T.NAME_OFFICIAL, T.SEE_FIGURES, T.EXPORT, M.VIEW, P.APPROVE}
        | {T.STAND_FOR_CONTROL}
        | LEAD_QUALITY
        | LEAD_MEETINGS
        | LEAD_PROCESSES
    )


class ControlUnit(Role):
    slug = "control_unit"
    name = _("Unidad de control")
    description = _("Revisa todas las solicitudes, sus plazos y el registro de quién hizo qué.")
    permissions = READ | {
        D.SEE_OWED,
        T.VIEW_ALL,
        T.NAME_OFFICIAL,
        T.STAND_FOR_OFFICE,
        T.SEE_FIGURES,
        T.EXPORT,
        Q.VIEW,
        Q.COMPARE,
        Q.READ_SHEETS,
        M.VIEW,
        ProcessPermission.VIEW,
    }


class RequestsOffice(Role):
    slug = "requests_office"
    name = _("Oficina de solicitudes (OIRS)")
    description = _("Recibe, ordena y deriva las solicitudes de todos los canales y vela por sus plazos.")
    permissions = WORK | {
        T.VIEW_ALL,
        T.DERIVE,
        T.NAME_OFFICIAL,
        T.CORRECT_OFFICIAL,
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
        | {T.NAME_OFFICIAL, T.CORRECT_OFFICIAL}
        | LEAD_MEETINGS
        | LEAD_PLANS
        | LEAD_PROCESSES
        | WRITE_SHEETS
    )


class DepartmentOfficer(Role):
    slug = "department_officer"
    name = _("Funcionario de dirección")
    description = _("Trabaja las solicitudes de su dirección y prepara las respuestas.")
    in_department = True
    permissions = (
        WORK | {T.DERIVE, T.NAME_OFFICIAL, T.CLOSE, P.REPORT} | LEAD_MEETINGS | WORK_ON_PROCESSES | WRITE_SHEETS
    )


class MunicipalSecretary(Role):
    slug = "municipal_secretary"
    name = _("Secretaría municipal")
    description = _("Da fe de las sesiones: registra los cuerpos y sus integrantes, y lleva las actas de todos.")
    permissions = LEAD_MEETINGS | WORK_ON_PROCESSES | {A.ENTER_DESK, Q.READ_PRACTICES, M.VIEW}


class PlanningOffice(Role):
    slug = "planning_office"
    name = _("Planificación (SECPLAN)")
    description = _("Escribe los planes de la municipalidad y sigue su avance.")
    permissions = LEAD_PLANS | LEAD_MEETINGS | LEAD_PROCESSES | {
        A.ENTER_DESK, D.SEE_OWED, Q.READ_PRACTICES, Q.READ_SHEETS, Q.VIEW,
    }  # fmt: skip


class DataProtection(Role):
    slug = "data_protection"
    name = _("Protección de datos personales")
    description = _("Responde a quienes ejercen derechos sobre sus datos y fija por cuánto tiempo se conservan.")
    permissions = frozenset({A.ENTER_DESK, Q.READ_PRACTICES, M.ATTEND, T.PROTECT_DATA, T.ENTER_DATA_REQUESTS})


class QualityCounterpart(Role):
    slug = "quality_counterpart"
    name = _("Contraparte de calidad")
    description = _("Conduce el programa de calidad: abre los ciclos, reúne las respuestas y cierra cada etapa.")
    permissions = LEAD_QUALITY | LEAD_MEETINGS | LEAD_PLANS | LEAD_PROCESSES | {A.ENTER_DESK, Q.READ_PRACTICES}


class QualityCommittee(Role):
    slug = "quality_committee"
    name = _("Comité de mejora")
    description = _("Responde el diagnóstico y la autoevaluación por consenso.")
    permissions = (
        WORK_ON_PROCESSES
        | WRITE_SHEETS
        | {A.ENTER_DESK, Q.READ_PRACTICES, M.ATTEND, P.VIEW, Q.VIEW, Q.ANSWER, Q.COMPARE}
    )


class AgencyAdministrator(Role):
    slug = "agency_administrator"
    name = _("Administración del organismo")
    description = _("Da cuenta y rol a quienes trabajan en el organismo.")
    in_agency = True
    permissions = frozenset({A.ENTER_AGENCY, A.MANAGE_AGENCY_PEOPLE})


class ProgrammeLead(Role):
    slug = "programme_lead"
    name = _("Conducción del programa de calidad")
    description = _("Invita a las municipalidades, asigna quién las acompaña y confirma la línea de cada una.")
    in_agency = True
    permissions = frozenset({A.ENTER_AGENCY, Q.VIEW_PROGRAMME, Q.MANAGE_PROGRAMME, Q.CONFIRM_LINE, Q.ANSWER_HELP})


class ProgrammeProfessional(Role):
    slug = "programme_professional"
    name = _("Profesional del programa de calidad")
    description = _("Acompaña a las municipalidades que le asignan: registra su apoyo y confirma su línea.")
    in_agency = True
    is_outside = True
    permissions = VISIT_QUALITY | {A.ENTER_AGENCY, Q.VIEW_PROGRAMME, Q.CONFIRM_LINE, Q.SUPPORT, Q.ANSWER_HELP}


class ValidationCoordinator(Role):
    slug = "validation_coordinator"
    name = _("Coordinación de la validación")
    description = _("Lleva el registro de validadores y asigna a cada uno las municipalidades que revisa.")
    in_agency = True
    permissions = frozenset({A.ENTER_AGENCY, Q.VIEW_PROGRAMME, Q.COORDINATE_VALIDATION})


class Validator(Role):
    slug = "validator"
    name = _("Validador")
    description = _("Revisa la autoevaluación y el plan de las municipalidades que le asignan.")
    is_outside = True
    permissions = VISIT_QUALITY | LEAD_MEETINGS | {Q.VALIDATE}


class Consultant(Role):
    slug = "consultant"
    name = _("Consultoría")
    description = _("Acompaña a la municipalidad que contrató y revisa el informe y el plan antes de su envío.")
    is_outside = True
    permissions = VISIT_QUALITY | {Q.REVIEW_AS_CONSULTANT}


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
    AgencyAdministrator,
    ProgrammeLead,
    ProgrammeProfessional,
    ValidationCoordinator,
    Validator,
    Consultant,
)
