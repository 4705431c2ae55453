"""The sentences of the timeline, as a neighbour reads them.

The name of a department stands after a colon: nothing here knows whether it is «el Departamento» or «la Dirección».
"""

from django.utils.translation import gettext_lazy as _

from cabildo.tickets.choices import EventKind, State

TITLES = {
    EventKind.RECEIVED: _("Recibimos su solicitud"),
    EventKind.ROUTED: _("Enviamos su solicitud a quien debe responderle: {department}"),
    EventKind.ACKNOWLEDGED: _("Ya trabaja en su solicitud: {department}"),
    EventKind.DERIVED: _("Ahora debe responderle: {department}"),
    EventKind.ASSIGNED: _("Quedó a cargo de una persona"),
    EventKind.NOTE: _("Nota interna"),
    EventKind.MESSAGE: _("La municipalidad le escribió"),
    EventKind.CITIZEN_MESSAGE: _("Usted agregó información"),
    EventKind.ASKED: _("Le pedimos completar su solicitud"),
    EventKind.RESUMED: _("Seguimos trabajando en su solicitud"),
    EventKind.SUBMITTED: _("La respuesta está por aprobarse"),
    EventKind.RETURNED: _("La respuesta se está corrigiendo"),
    EventKind.ANSWERED: _("Respondimos su solicitud"),
    EventKind.CLOSED: _("La solicitud se cerró"),
    EventKind.REOPENED: _("La solicitud se reabrió. La tiene otra vez: {department}"),
    EventKind.EXTENDED: _("Se amplió el plazo para responder"),
    EventKind.URGENT: _("Se declaró urgente: el plazo se redujo a la mitad"),
    EventKind.RECOUNTED: _("Cambió el calendario y el plazo se volvió a contar"),
    EventKind.RECLASSIFIED: _("Se corrigió la materia de la solicitud"),
    EventKind.MERGED: _("Se unió a otra solicitud sobre lo mismo"),
    EventKind.UNMERGED: _("Se separó de la otra solicitud y sigue por su cuenta"),
    EventKind.SPLIT: _("Una parte se trabaja en otra solicitud"),
    EventKind.UNSPLIT: _("La parte separada volvió a esta solicitud"),
    EventKind.ADHERED: _("Otra persona adhirió a la solicitud"),
    EventKind.MODERATED: _("Se revisó lo que se publica"),
    EventKind.RATED: _("Usted evaluó la atención"),
    EventKind.ESCALATED: _("Se avisó a la jefatura por el plazo"),
    EventKind.STOPPED: _("Su solicitud quedó en espera"),
    EventKind.INTERNAL_ASKED: _("Se pidieron antecedentes a otra dirección: {department}"),
    EventKind.INTERNAL_ANSWERED: _("Llegaron los antecedentes que se pidieron. Los entregó: {department}"),
    EventKind.INTERNAL_WITHDRAWN: _(
        "Ya no se necesitan los antecedentes que se pidieron. Los iba a entregar: {department}"
    ),
    EventKind.DOCUMENT: _("Se agregó un documento"),
    EventKind.IMPORTED: _("Se registró desde otra fuente"),
}

# One sentence that says where the request is, for the head of the tracking page.
WHERE = {
    State.INTAKE: _("Estamos definiendo qué dirección debe responderle."),
    State.DERIVED: _("Su solicitud la tiene: {department}."),
    State.IN_PROGRESS: _("Ya trabaja en su solicitud: {department}."),
    State.WAITING: _("Esperamos que usted complete su solicitud. La tiene: {department}."),
    State.APPROVAL: _("La respuesta está lista y la jefatura la está revisando. La tiene: {department}."),
    State.CLOSED: _("Su solicitud está cerrada. La respondió: {department}."),
}
# Closed, but nobody answered it: withdrawn, or by administrative silence.
WHERE_UNANSWERED = _("Su solicitud está cerrada, sin respuesta. La tenía: {department}.")
# The same for who adhered to another's request.
WHERE_ADHERED = {
    State.INTAKE: _("Se está definiendo qué dirección debe responderla."),
    State.DERIVED: _("La solicitud la tiene: {department}."),
    State.IN_PROGRESS: _("Ya trabaja en la solicitud: {department}."),
    State.WAITING: _("Se esperan antecedentes de quien la presentó. La tiene: {department}."),
    State.APPROVAL: _("La respuesta está lista y la jefatura la está revisando. La tiene: {department}."),
    State.CLOSED: _("La solicitud está cerrada. La respondió: {department}."),
}
# Joined to another: it is closed, but its answer is still to come.
WHERE_JOINED = _("Su solicitud se responde junto con otra sobre lo mismo. La tiene: {department}.")
