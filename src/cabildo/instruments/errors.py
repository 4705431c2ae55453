"""What an instrument refuses, in words."""

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError


class InstrumentsError(DomainError):
    sentences = {
        "assessment_closed": _(
            "Ya se cerró y no admite cambios. Para corregir, pida que se abra de nuevo, con su motivo."
        ),
        "assessment_open": _("Todavía está abierta: no hace falta abrirla de nuevo."),
        "question_unknown": _("Esta versión del instrumento no tiene esa pregunta. Vuelva a cargar la página."),
        "alternative_unknown": _("Elija una de las alternativas de la pregunta."),
        "not_applicable": _("Este instrumento no admite «no aplica»: elija una alternativa."),
        "confirmation_missing": _(
            "Esta alternativa supone las anteriores. Confirmen que también se cumplen, o elijan otra."
        ),
        "answer_changed": _(
            "Otra persona respondió esta pregunta mientras usted la miraba: ahora dice «{now}». "
            "Revisen y guarden de nuevo si corresponde."
        ),
        "unanswered": _("Faltan {count} preguntas por responder. Están marcadas en cada ámbito."),
        "reason_missing": _("Escriba el motivo."),
    }
