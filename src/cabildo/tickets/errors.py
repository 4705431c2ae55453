"""What the request desk refuses, in words."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError

# what happened and what to do, for who writes a tree and for who fixes the terms of an ordinance
TERM_OVER_LAW = (
    _("Un plazo de respuesta no puede pasar de {limit} días (Ley 18.695, artículo 98)."),
    _("Escriba {limit} o menos."),
)


class TicketsError(DomainError):
    sentences = {
        "term_over_law": format_lazy("{} {}", *TERM_OVER_LAW),
        "category_closed": _("«{category}» no recibe solicitudes por ahora. Elija otra categoría."),
        "kind_not_admitted": _("«{category}» no admite ese tipo. Elija uno de los que admite."),
        "category_without_department": _(
            "«{category}» no tiene una dirección responsable. Pida a la administración que la indique."
        ),
        "department_inactive": _("Esa dirección ya no está activa: {department}. Elija otra."),
        "same_department": _("La solicitud ya la tiene esa dirección: {department}. Elija otra."),
        "stale": _(
            "Otra persona cambió esta solicitud mientras usted la miraba ({fields}). Revise y repita la acción."
        ),
        "official_not_in_charge": _("El reclamo trata de esa persona. Elija a otra."),
        "official_is_oneself": _("Si el reclamo trata de usted, pida a otra persona que lo indique."),
        "official_named": _("Ya se indicó de quién trata. Para cambiarlo, corríjalo diciendo por qué."),
        "official_unchanged": _("Indique a otra persona, o que no trata de ningún funcionario."),
        "answer_missing": _("Escriba la respuesta que leerá el vecino."),
        "addressee_missing": _("Indique a qué organismo corresponde la solicitud."),
        "approval_needed": _("En esta categoría la jefatura aprueba la respuesta. Envíela a aprobación."),
        "not_the_drafter": _("Quien preparó la respuesta no puede aprobarla. Debe hacerlo otra persona."),
        "no_answer_to_decide": _("No hay una respuesta por aprobar en esta solicitud."),
        "already_paused": _("El plazo ya está detenido."),
        "pause_not_over": _("Todavía corre el plazo del vecino para responder. Espere a que venza."),
        "form_used": _(
            "Con este formulario ya se ingresó la solicitud {folio}. Si lo que escribió ahora es otra, "
            "ingrésela otra vez."
        ),
        "withdraw_closed": _("Esta solicitud ya está cerrada. No hace falta retirarla."),
        "withdraw_not_routed": _(
            "Todavía no se define qué dirección responde. Escriba en «Agregar información» que ya no la necesita."
        ),
        "withdraw_shared": _(
            "Otras personas esperan también esta respuesta, y para ellas se sigue trabajando (Ley 19.880, art. 42). "
            "Si quiere, escriba en «Agregar información» que usted ya no la necesita."
        ),
        "withdraw_unrouted": _("Todavía no se define qué dirección responde. Indique a cuál correspondía."),
        "withdrawn_for_others": _(
            "Otras personas también la piden, y el retiro de una no la cierra (Ley 19.880, art. 42). Deje constancia "
            "con «Agregar nota interna»."
        ),
        "withdrawn_in_future": _("El día en que lo pidió no puede ser posterior a hoy."),
        "withdrawn_before_request": _("El día en que lo pidió no puede ser anterior al ingreso, el {day}."),
        "backdate_reason_missing": _("Explique por qué la fecha de ingreso es anterior a hoy."),
        "received_in_future": _("La fecha de ingreso no puede ser posterior a hoy."),
        "satisfaction_used": _("Esta evaluación ya fue respondida. Gracias."),
        "invitation_answered": _("La persona ya dijo cómo le fue. La hoja no se imprime otra vez."),
        "invitation_mailed": _("La invitación salió por correo, a quien pidió. No se imprime."),
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
            "El silencio positivo exige que la persona haya reclamado la falta de respuesta (art. 64). Indique qué día."
        ),
        "silence_claim_in_future": _("Ese día todavía no llega. Escriba el día en que la persona reclamó."),
        "silence_claim_before_request": _("La solicitud ingresó el {received}. El reclamo no puede ser anterior."),
        "silence_claim_in_term": _(
            "El plazo legal venció el {due}. Sólo vale un reclamo hecho después de ese día (art. 64)."
        ),
        "silence_claim_recent": _(
            "Deben pasar cinco días hábiles completos desde el reclamo (art. 64). Certifíquelo después."
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
        "data_request_open": _("Esta solicitud sobre datos personales todavía no se responde."),
        "no_person_chosen": _("Marque al menos un registro que sea de esta persona."),
        "open_requests": _(
            "Tiene {n} solicitudes en trámite ({folios}). Respóndalas primero, o rechace explicando qué norma obliga a "
            "conservarlas."
        ),
        "nothing_to_rectify": _("Escriba al menos un dato corregido."),
        "run_of_another": _("Ese RUN ya está en otro registro. Compruebe la identidad y marque también ese registro."),
        "not_blocked": _("Esta solicitud no dejó datos bloqueados."),
        "mail_already_taken": _("Este correo ya está en una solicitud."),
        "mail_forgotten": _("El texto de este correo ya se borró. Búsquelo en el buzón de la municipalidad."),
        "client_revoked": _("El acceso de «{name}» ya fue revocado. Cree uno nuevo si hace falta."),
        "update_repeated": _("Ya se recibió una actualización con ese update_id."),
        "import_columns": _("{columns} Corrija el mapa o elija otro archivo."),
        "import_file_gone": _("El archivo ya no está guardado. Súbalo otra vez."),
        "import_mapping_wrong": _("Falta decir qué columna es cada dato. Complete las columnas."),
        "import_not_checked": _("Revise primero el archivo con este mapa. Después se puede importar."),
        "import_under_way": _("Este archivo se está leyendo ahora. Espere a que termine."),
        "import_failed_here": _(
            "Algo falló de nuestro lado, no en su archivo. Pruebe otra vez más tarde y avise al soporte."
        ),
        "import_done": _("Este archivo ya se importó. Suba uno nuevo para traer sus cambios."),
        "import_taken_over": _("Otro proceso siguió con esta importación. No hace falta hacer nada."),
    }
