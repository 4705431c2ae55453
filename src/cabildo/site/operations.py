"""Is the installation alive and well? For probes and for the person who runs it."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from cabildo.accounts.access import public


@public
def health(request: HttpRequest) -> HttpResponse:
    """200 while the database answers; a proxy takes the server out otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok"})


@public
def metrics(request: HttpRequest) -> HttpResponse:
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
