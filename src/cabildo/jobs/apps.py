from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "cabildo.jobs"
    label = "jobs"

    def ready(self) -> None:
        autodiscover_modules("tasks")
        post_migrate.connect(_count_anew, sender=self, dispatch_uid="jobs.statistics")


def _count_anew(*, plan: list[Any] | None = None, **_more: Any) -> None:
    """A table that a migration built anew has lost its statistics; the nightly job is hours away."""
    from cabildo.db import statistics

    if plan:
        statistics.refresh()
