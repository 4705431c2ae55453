"""What an instrument refuses, in words."""

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError


class InstrumentsError(DomainError):
    sentences = {
        "assessment_closed": _(
            "Ya se cerró y no admite cambios. Para corregir, pida que se abra de nuevo, con su motivo."
        ),
        "assessment_shut": "{why}",
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
        "element_unknown": _("Esta versión del modelo no tiene esa ficha. Vuelva a cargar la página."),
        "part_unknown": _("Esta versión del modelo no tiene esa parte. Vuelva a cargar la página."),
        "elements_missing": _("Marque al menos una casilla."),
        "level_unknown": _("Este método no tiene ese nivel. Vuelva a cargar la página."),
        "incomplete": _("Todavía no se puede cerrar. Lo que falta ({count}) está en la revisión, con su enlace."),
        "consensus_open": _("El consenso ya se abrió aquí: las propuestas no cambian. Acuerden el puntaje."),
        "consensus_not_open": _("Abran antes el consenso, para ver todas las propuestas."),
        "mark_missing": _("Elija un puntaje, o diga que no aplica."),
        "attributes_missing": _("Escriba un puntaje para cada atributo."),
        "level_not_granted": _(
            "El nivel {score} no se otorga: la lista de la ficha llega al {granted} y falta marcar el {missing}."
            " Completen la lista o acuerden hasta el {granted}."
        ),
        "divergence_unexplained": _("Las propuestas no coinciden. Escriban cómo llegaron al acuerdo."),
        "exclusion_unexplained": _("Escriban por qué no aplica a la municipalidad."),
        "file_missing": _("Suba al menos un archivo: sin él no hay evidencia."),
        "files_elsewhere": _("Sus archivos se usan también en otra evaluación. Suba una evidencia nueva."),
        "dates_crossed": _("Deja de estar vigente antes de la fecha del documento. Revise las dos fechas."),
        "evidence_in_use": _("Esta evidencia se usa. Quítela antes de cada ficha y de las cifras que la citan."),
        "indicator_missing": _("Escriba el nombre del indicador."),
        "source_missing": _("Escriba de dónde salen las cifras."),
        "figures_missing": _("Escriba la cifra de al menos un año. Para borrar la serie completa, quítela."),
        "reason_missing": _("Escriba el motivo."),
        "marks_refused": _("{why}"),
        "reason_of_unknown_mark": _("Hay un motivo para «{element}», que no tiene puntaje. Vuelva a cargar la página."),
        "correction_without_reason": _("«{label}» ya está sellada. Para corregirla, escriba el motivo."),
    }
    fields = {
        "elements_missing": "elements",
        "mark_missing": "score",
        "level_not_granted": "score",
        "divergence_unexplained": "note",
        "exclusion_unexplained": "note",
        "reason_missing": "reason",
        "file_missing": "uploads",
        "dates_crossed": "valid_until",
        "indicator_missing": "indicator",
        "source_missing": "source",
    }
