"""What the programme refuses, in words."""

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError


class QualityError(DomainError):
    sentences = {
        "cycle_open": _("Ya hay un ciclo abierto: el {number}. Ciérrelo antes de comenzar otro."),
        "no_questionnaire": _(
            "La municipalidad no usa ningún cuestionario de diagnóstico. Pida a la administración que adopte uno."
        ),
        "no_process": _("No hay un proceso de calidad vigente. Pida a quien administra la plataforma que lo cargue."),
        "diagnosis_missing": _("Este ciclo no tiene diagnóstico."),
        "cycle_closed": _("El ciclo {number} terminó y ya no cambia. Trabaje en el ciclo abierto."),
        "in_future": _("La fecha no puede ser posterior a hoy. Corríjala."),
        "clauses_fixed": _(
            "Ambas partes firmaron el convenio y sus cláusulas ya no cambian. Si hay un error, corrija antes las fechas"
            " de firma."
        ),
        "note_missing": _("Escriba cómo consta que se cumplió."),
        "clause_met": _("{who} ya anotó que esta cláusula se cumplió."),
        "act_missing": _("Escriba con qué acto se designa: por ejemplo, «Oficio N° 45»."),
        "counterpart_named": _("{name} ya es contraparte técnica. Elija a otra persona."),
        "counterparts_full": _("Ya hay dos contrapartes técnicas. Termine antes la designación de una de ellas."),
        "counterpart_ended": _("Esa designación ya terminó."),
        "ends_before_naming": _("Fue designada el {named_on:%d-%m-%Y}: no puede terminar antes."),
        "support_has_movements": _("Este apoyo tiene movimientos. Quite antes cada uno de ellos."),
        "above_amount": _(
            "Se habrían transferido ${came} y el apoyo es de ${amount}. Corrija el movimiento o el monto del apoyo."
        ),
        "overdrawn": _(
            "Al {day} se habría rendido más de lo transferido. Revise los montos y las fechas de los movimientos."
        ),
    }
    fields = {
        "note_missing": "met_note",
        "act_missing": "act",
        "counterpart_named": "user",
        "ends_before_naming": "ended_on",
    }
