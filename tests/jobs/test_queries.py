from datetime import timedelta

import pytest
from django.utils import timezone

from cabildo.jobs import actions, enqueue, queries
from cabildo.jobs.choices import JobState
from cabildo.jobs.errors import JobsError
from cabildo.jobs.models import Job, Worker

pytestmark = pytest.mark.django_db
LEASE = timedelta(seconds=60)


def claim() -> Job:
    return actions.claim(worker="one", lease=LEASE)


def append(**options) -> Job:
    return enqueue("sample.append", path="/dev/null", text="x", **options)


def test_an_empty_queue_has_nothing_to_show() -> None:
    overview = queries.overview()

    assert (overview.names, overview.oldest_waiting, overview.running, overview.failed) == ([], None, [], [])
    assert not overview.stalled


def test_the_overview_counts_by_name_and_state() -> None:
    append(), append(), append(after=timedelta(days=1))
    actions.succeed(claim())
    claim()
    enqueue("sample.fail")

    overview = queries.overview()

    assert overview.names == [
        queries.NameCount("sample.append", waiting=1, running=1, failed=0, done=1, cancelled=0),
        queries.NameCount("sample.fail", waiting=1, running=0, failed=0, done=0, cancelled=0),
    ]
    assert overview.total(JobState.WAITING) == 2


def test_what_was_done_before_yesterday_is_not_counted() -> None:
    append()
    actions.succeed(claim())
    Job.objects.update(finished_at=timezone.now() - timedelta(days=2))

    assert queries.overview().names == []


def test_the_oldest_waiting_job_is_one_that_could_run() -> None:
    append(after=timedelta(days=1))
    ready = append()
    Job.objects.filter(pk=ready.pk).update(run_after=timezone.now() - timedelta(minutes=3))

    oldest = queries.overview().oldest_waiting

    assert oldest.job == ready
    assert timedelta(minutes=3) <= oldest.waited < timedelta(minutes=4)


def test_a_queue_is_stalled_when_no_worker_lives() -> None:
    append()
    Worker.objects.create(name="one", threads=2, heartbeat_at=timezone.now(), lease_until=timezone.now())
    assert queries.overview().stalled

    actions.heartbeat(worker="one", job_ids=[], threads=2, lease=LEASE)

    assert not queries.overview().stalled
    assert [status.alive for status in queries.overview().workers] == [True]


def test_running_jobs_show_their_progress() -> None:
    append()
    job = claim()
    actions.report_progress(job.pk, job.attempts, done=30, total=120, message="filas")

    (shown,) = queries.overview().running

    assert (shown.progress_done, shown.progress_total, shown.progress_message) == (30, 120, "filas")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (JobsError("process_died"), "Su proceso terminó sin responder. Puede haber superado la memoria permitida."),
        (MemoryError(), "Superó la memoria permitida."),
    ],
)
def test_a_failed_job_tells_its_reason_in_words(error: Exception, words: str) -> None:
    job = enqueue("sample.fail")
    Job.objects.update(max_attempts=1)
    actions.fail(claim(), error)

    assert queries.overview().failed == [queries.FailedJob(job, words)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_asks_six_questions_whatever_the_size(count: int, django_assert_num_queries) -> None:
    for _number in range(count):
        append(), enqueue("sample.fail")
        claim()

    with django_assert_num_queries(6):
        queries.overview()
