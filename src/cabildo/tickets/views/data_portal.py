"""A person exercises a right over their data, follows it without an account, and takes their copy."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo import audit
from cabildo.accounts.access import public
from cabildo.tickets import drafts, following, held_files, throttle
from cabildo.tickets.actions import data_requests
from cabildo.tickets.actions.satisfaction import CITIZEN
from cabildo.tickets.choices import Channel
from cabildo.tickets.forms.privacy import DataRequestForm
from cabildo.tickets.models import DataSubjectRequest
from cabildo.tickets.queries.data_requests import may_download
from cabildo.tickets.queries.retention import ranked_rules

PER_HOUR = 5


@public
def notice(request: HttpRequest) -> HttpResponse:
    """What is done with personal data, on which legal basis, for how long, and which rights there are (art. 14 ter)."""
    return render(request, "tickets/portal/privacy.html", {"rules": ranked_rules()})


@public
def ask(request: HttpRequest) -> HttpResponse:
    """Which right, and who asks; identity is proved afterwards."""
    begun = {"right": request.GET.get("derecho"), "detail": drafts.words(request)}
    form = DataRequestForm(request.POST or None, initial=begun)
    if form.is_valid():
        if throttle.allows(request, "data_request", limit=PER_HOUR, seconds=3600):
            return _send(form)
        form.add_error(None, _("Hubo muchas solicitudes desde su conexión. Espere una hora y pruebe otra vez."))
    return render(request, "tickets/portal/data_request_new.html", {"form": form})


def _send(form: DataRequestForm) -> HttpResponse:
    given = form.cleaned_data
    key = str(given["key"]) if given["key"] else None
    exercise = data_requests.Exercise(given["right"], form.contact, given["detail"], Channel.WEB, key)
    asked = data_requests.receive(exercise, by=CITIZEN, today=timezone.localdate())
    return redirect("tickets:data_request", token=following.data_request_token(asked))


def _asked(token: str) -> DataSubjectRequest:
    asked = following.data_request_of(token)
    if asked is None:
        raise Http404
    return asked


@public
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Where it is, by when it must be answered, and the answer."""
    asked = _asked(token)
    context = {"asked": asked, "token": token, "may_download": may_download(asked, timezone.localdate())}
    return render(request, "tickets/portal/data_request.html", context)


@public
@require_POST
def download(request: HttpRequest, token: str) -> HttpResponse:
    """The copy, made when it is taken, so that none lies about; for who holds the link of a granted request."""
    asked, now = _asked(token), timezone.now().replace(microsecond=0)
    if not may_download(asked, timezone.localdate(now)):
        raise Http404
    answer = HttpResponse(held_files.archive(asked, now), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="mis-datos-{asked.folio}.zip"'
    answer["Cache-Control"] = "private, no-store"
    audit.record("data_request.downloaded", on=asked, by=CITIZEN)
    return answer
