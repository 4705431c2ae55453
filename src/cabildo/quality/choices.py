"""Lines of the programme and what may be done in it."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

COUNTERPARTS = 2  # named by the mayor before the committee (seed 001, slide 24)


class Line(models.TextChoices):
    """Where a diagnosis leads (seed 001, slide 11)."""

    LEVELLING = "levelling", _("Nivelación")
    PROGRESSIVE = "progressive", _("Mejoramiento Progresivo")
    ACCREDITATION = "accreditation", _("Acreditación")


class EnrolmentState(models.TextChoices):
    """What a municipality answered to the invitation of the programme."""

    INVITED = "invited", _("invitada")
    ACCEPTED = "accepted", _("participa")
    DECLINED = "declined", _("no aceptó")


class Party(models.TextChoices):
    """Whose duty or right a clause is."""

    MUNICIPALITY = "municipality", _("municipalidad")
    AGENCY = "agency", _("organismo")


class Nature(models.TextChoices):
    DUTY = "duty", _("deber")
    RIGHT = "right", _("derecho")


class SupportKind(models.TextChoices):
    """What the programme supports with (seed 001, slide 19)."""

    TECHNICAL = "technical", _("técnico")
    TRAINING = "training", _("capacitación")
    FINANCIAL = "financial", _("financiero")


class MovementKind(models.TextChoices):
    TRANSFER = "transfer", _("transferencia")
    RENDERED = "account_rendered", _("rendición de cuentas")


class Subject(models.TextChoices):
    """What is read by the consultant and sent to the validating body."""

    REPORT = "report", _("Informe de Autoevaluación")
    PLAN = "plan", _("Plan de Mejoras")


class BackgroundKind(models.TextChoices):
    """The figures that describe comuna and municipality in the report (seed 001, slide 29)."""

    POPULATION = "population", _("Población")
    SURFACE = "surface", _("Superficie")
    RURAL = "rural", _("Población rural")
    STAFF_PERMANENT = "staff_permanent", _("Personal de planta")
    STAFF_ANNUAL = "staff_annual", _("Personal a contrata")
    STAFF_FEES = "staff_fees", _("Personal a honorarios")
    BUDGET = "budget", _("Presupuesto ejecutado")


class Stage(models.TextChoices):
    """The stages of a cycle, in order, by the codes that its process gives them."""

    DIAGNOSIS = "diagnostico", _("Diagnóstico")
    ENTRY = "ingreso", _("Ingreso al programa")
    COMMITTEE = "comite", _("Comité de Mejora")
    SELF_ASSESSMENT = "autoevaluacion", _("Autoevaluación")
    VALIDATION = "validacion_autoevaluacion", _("Validación de la autoevaluación")
    PLAN = "diseno_plan", _("Diseño del Plan de Mejoras")
    PLAN_VALIDATION = "validacion_plan", _("Validación del Plan de Mejoras")
    IMPLEMENTATION = "implementacion", _("Implementación del Plan de Mejoras")


class AccreditationStage(models.TextChoices):
    """The stages that only the process of accreditation has; it shares the codes of the others."""

    COMMITMENT = "compromiso", _("Compromiso (acreditación)")
    ACCREDITATION = "acreditacion", _("Acreditación")


# every stage of either process, by its code
STAGES = (*Stage.choices, *AccreditationStage.choices)
# the work plan has activities from self-assessment to the validation of the plan (seed 001, slide 25)
WORKED = (Stage.SELF_ASSESSMENT, Stage.VALIDATION, Stage.PLAN, Stage.PLAN_VALIDATION)
# and a method for each stage that the committee conducts from then on (slide 26)
CONDUCTED = (*WORKED, Stage.IMPLEMENTATION)


class Content(models.TextChoices):
    """What the internal communication strategy holds (seed 001, slide 25)."""

    LAUNCH = "lanzamiento", _("Lanzamiento")
    DIFFUSION = "difusion", _("Difusión")
    MOTIVATION = "motivacion", _("Motivación")
    CHANNELS = "canales", _("Canales de información")
    FEEDBACK = "retroalimentacion", _("Instancias para recibir opiniones")


class Scope(models.TextChoices):
    """What is followed up."""

    STAGES = "stages", _("las etapas del programa")
    PLAN = "plan", _("el Plan de Mejoras")


class Every(models.TextChoices):
    WEEK = "week", _("cada semana")
    FORTNIGHT = "fortnight", _("cada dos semanas")
    MONTH = "month", _("cada mes")
    TWO_MONTHS = "two_months", _("cada dos meses")
    QUARTER = "quarter", _("cada tres meses")


class ValidationState(models.TextChoices):
    """Where the validation of a self-assessment stands."""

    REVIEW = "review", _("en revisión documental")
    SCHEDULED = "scheduled", _("entrevista agendada")
    HELD = "held", _("entrevista realizada")
    CONSENSUS = "consensus", _("con puntajes acordados")
    ISSUED = "issued", _("informe emitido")
    OBSERVED = "observed", _("observada por la municipalidad")
    REPLIED = "replied", _("observaciones respondidas")
    FIRM = "firm", _("firme")


class ChangeReason(models.TextChoices):
    """Why a validated mark differs from the declared one."""

    NO_EVIDENCE = "no_evidence", _("sin evidencia")
    PARTIAL_EVIDENCE = "partial_evidence", _("evidencia parcial")
    INCOMPLETE_DEPLOYMENT = "incomplete", _("despliegue incompleto")
    OUTDATED = "outdated", _("dato no vigente")
    INTERVIEW = "interview", _("evidencia adicional en la entrevista")


class FindingKind(models.TextChoices):
    STRENGTH = "strength", _("fortaleza")
    OPPORTUNITY = "opportunity", _("oportunidad de mejora")


class TrainingKind(models.TextChoices):
    """What the programme teaches, and to whom (seed 001, slides 24, 31 and 33)."""

    PROGRAMME = "programme", _("programa y autoevaluación")
    PLAN = "plan", _("diseño del Plan de Mejoras")
    CONTROL = "control", _("control del proyecto, para contrapartes")
    LEVELLING = "levelling", _("nivelación")


class HelpState(models.TextChoices):
    """Where a question of a municipality to the programme stands."""

    ASKED = "asked", _("por responder")
    ANSWERED = "answered", _("respondida")
    CLOSED = "closed", _("cerrada")


class PointsSide(models.TextChoices):
    """Who states points of accreditation: the committee, or the validators after their visit."""

    DECLARED = "declared", _("declarados")
    VALIDATED = "validated", _("validados")


class Basis(models.TextChoices):
    """Where a result comes from. The two are never added up together."""

    DECLARED = "declared", _("declarado")
    VALIDATED = "validated", _("validado")


class Sharing(models.TextChoices):
    """What a municipality lets others of the programme see of its results."""

    NAMED = "named", _("Con el nombre de la municipalidad")
    ANONYMOUS = "anonymous", _("Sin nombre, dentro del conjunto")
    NOTHING = "nothing", _("Nada: no se compara")


class QualityPermission(StrEnum):
    """Inside a municipality, by its own people or by those the programme sends; the last four, in an agency."""

    VIEW = "quality.view_cycles"
    LEAD = "quality.lead_cycle"
    ANSWER = "quality.answer_instruments"
    READ_SHEETS = "quality.read_sheets"
    WRITE_SHEETS = "quality.write_sheets"
    FINISH_ACTION = "quality.finish_action"
    READ_PRACTICES = "quality.read_practices"
    SUPPORT = "quality.enter_support"
    CONFIRM_LINE = "quality.confirm_line"
    VALIDATE = "quality.validate"
    REVIEW_AS_CONSULTANT = "quality.review_as_consultant"
    ASK_HELP = "quality.ask_help"
    COMPARE = "quality.compare_results"
    SHARE_RESULTS = "quality.share_results"
    VIEW_PROGRAMME = "quality.view_programme"
    MANAGE_PROGRAMME = "quality.manage_programme"
    ANSWER_HELP = "quality.answer_help"
    COORDINATE_VALIDATION = "quality.coordinate_validation"
