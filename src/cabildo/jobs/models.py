"""The queue's tables."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cabildo.jobs.choices import JobState


class Job(models.Model):
    """One asked-for run of a task. Municipality and actor are plain ids: their tables lie above this app."""

    name = models.CharField(max_length=150)
    positional = models.JSONField(default=list)
    arguments = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    key = models.CharField(max_length=150, blank=True)
    queue = models.CharField(max_length=40, default="default")
    priority = models.SmallIntegerField(default=0)
    municipality_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)

    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    run_after = models.DateTimeField(default=timezone.now)
    # counts every claim, so it also tells this run from an earlier one whose worker was given up for lost
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=1)
    times_lost = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)

    progress_done = models.PositiveBigIntegerField(default=0)
    progress_total = models.PositiveBigIntegerField(null=True)
    progress_message = models.CharField(max_length=200, blank=True)
    error_class = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=200, blank=True)

    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    attempted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "key"],
                condition=Q(state=JobState.WAITING) & ~Q(key=""),
                name="one_waiting_job_per_key",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | Q(lease_until__isnull=False),
                name="a_running_job_has_a_lease",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-priority", "run_after", "id"],
                condition=Q(state=JobState.WAITING),
                name="jobs_waiting_in_order",
            ),
            models.Index(fields=["lease_until"], condition=Q(state=JobState.RUNNING), name="jobs_running_by_lease"),
            models.Index(fields=["state", "finished_at"], name="jobs_ended_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class Schedule(models.Model):
    """When a scheduled task is due next. The rhythm's text tells when the code has changed it."""

    name = models.CharField(max_length=150, primary_key=True)
    rhythm = models.CharField(max_length=200)
    next_run_at = models.DateTimeField()
    last_run_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """A worker process that is, or was, serving the queue; it counts as alive until its lease ends."""

    name = models.CharField(max_length=100, primary_key=True)
    threads = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    heartbeat_at = models.DateTimeField()
    lease_until = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
