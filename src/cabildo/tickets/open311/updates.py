"""Updates of requests in both directions, as mySociety's extension of Open311 has them."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.tickets.actions import open311
from cabildo.tickets.open311 import documents, parameters, selection
from cabildo.tickets.open311.edge import Answer, Call, door
from cabildo.tickets.open311.errors import NOT_FOUND, refuse

ROOT = "service_request_updates"


def _list(call: Call) -> Answer:
    """What happened to the requests this client may see."""
    client = call.client("may_read")
    span = parameters.update_span(call.given, timezone.now(), call.zone)
    return Answer(ROOT, [documents.update(event, zone=call.zone) for event in selection.updates(span, client)])


def _add(call: Call) -> Answer:
    """Something more about a request: it informs the officials, and never closes it."""
    client = call.client("may_update")
    given = parameters.update(call.given, timezone.now(), call.zone)
    ticket = selection.readable(client).filter(folio=given.folio).first()
    if ticket is None:
        raise refuse(NOT_FOUND, _("No hay una solicitud con ese service_request_id."))
    event = open311.add_update(
        ticket,
        client=client,
        update_id=given.update_id,
        status=given.status,
        status_label=str(parameters.UPDATE_STATUSES[given.status]),
        description=given.description,
        happened_at=given.happened_at,
        media_url=given.media_url,
    )
    return Answer(ROOT, [{"update_id": event.pk}])


updates = door(get=_list, post=_add)
