"""What the programme tells the apps below it."""

from django.utils.translation import gettext_lazy as _

from cabildo.instruments.ownership import register_readers
from cabildo.quality import (
    agency_duties,
    cycle_hooks,
    endings,
    gates,
    help_duties,
    help_messages,
    immediate_duties,
    ledgers,
    ownership,
    permissions,
    plan_steps,
    plans,
    sheet_duties,
    stages,
    validation_duties,
    visit_duties,
)
from cabildo.quality.choices import AccreditationStage, QualityPermission, Stage
from cabildo.ui import navigation
from cabildo.ui.navigation import NavigationEntry
from cabildo.workflow import duties as duty_register


def fill() -> None:
    gates.register()
    endings.register()
    ownership.register()
    permissions.register()
    plans.register()
    plan_steps.register()
    cycle_hooks.register()
    ledgers.register()
    duty_register.register("quality.immediate", immediate_duties.duties)
    duty_register.register("quality.sheets", sheet_duties.duties)
    duty_register.register("quality.help", help_duties.duties)
    duty_register.register("quality.validation", validation_duties.duties)
    duty_register.register("quality.visits", visit_duties.duties)
    duty_register.register_for_agencies("quality.programme", agency_duties.duties)
    help_messages.register_templates()
    register_readers("quality.cycle", permissions.may_read_evidence)
    _name_stage_pages()
    _furnish_desk()
    _furnish_agencies()


def _furnish_desk() -> None:
    """What the desk of a municipality offers."""
    navigation.register(
        NavigationEntry(
            _("Calidad"), _("Ciclos de mejora"), "quality:cycles", QualityPermission.VIEW, "clipboard-check", 300
        )
    )
    navigation.register(
        NavigationEntry(_("Calidad"), _("El programa"), "quality:programme", QualityPermission.VIEW, "envelope", 305)
    )
    navigation.register(
        NavigationEntry(
            _("Calidad"), _("Buenas prácticas"), "quality:practices", QualityPermission.READ_PRACTICES, "bookmark", 310
        )
    )
    navigation.register(
        NavigationEntry(
            _("Calidad"),
            _("Fichas de mi dirección"),
            "quality:my_sheets",
            QualityPermission.WRITE_SHEETS,
            "list-check",
            302,
        )
    )
    navigation.register(
        NavigationEntry(
            _("Calidad"), _("Comparación"), "quality:benchmark", QualityPermission.COMPARE, "bar-chart", 312
        )
    )
    navigation.register(
        NavigationEntry(
            _("Calidad"), _("Ayuda del programa"), "quality:help", QualityPermission.ASK_HELP, "chat-left-text", 315
        )
    )
    navigation.register(
        NavigationEntry(
            _("Calidad"),
            _("Mis municipalidades"),
            "quality:my_municipalities",
            QualityPermission.REVIEW_AS_CONSULTANT,
            "journal-text",
            320,
        )
    )


def _furnish_agencies() -> None:
    """What the desk of an agency of the programme offers."""
    area, view, desk = _("Calidad"), QualityPermission.VIEW_PROGRAMME, navigation.AGENCY
    coordinate = QualityPermission.COORDINATE_VALIDATION
    entries = [
        NavigationEntry(area, _("Municipalidades"), "programme:municipalities", view, "building", 100, desk),
        NavigationEntry(area, _("Carga de trabajo"), "programme:workload", view, "bar-chart", 110, desk),
        NavigationEntry(area, _("Resultados"), "programme:results", view, "clipboard-check", 112, desk),
        NavigationEntry(area, _("Capacitaciones"), "programme:trainings", view, "calendar-event", 115, desk),
        NavigationEntry(area, _("Consultorías"), "programme:consultancies", view, "journal-text", 117, desk),
        NavigationEntry(
            area, _("Consultas"), "programme:help", QualityPermission.ANSWER_HELP, "chat-left-text", 118, desk
        ),
        NavigationEntry(area, _("Validación"), "programme:validation_queue", coordinate, "clipboard-check", 120, desk),
        NavigationEntry(area, _("Validadores"), "programme:validators", coordinate, "people", 130, desk),
    ]
    for entry in entries:
        navigation.register(entry)


def _name_stage_pages() -> None:
    """The page where each stage is worked on; the page of a cycle leads to them."""
    stages.register(Stage.DIAGNOSIS, "quality:diagnosis", _("Diagnóstico"))
    stages.register(Stage.DIAGNOSIS, "quality:line", _("Línea y nivelación"))
    stages.register(Stage.ENTRY, "quality:entry", _("Convenio, contrapartes y apoyo"))
    stages.register(Stage.COMMITTEE, "quality:committee", _("Comité, planes y buenas prácticas"))
    stages.register(Stage.COMMITTEE, "quality:training", _("Capacitación del comité"))
    stages.register(Stage.COMMITTEE, "quality:consultancy", _("Consultoría y sus visitas"))
    stages.register(Stage.PLAN, "quality:improvement", _("Plan de Mejoras"))
    stages.register(Stage.IMPLEMENTATION, "quality:implementation", _("Implementación del plan"))
    stages.register(Stage.SELF_ASSESSMENT, "quality:self_assessment", _("Autoevaluación"))
    stages.register(Stage.SELF_ASSESSMENT, "quality:report", _("Informe de Autoevaluación"))
    stages.register(Stage.PLAN, "quality:plan_sending", _("Envío del Plan de Mejoras"))
    stages.register(Stage.VALIDATION, "quality:feedback", _("Validación y retroalimentación"))
    stages.register(Stage.PLAN_VALIDATION, "quality:plan_feedback", _("Validación del Plan de Mejoras"))
    _name_stages_of_accreditation()


def _name_stages_of_accreditation() -> None:
    commitment, end = AccreditationStage.COMMITMENT, AccreditationStage.ACCREDITATION
    stages.register(commitment, "quality:accreditation", _("Servicios presentados"))
    stages.register(commitment, "quality:entry", _("Convenio, contrapartes y apoyo"))
    stages.register(commitment, "quality:committee", _("Comité, planes y buenas prácticas"))
    stages.register(commitment, "quality:training", _("Capacitación del comité"))
    stages.register(end, "quality:accreditation_result", _("Resultado de la acreditación"))
    stages.register(end, "quality:accreditation", _("Servicios y puntos"))
