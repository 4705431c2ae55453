"""The appointment of a meeting for one's own calendar; whoever has the address may take it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cabildo.accounts.access import public
from cabildo.meetings import invitations


@public(before_opening=True)
@never_cache
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Title, times, place and agenda; no person's data."""
    meeting = invitations.meeting_of(token)
    if meeting is None:
        raise Http404
    content = invitations.calendar_of(meeting, now=timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{meeting.folio}.ics"'
    return response
