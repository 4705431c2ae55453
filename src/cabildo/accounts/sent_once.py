"""A form sent twice does one thing: whoever sends it again is led where the first time led.

A page is known by its CSRF token, which is masked anew whenever one is drawn. The same token with the same words, from
the same session, is the same sending again: an impatient finger where no script holds it back, a browser that tries
once more, a page gone back to that the browser had kept. It counts once it was done: what was refused, on its own page
or on the one it led to, may be sent as it is.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.models import SentForm

TOKEN = "csrfmiddlewaretoken"  # noqa: S105
REDIRECTS = (302, 303)
PATIENCE = timedelta(seconds=30)  # no view works longer: what takes long is a job
PAUSE_S = 0.1
REPEATED = timedelta(minutes=10)  # whoever sends it later means it: things may have changed meanwhile

View = Callable[..., HttpResponseBase]


def has_own_key[Guarded: View](view: Guarded) -> Guarded:
    """Mark a view whose form carries a key that its action keeps: it needs no second guard."""
    view.has_own_key = True  # type: ignore[attr-defined]
    return view


class SentOnce:
    """Middleware, for whoever has entered; after those of the session, the CSRF token and the messages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if key := getattr(request, "sent_key", None):
            done = response.status_code in REDIRECTS and not _was_refused(request)
            _settle(key, response["Location"] if done else "")
        return response

    def process_view(
        self, request: HttpRequest, view: View, _positional: Any, _arguments: Any
    ) -> HttpResponseBase | None:
        if hasattr(view, "has_own_key") or not _is_a_form(request):
            return None
        key = fingerprint(request)
        if first := _first_time(key):
            told = _("Este mismo envío ya se hizo a las %s: no se repitió.")
            messages.info(request, told % f"{timezone.localtime(first.at):%H:%M}")
            return redirect(first.location)
        request.sent_key = key  # type: ignore[attr-defined]
        return None


def _is_a_form(request: HttpRequest) -> bool:
    """A page that was sent, not a piece of one that a script asks for."""
    is_by_script = "HX-Request" in request.headers or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    return request.method == "POST" and not is_by_script and TOKEN in request.POST and request.user.is_authenticated


def fingerprint(request: HttpRequest) -> str:
    """SHA-256 of session, address, everything that was typed and every file, in hexadecimal."""
    asked = [request.session.session_key, request.get_full_path(), list(request.POST.lists())]
    return hashlib.sha256(json.dumps([*asked, *_files(request)]).encode()).hexdigest()


def _files(request: HttpRequest) -> Iterator[tuple[str, str | None, str]]:
    for field, files in request.FILES.lists():
        for file in files:
            file.seek(0)
            content = hashlib.sha256()
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
            yield field, file.name, content.hexdigest()


def _first_time(key: str) -> SentForm | None:
    """The sending that this one repeats; None when it is the first, which is then noted."""
    while not _is_first(key):
        first = SentForm.objects.filter(key=key).first()
        if first is not None and first.at < timezone.now() - (REPEATED if first.location else PATIENCE):
            first.delete()
        elif first is not None and first.location:
            return first
        time.sleep(PAUSE_S)
    return None


def _is_first(key: str) -> bool:
    try:
        with transaction.atomic():
            SentForm.objects.create(key=key, at=timezone.now())
    except IntegrityError:
        return False
    return True


def _was_refused(request: HttpRequest) -> bool:
    """Does the page it leads to say that it was not done? Read without taking the words from that page."""
    told = messages.get_messages(request)
    refused = any(one.level >= messages.ERROR for one in told)
    told.used = False  # type: ignore[union-attr]
    return refused


def _settle(key: str, location: str) -> None:
    """It led somewhere, or it may be sent again as it is."""
    sent = SentForm.objects.filter(key=key)
    if location:
        sent.update(location=location)
    else:
        sent.delete()


def forget() -> None:
    """What was sent long ago repeats nothing any more."""
    SentForm.objects.filter(at__lt=timezone.now() - REPEATED).delete()
