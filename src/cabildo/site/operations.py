"""Is the installation alive and well? For probes, and for the person who runs it."""

import hmac
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cabildo import audit
from cabildo.accounts.access import public, requires
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.scoping import current_municipality
from cabildo.audit import queries as audit_queries
from cabildo.jobs import actions as jobs
from cabildo.jobs import queries as queue
from cabildo.jobs.choices import JobState
from cabildo.jobs.errors import JobsError
from cabildo.jobs.models import Job
from cabildo.notifications.choices import State
from cabildo.notifications.models import Message
from cabildo.ui.parts import Fact, Figure
from cabildo.ui.spanish import clock, number, short_date

OPERATE = AccountsPermission.VIEW_OPERATIONS
LOOPBACK = {"127.0.0.1", "::1"}
SHOWN = 30
FINDINGS = {
    "changed": gettext_lazy("Un asiento fue cambiado después de sellarse."),
    "removed": gettext_lazy("Falta un asiento sellado."),
    "tail_removed": gettext_lazy("Faltan los últimos asientos."),
    "unsealed": gettext_lazy("Un asiento lleva más de diez minutos sin sellar."),
}


@public(before_opening=True)
def health(request: HttpRequest) -> HttpResponse:
    """200 while the database answers; a proxy takes the server out otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok"})


@public(before_opening=True)
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text, for whoever brings the token; without one configured, for this machine alone."""
    from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest

    if not _may_scrape(request):
        return HttpResponseForbidden(_("Las métricas no son públicas."), content_type="text/plain; charset=utf-8")
    return HttpResponse(generate_latest(REGISTRY) + generate_latest(_gauges()), content_type=CONTENT_TYPE_LATEST)


def _may_scrape(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    # behind a proxy every request comes from this machine
    return request.META.get("REMOTE_ADDR") in LOOPBACK and "X-Forwarded-For" not in request.headers


def _gauges() -> Any:
    """What the database knows, counted at each scrape: any server process answers the same."""
    from prometheus_client import CollectorRegistry, Gauge

    registry = CollectorRegistry()
    gauge = Gauge("cabildo_jobs", "Jobs of the queue by state", ["state"], registry=registry)
    counts = dict(Job.objects.order_by().values_list("state").annotate(n=Count("pk")))
    for state in JobState.values:
        gauge.labels(state).set(counts.get(state, 0))
    workers = Gauge("cabildo_workers_alive", "Worker processes whose lease holds", registry=registry)
    workers.set(sum(status.alive for status in queue.overview(shown=0).workers))
    return registry


def find_job(user: Any, job_id: int) -> Job:
    """A job of this municipality; those of others and of the installation are not touched from here."""
    return get_object_or_404(Job, pk=job_id, municipality_id=current_municipality().pk)


def _jobs(state: JobState) -> QuerySet[Job]:
    return Job.objects.filter(state=state, municipality_id=current_municipality().pk).order_by("-pk")


@requires(OPERATE)
def overview(request: HttpRequest) -> HttpResponse:
    """The queue, the mail, the record and the version, of this municipality."""
    whole = queue.overview(shown=0)
    running, waiting = list(_jobs(JobState.RUNNING)[:SHOWN]), list(_jobs(JobState.WAITING)[:SHOWN])
    context = {
        "figures": _figures(),
        "workers": whole.workers,
        "stalled": whole.stalled,
        "running": running,
        "waiting": waiting,
        "failed": [queue.FailedJob(job, queue.reason(job)) for job in _jobs(JobState.FAILED)[:SHOWN]],
        "facts": _facts(),
    }
    return render(request, "site/operations.html", context)


def _figures() -> list[Figure]:
    counts = dict(
        Job.objects.filter(municipality_id=current_municipality().pk)
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"))
    )
    mail = dict(Message.objects.order_by().values_list("state").annotate(n=Count("pk")))
    log = reverse("notifications:log")
    return [
        Figure(_("Trabajos en espera"), number(counts.get(JobState.WAITING, 0))),
        Figure(_("Trabajos fallidos"), number(counts.get(JobState.FAILED, 0))),
        Figure(_("Mensajes por salir"), number(mail.get(State.QUEUED, 0) + mail.get(State.SENDING, 0)), url=log),
        Figure(_("Mensajes que no salieron"), number(mail.get(State.FAILED, 0)), url=f"{log}?estado={State.FAILED}"),
    ]


def _facts() -> list[Fact]:
    seal = audit_queries.last_seal(current_municipality().pk)
    sealed = f"{short_date(seal.sealed_at)}, {clock(seal.sealed_at)}" if seal else _("todavía ninguno")
    return [
        Fact(_("Versión de Cabildo"), version("cabildo")),
        Fact(_("Asientos sellados del registro"), number(seal.sequence if seal else 0)),
        Fact(_("Último sello"), sealed),
        Fact(_("Base de datos"), connection.vendor),
    ]


@require_POST
@requires(OPERATE)
def verify_audit(request: HttpRequest) -> HttpResponse:
    """Walk the chain of this municipality now, and say in words what does not fit."""
    found = list(audit_queries.findings(current_municipality().pk, timezone.now()))
    audit.record("audit.verified", by=request.user, municipality_id=current_municipality().pk, data={"n": len(found)})
    if not found:
        messages.success(request, _("El registro está íntegro: ningún asiento fue cambiado ni falta."))
    for code in sorted({finding.code for finding in found}):
        count = sum(finding.code == code for finding in found)
        messages.error(request, _("%(what)s Casos: %(count)s.") % {"what": FINDINGS[code], "count": count})
    return redirect("operations:overview")


@require_POST
@requires(OPERATE, on=find_job)
def retry(request: HttpRequest, job: Job) -> HttpResponse:
    return _change(request, job, "job.retried", jobs.retry, _("El trabajo vuelve a la cola."))


@require_POST
@requires(OPERATE, on=find_job)
def cancel(request: HttpRequest, job: Job) -> HttpResponse:
    return _change(request, job, "job.cancelled", jobs.cancel, _("El trabajo quedó anulado."))


def _change(request: HttpRequest, job: Job, what: str, change: Any, done: str) -> HttpResponse:
    try:
        change(job.pk)
    except JobsError as refusal:
        messages.error(request, refusal.sentence)
    else:
        audit.record(what, on=job, by=request.user, municipality_id=job.municipality_id, data={"name": job.name})
        messages.success(request, done)
    return redirect("operations:overview")
