"""The refusals of plans, each with a stable code and its Spanish sentence."""

from cabildo.kit.errors import DomainError


class PlansError(DomainError):
    """What a plan does not allow, said with what to do about it."""

    sentences = {
        "weights_not_whole": "Los pesos de la matriz deben sumar 1 y ninguno puede ser negativo. Corríjalos.",
        "value_missing": "A «{candidate}» le falta el valor de «{criterion}». Complételo.",
        "value_out_of_range": "El valor de «{criterion}» en «{candidate}» debe estar entre {low} y {high}. Corríjalo.",
        "state_refused": "El plan está «{state}» y así no se puede. Su página muestra el paso que sigue.",
        "step_refused": "{why}",
        "plan_incomplete": "El plan todavía no puede seguir: {what}.",
        "plan_unfinished": "Quedan {count} actividades sin cerrar. Ciérrelas, o escriba por qué el plan termina así.",
        "level_too_deep": "Este plan tiene {count} niveles: «{last}» no se divide más.",
        "moved_below_itself": "Un elemento no puede quedar dentro de sí mismo. Elija otro lugar.",
        "level_changed": "Al moverlo debe quedar en el mismo nivel, «{level}». Elija otro lugar.",
        "of_another_plan": "Ese elemento es de otro plan. Elija uno de este.",
        "code_taken": "El código «{taken}» ya se usa en este plan. Escriba otro.",
        "place_fixed": "«{label}» es parte de todo plan de este tipo: no se quita ni cambia de código.",
        "dates_reversed": "La fecha de término es anterior a la de inicio. Corrija una de las dos.",
        "dates_outside": "Las fechas deben estar entre el {since:%d-%m-%Y} y el {until:%d-%m-%Y}, que dura el plan.",
        "reason_needed": "El plan ya fue aprobado: escriba por qué se cambia. Lo aprobado se conserva.",
        "manual_reason_needed": "Escriba por qué el avance se informa a mano y no se calcula.",
        "not_an_activity": "«{label}» tiene partes: cierre cada una de ellas.",
        "already_closed": "«{label}» ya está cerrada.",
        "node_removed": "«{label}» se quitó del plan y ya no cambia.",
        "verification_missing": "Para cerrar «{label}» falta adjuntar su medio de verificación.",
        "milestones_pending": "A «{label}» le quedan hitos por cumplir: {pending}.",
        "percent_out_of_range": "El avance va de 0 a 100. Corrija el número.",
        "report_in_future": "La fecha del avance no puede ser posterior a hoy.",
        "before_plan": "El plan comienza el {since:%d-%m-%Y}: lo que se anota no puede ser anterior.",
        "act_in_future": "La fecha del acto no puede ser posterior a hoy.",
        "light_reversed": "El verde debe comenzar en un porcentaje mayor que el amarillo. Corrija uno de los dos.",
        "report_by_milestones": "El avance de «{label}» se cuenta por sus hitos. Marque los cumplidos.",
        "report_by_parts": "El avance de «{label}» se calcula de sus partes. Informe cada una.",
        "milestone_done": "Ese hito ya está cumplido.",
        "measure_done": "Esa medida ya está cumplida.",
        "nothing_changed": "No hay cambios desde la versión {number}: no hace falta una nueva.",
        "evidence_linked": "Ese documento ya está entre los medios de verificación.",
    }
    fields = {
        "code_taken": "code",
        "place_fixed": "code",
        "dates_reversed": "ends_on",
        "manual_reason_needed": "manual_reason",
        "percent_out_of_range": "percent",
        "report_in_future": "on",
        "before_plan": "on",
        "act_in_future": "on",
        "light_reversed": "green_from",
        "reason_needed": "reason",
    }
