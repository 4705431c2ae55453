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
        "official_not_in_charge": _("El reclamo trata de esa persona. Elija a otra."),
        "official_is_oneself": _("Si el reclamo trata de usted, pida a otra persona que lo indique."),
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
        "answer_not_sent": _("La respuesta todavía no se envía: su carta se hace después."),
        "copy_missing": _("Prepare primero la copia que va a firmar."),
        "reason_missing": _("Escriba el motivo."),
        "asks_missing": _("Escriba qué necesita de la otra dirección."),
        "procedure_missing": _("Indique para qué procedimiento se pide."),
        "asked_itself": _("Una dirección no se pide antecedentes a sí misma. Elija otra."),
        "report_term_too_long": _("Un informe tiene un plazo de a lo más {most} días hábiles (Ley 19.880, art. 24)."),
        "antecedents_term_too_long": _("Los antecedentes se piden con un plazo de a lo más {most} días hábiles."),
        "internal_not_open": _("Esta solicitud interna ya está {state}. No se puede cambiar."),
        "internal_answer_missing": _("Escriba lo que se informa."),
        "reminded_today": _("Hoy ya se envió un recordatorio. Espere hasta mañana."),
        "protocol_fixed": _("La versión {version} ya está aprobada y no cambia. Prepare una versión nueva."),
        "protocol_not_in_approval": _("Este protocolo no está por aprobar."),
        "protocol_not_in_force": _("Sólo se toma conocimiento de un protocolo vigente."),
        "protocol_has_draft": _("Ya hay una versión {version} en preparación. Termínela antes de empezar otra."),
        "review_in_past": _("La fecha de revisión debe ser posterior a hoy."),
        "no_pack": _("La municipalidad todavía no adopta un paquete de categorías. Adóptelo y vuelva a intentar."),
        "pause_reason_unknown": _("Ese motivo ya no está en el paquete adoptado. Elija otro."),
        "not_paused": _("El plazo no está detenido."),
        "silence_too_early": _("El plazo legal todavía no vence. El silencio se declara después."),
        "silence_claim_missing": _(
            "El silencio positivo exige un reclamo de la persona hace más de cinco días hábiles."
        ),
        "too_many": _("Elija a lo más {most} solicitudes a la vez."),
        "not_allowed": _("Su rol no permite este paso en esta solicitud."),
        "state_refuses": _("La solicitud está en «{state}» y este paso no se puede dar ahora."),
        "not_in_department": _("{person} no trabaja en la dirección de esta solicitud."),
        "thresholds_wrong": _("Escriba los niveles de mayor a menor, sin repetir: por ejemplo 3, 0, -1, -5."),
        "adhesion_closed": _("Esta solicitud ya se cerró. Si el problema sigue, haga una solicitud nueva."),
        "folio_unknown": _("No hay una solicitud {folio} que usted pueda ver. Revise el folio."),
        "merge_itself": _("Una solicitud no se une a sí misma. Escriba el folio de la otra."),
        "merge_into_merged": _("La {folio} ya está unida a otra. Únala a la principal."),
        "merge_into_closed": _("La {folio} ya está cerrada. Sólo se une a una que se esté trabajando."),
        "merge_has_merged": _("A la {folio} ya se unieron otras. Deshaga esas uniones o únala al revés."),
        "merge_into_part": _("La {folio} es una parte de esta solicitud. Devuélvala con el paso de esa parte."),
        "merge_unrouted": _("La {folio} todavía no tiene dirección responsable. Derívela primero."),
        "merge_reserved": _("Unirlas mostraría a otros quién la presentó, y pidió reserva. Respóndalas por separado."),
        "not_merged": _("Esta solicitud no está unida a otra."),
        "reopen_joined": _("Está unida a otra solicitud. Deshaga la unión para seguir con ella por separado."),
        "not_a_part": _("Esta solicitud no es parte de otra."),
        "split_nothing": _("Escriba al menos una parte."),
        "split_closed": _("La solicitud está cerrada. Reábrala para separar una parte."),
        "split_part": _("Una parte no se separa otra vez. Separe desde la solicitud de la que viene."),
        "split_too_many": _("Una solicitud se separa a lo más en {most} partes."),
        "not_publishable": _("Esta solicitud no se puede publicar: su materia no lo permite o tiene reserva."),
        "not_published": _("Esta solicitud no está publicada."),
        "public_text_missing": _("Escriba el texto que se publicará."),
        "photo_unusable": _("Esa imagen no se puede procesar. Puede dejarla sin publicar."),
        "not_a_photo": _("Ese documento no es una foto de esta solicitud."),
        "data_request_answered": _("Esta solicitud sobre datos personales ya fue respondida."),
        "no_person_chosen": _("Marque al menos un registro que sea de esta persona."),
        "open_requests": _(
            "Tiene {n} solicitudes en trámite ({folios}). Respóndalas primero, o rechace explicando qué norma obliga a "
            "conservarlas."
        ),
        "nothing_to_rectify": _("Escriba al menos un dato corregido."),
        "run_of_another": _("Ese RUN ya está en otro registro. Compruebe la identidad y marque también ese registro."),
        "not_blocked": _("Esta solicitud no dejó datos bloqueados."),
        "client_revoked": _("El acceso de «{name}» ya fue revocado. Cree uno nuevo si hace falta."),
        "update_repeated": _("Ya se recibió una actualización con ese update_id."),
        "import_columns": _("{columns} Corrija el mapa o elija otro archivo."),
        "import_file_gone": _("El archivo ya no está guardado. Súbalo otra vez."),
        "import_mapping_wrong": _("Falta decir qué columna es cada dato. Complete las columnas."),
        "import_not_checked": _("Revise primero el archivo con este mapa. Después se puede importar."),
        "import_under_way": _("Este archivo se está leyendo ahora. Espere a que termine."),
        "import_done": _("Este archivo ya se importó. Suba uno nuevo para traer sus cambios."),
        "import_taken_over": _("Otro proceso siguió con esta importación. No hace falta hacer nada."),
    }
