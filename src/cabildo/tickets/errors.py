"""What the request desk refuses, in words."""

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError


class TicketsError(DomainError):
    sentences = {
        "category_closed": _("«{category}» no recibe solicitudes por ahora. Elija otra categoría."),
        "category_without_department": _(
            "«{category}» no tiene una dirección responsable. Pida a la administración que la indique."
        ),
        "department_inactive": _("{department} ya no está activa. Elija otra dirección."),
        "same_department": _("La solicitud ya está en {department}. Elija otra dirección."),
        "stale": _(
            "Otra persona cambió esta solicitud mientras usted la miraba ({fields}). Revise y repita la acción."
        ),
        "answer_missing": _("Escriba la respuesta que leerá el vecino."),
        "addressee_missing": _("Indique a qué organismo corresponde la solicitud."),
        "approval_needed": _("En esta categoría la jefatura aprueba la respuesta. Envíela a aprobación."),
        "not_the_drafter": _("Quien preparó la respuesta no puede aprobarla. Debe hacerlo otra persona."),
        "no_answer_to_decide": _("No hay una respuesta por aprobar en esta solicitud."),
        "already_paused": _("El plazo ya está detenido."),
        "pause_not_over": _("Todavía corre el plazo del vecino para responder. Espere a que venza."),
        "backdate_reason_missing": _("Explique por qué la fecha de ingreso es anterior a hoy."),
        "received_in_future": _("La fecha de ingreso no puede ser posterior a hoy."),
        "satisfaction_used": _("Esta evaluación ya fue respondida. Gracias."),
        "reason_missing": _("Escriba el motivo."),
    }
