"""The sentences of the timeline, as a neighbour reads them."""

from django.utils.translation import gettext_lazy as _

from cabildo.tickets.choices import EventKind, State

TITLES = {
    EventKind.RECEIVED: _("Recibimos su solicitud"),
    EventKind.ROUTED: _("Su solicitud fue enviada a {department}"),
    EventKind.ACKNOWLEDGED: _("{department} la recibió y la está trabajando"),
    EventKind.DERIVED: _("Pasó a {department}, que es quien debe responderle"),
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
    EventKind.REOPENED: _("La solicitud se reabrió y volvió a {department}"),
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
    EventKind.STOPPED: _("Se detuvo el plazo"),
    EventKind.INTERNAL_ASKED: _("Se pidieron antecedentes a {department}"),
    EventKind.INTERNAL_ANSWERED: _("{department} entregó los antecedentes que se le pidieron"),
    EventKind.INTERNAL_WITHDRAWN: _("Ya no se necesitan los antecedentes pedidos a {department}"),
    EventKind.DOCUMENT: _("Se agregó un documento"),
    EventKind.IMPORTED: _("Se registró desde otra fuente"),
}

# One sentence that says where the request is, for the head of the tracking page.
WHERE = {
    State.INTAKE: _("Estamos definiendo qué dirección debe responderle."),
    State.DERIVED: _("Su solicitud está en {department}."),
    State.IN_PROGRESS: _("Su solicitud está en {department}, que ya la está trabajando."),
    State.WAITING: _("{department} espera que usted complete su solicitud."),
    State.APPROVAL: _("{department} tiene lista la respuesta y la está aprobando."),
    State.CLOSED: _("Su solicitud está cerrada. La respondió {department}."),
}
# Closed, but nobody answered it: withdrawn, or by administrative silence.
WHERE_UNANSWERED = _("Su solicitud está cerrada, sin respuesta de {department}.")
# The same for who adhered to another's request.
WHERE_ADHERED = {
    State.INTAKE: _("Se está definiendo qué dirección debe responderla."),
    State.DERIVED: _("La solicitud está en {department}."),
    State.IN_PROGRESS: _("La solicitud está en {department}, que ya la está trabajando."),
    State.WAITING: _("{department} espera antecedentes de quien la presentó."),
    State.APPROVAL: _("{department} tiene lista la respuesta y la está aprobando."),
    State.CLOSED: _("La solicitud está cerrada. La respondió {department}."),
}
# Joined to another: it is closed, but its answer is still to come.
WHERE_JOINED = _("Su solicitud se responde junto con otra sobre lo mismo, en {department}.")
