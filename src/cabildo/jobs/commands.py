"""`cabildo worker` and `cabildo jobs`: serve the queue, look at it, mend it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import click
from django.db import connection, connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.jobs import actions, queries
from cabildo.jobs.choices import JobState
from cabildo.jobs.models import Job
from cabildo.jobs.worker import Until, Worker, stop_on_signals

CONNECTIONS_OF_ITS_OWN = 2
DAYS = click.IntRange(0, 36_500)

as_json_option = click.option("--json", "as_json", is_flag=True, help=_("Resultado en JSON."))
ids_argument = click.argument("ids", type=click.IntRange(1, 2**62), nargs=-1, required=True)


@click.command()
@click.option("--threads", type=click.IntRange(1, 32), default=2, show_default=True, help=_("Trabajos a la vez."))
@click.option(
    "--lease", type=click.IntRange(1, 86_400), default=60, show_default=True, help=_("Segundos sin señal de vida.")
)
@click.option("--queue", "queues", multiple=True, help=_("Solo esta cola; se puede repetir."))
@click.option("--once", is_flag=True, help=_("Hacer un solo trabajo y terminar."))
@click.option("--until-empty", is_flag=True, help=_("Terminar cuando no quede nada por hacer."))
@as_json_option
def worker(*, threads: int, lease: int, queues: tuple[str, ...], once: bool, until_empty: bool, as_json: bool) -> None:
    """Hace los trabajos en espera."""
    if once and until_empty:
        raise click.UsageError(_("Elija --once o --until-empty, no ambos."))
    _check_pool(threads)
    serving = Worker(threads=1 if once else threads, lease=timedelta(seconds=lease), queues=queues)
    stop_on_signals(serving)
    until = Until.ONE_DONE if once else Until.EMPTY if until_empty else Until.STOPPED
    try:
        ran = serving.run(until)
    finally:
        _close_pools()
    _show(as_json, {"ran": ran}, _("Trabajos hechos: %(ran)s.") % {"ran": ran})


@click.group("jobs")
def jobs_group() -> None:
    """Cola de trabajos: ver, repetir, anular, limpiar."""


@jobs_group.command("list")
@click.option("--state", type=click.Choice([state.value for state in JobState]), help=_("Solo en este estado."))
@click.option("--name", help=_("Solo de esta tarea."))
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help=_("Cuántos, los últimos."))
@as_json_option
def list_jobs(*, state: str | None, name: str | None, limit: int, as_json: bool) -> None:
    """Muestra los últimos trabajos."""
    found = list(queries.jobs(state=state, name=name, limit=limit))
    lines = [f"{job.pk:>8}  {job.get_state_display():<10}  {job.name}  {queries.reason(job)}".rstrip() for job in found]
    _show(as_json, {"jobs": [_as_dict(job) for job in found]}, "\n".join(lines) or _("No hay trabajos."))


@jobs_group.command()
@ids_argument
@as_json_option
def retry(*, ids: tuple[int, ...], as_json: bool) -> None:
    """Repite trabajos fallidos o anulados."""
    _change(ids, actions.retry, as_json=as_json, word=_("Vuelven a la cola"))


@jobs_group.command()
@ids_argument
@as_json_option
def cancel(*, ids: tuple[int, ...], as_json: bool) -> None:
    """Anula trabajos en espera."""
    _change(ids, actions.cancel, as_json=as_json, word=_("Anulados"))


@jobs_group.command()
@click.option("--done-days", type=DAYS, default=2, show_default=True, help=_("Días que quedan los hechos."))
@click.option("--failed-days", type=DAYS, default=90, show_default=True, help=_("Y los fallidos."))
@as_json_option
def prune(*, done_days: int, failed_days: int, as_json: bool) -> None:
    """Borra los trabajos que terminaron hace tiempo."""
    now = timezone.now()
    deleted = actions.prune(
        done_before=now - timedelta(days=done_days), failed_before=now - timedelta(days=failed_days)
    )
    _show(as_json, {"deleted": deleted}, _("Borrados: %(count)s.") % {"count": deleted})


def _change(ids: tuple[int, ...], action: Callable[[int], Job], *, as_json: bool, word: str) -> None:
    with transaction.atomic():  # all or none
        changed = [action(job_id) for job_id in ids]
    _show(as_json, {"jobs": [_as_dict(job) for job in changed]}, f"{word}: {', '.join(map(str, ids))}.")


def _as_dict(job: Job) -> dict[str, Any]:
    """A job without its arguments, which are the business of its app."""
    return {
        "id": job.pk,
        "name": job.name,
        "state": job.state,
        "queue": job.queue,
        "priority": job.priority,
        "key": job.key,
        "municipality_id": job.municipality_id,
        "attempts": job.attempts,
        "max_attempts": job.max_attempts,
        "created_at": job.created_at.isoformat(),
        "run_after": job.run_after.isoformat(),
        "finished_at": job.finished_at and job.finished_at.isoformat(),
        "progress": {"done": job.progress_done, "total": job.progress_total, "message": job.progress_message},
        "error": {"class": job.error_class, "detail": job.error} if job.error_class else None,
    }


def _show(as_json: bool, result: dict[str, Any], words: str) -> None:
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else words)


def _check_pool(threads: int) -> None:
    """The main loop and the heartbeat need a connection each beside those of the jobs, or leases would run out."""
    size = (connection.settings_dict.get("OPTIONS", {}).get("pool") or {}).get("max_size")
    if size is not None and threads > size - CONNECTIONS_OF_ITS_OWN:
        most = size - CONNECTIONS_OF_ITS_OWN
        words = _("Con %(size)s conexiones caben %(most)s trabajos a la vez. Baje --threads o suba CABILDO_DB_POOL.")
        raise click.UsageError(words % {"size": size, "most": most})


def _close_pools() -> None:
    """Give every connection back and end the pool's threads (PostgreSQL), so that the process can end."""
    connections.close_all()
    for used in connections.all(initialized_only=True):
        if close := getattr(used, "close_pool", None):
            close()


commands = [worker, jobs_group]
