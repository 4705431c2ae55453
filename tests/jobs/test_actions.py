from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from cabildo.jobs import actions, enqueue
from cabildo.jobs.choices import JobState
from cabildo.jobs.errors import JobsError
from cabildo.jobs.models import Job, Worker

pytestmark = pytest.mark.django_db
LEASE = timedelta(seconds=60)


def claim(worker: str = "one", **options) -> Job | None:
    return actions.claim(worker=worker, lease=LEASE, **options)


def append(text: str = "x", **options) -> Job:
    return enqueue("sample.append", path="/dev/null", text=text, **options)


def expire(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_job_keeps_its_arguments_municipality_and_actor() -> None:
    job = append(municipality=SimpleNamespace(pk=7), by=3)

    job.refresh_from_db()

    assert (job.arguments, job.municipality_id, job.actor_id) == ({"path": "/dev/null", "text": "x"}, 7, 3)
    assert (job.state, job.attempts, job.max_attempts) == (JobState.WAITING, 0, 6)


def test_the_system_has_no_actor_id() -> None:
    assert append(by=SimpleNamespace(kind="system")).actor_id is None


def test_an_unknown_task_is_refused_when_it_is_asked_for() -> None:
    with pytest.raises(JobsError) as caught:
        enqueue("sample.nothing")

    assert caught.value.code == "unknown_task"


@pytest.mark.parametrize("arguments", [{}, {"path": "a"}, {"path": "a", "text": "b", "more": 1}])
def test_arguments_must_fit_the_function(arguments: dict) -> None:
    with pytest.raises(TypeError):
        enqueue("sample.append", **arguments)


def test_arguments_must_be_json() -> None:
    with pytest.raises(TypeError):
        append(text=object())


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_rolled_back_transaction_never_exists() -> None:
    with transaction.atomic():
        append()
        transaction.set_rollback(True)

    assert claim() is None
    assert not Job.objects.exists()


def test_a_key_is_unique_while_its_job_waits() -> None:
    first = append("first", key="k")

    assert append("second", key="k") == first
    assert Job.objects.get().arguments["text"] == "first"
    assert enqueue("sample.fail", key="k") != first


def test_a_key_is_free_again_once_its_job_runs() -> None:
    first = append(key="k")
    claim()

    assert append(key="k") != first


def test_asking_again_for_a_waiting_key_brings_it_forward() -> None:
    append(key="k", after=timedelta(days=1))

    append(key="k", after=timedelta(hours=1))
    append(key="k", after=timedelta(days=2))

    assert timedelta(minutes=59) < Job.objects.get().run_after - timezone.now() <= timedelta(hours=1)


def test_the_higher_priority_goes_first_and_then_the_older() -> None:
    older, newer = append(), append()
    urgent = enqueue("sample.urgent", path="/dev/null", text="x")

    assert [claim(), claim(), claim(), claim()] == [urgent, older, newer, None]


def test_a_job_waits_for_its_time() -> None:
    job = append(after=timedelta(hours=1))
    assert claim() is None

    Job.objects.update(run_after=timezone.now() - timedelta(seconds=1))

    assert claim() == job


def test_a_worker_of_other_queues_leaves_it() -> None:
    append()

    assert claim(queues=["heavy"]) is None
    assert claim(queues=["heavy", "default"]) is not None


def test_a_claimed_job_belongs_to_its_worker_for_the_lease() -> None:
    append()

    job = claim("one")

    assert claim("other") is None
    assert (job.state, job.worker, job.attempts) == (JobState.RUNNING, "one", 1)
    assert job.lease_until - job.attempted_at == LEASE


def test_a_failed_job_waits_longer_each_time_and_then_gives_up() -> None:
    enqueue("sample.fail")
    waits = []
    for _attempt in range(3):
        Job.objects.update(run_after=timezone.now())
        actions.fail(claim(), ValueError("Rosa"))
        waits.append(round((Job.objects.get().run_after - timezone.now()).total_seconds()))

    job = Job.objects.get()
    assert (job.state, job.attempts) == (JobState.FAILED, 3)
    assert 10 <= waits[0] <= 11
    assert 20 <= waits[1] <= 22


def test_a_failure_keeps_the_class_of_the_error_and_not_its_words() -> None:
    append()

    actions.fail(claim(), ValueError("Rosa, 12.345.678-5"))

    assert Job.objects.values_list("error_class", "error").get() == ("builtins.ValueError", "")


def test_a_success_clears_the_error_of_an_earlier_attempt() -> None:
    append()
    actions.fail(claim(), ValueError())
    Job.objects.update(run_after=timezone.now())

    actions.succeed(claim(), {"rows": 3})

    job = Job.objects.get()
    assert (job.state, job.error_class, job.result, job.lease_until) == (JobState.DONE, "", {"rows": 3}, None)


def test_a_job_with_an_expired_lease_runs_again_and_loses_no_retry() -> None:
    append()
    expire(claim("dead"))

    assert actions.reclaim_expired() == 1

    job = claim("alive")
    assert (job.attempts, job.max_attempts, job.times_lost, job.worker) == (2, 7, 1, "alive")


def test_a_lease_that_lasts_or_a_job_in_hand_is_not_reclaimed() -> None:
    lasting, in_hand = append(), append()
    claim()
    claim()
    expire(in_hand)

    assert actions.reclaim_expired(alive=[in_hand.pk]) == 0
    assert set(Job.objects.filter(state=JobState.RUNNING)) == {lasting, in_hand}


def test_a_job_that_kills_its_workers_is_given_up() -> None:
    append()
    for _death in range(4):
        expire(claim())
        actions.reclaim_expired()

    job = Job.objects.get()
    assert (job.state, job.error, job.times_lost) == (JobState.FAILED, "worker_lost", 4)


def test_a_worker_given_up_for_lost_cannot_write_the_end_of_a_later_run() -> None:
    append()
    lost = claim("slow")
    expire(lost)
    actions.reclaim_expired()
    claim("other")

    assert not actions.succeed(lost)
    assert not actions.fail(lost, ValueError())
    assert Job.objects.get().state == JobState.RUNNING


def test_a_failed_job_yields_to_one_of_its_key_that_waits() -> None:
    append(key="k")
    running = claim()
    append(key="k")

    actions.fail(running, ValueError())

    running.refresh_from_db()
    assert (running.state, running.error) == (JobState.CANCELLED, "superseded")


def test_a_lost_job_yields_to_one_of_its_key_that_waits() -> None:
    append(key="k")
    running = claim()
    append(key="k")
    expire(running)

    actions.reclaim_expired()

    assert list(Job.objects.order_by("pk").values_list("state", flat=True)) == [JobState.CANCELLED, JobState.WAITING]


def test_a_heartbeat_lengthens_the_leases_of_the_jobs_in_hand_only() -> None:
    append(), append()
    kept, other = claim(), claim()

    actions.heartbeat(worker="one", job_ids=[kept.pk], threads=2, lease=timedelta(hours=1))

    assert Job.objects.get(pk=kept.pk).lease_until > kept.lease_until
    assert Job.objects.get(pk=other.pk).lease_until == other.lease_until
    assert Worker.objects.get().lease_until > timezone.now() + timedelta(minutes=59)


def test_only_a_waiting_job_is_cancelled() -> None:
    job = append()
    assert actions.cancel(job.pk).state == JobState.CANCELLED

    with pytest.raises(JobsError) as caught:
        actions.cancel(job.pk)

    assert caught.value.code == "not_waiting"


def test_a_failed_job_gets_one_more_attempt() -> None:
    enqueue("sample.fail")
    actions.fail(claim(), MemoryError())

    job = actions.retry(Job.objects.get().pk)

    assert (job.state, job.attempts, job.max_attempts) == (JobState.WAITING, 1, 2)
    with pytest.raises(JobsError, match="not_ended"):
        actions.retry(job.pk)


def test_a_job_is_not_repeated_beside_a_waiting_one_of_its_key() -> None:
    cancelled = actions.cancel(append(key="k").pk)
    append(key="k")

    with pytest.raises(JobsError) as caught:
        actions.retry(cancelled.pk)

    assert caught.value.code == "already_waiting"


@pytest.mark.parametrize("action", [actions.cancel, actions.retry])
def test_an_unknown_job_is_refused(action) -> None:
    with pytest.raises(JobsError) as caught:
        action(999)

    assert caught.value.code == "unknown_job"


def test_what_ended_long_ago_is_forgotten() -> None:
    append(), append(), append()
    actions.succeed(claim())
    actions.fail(claim(), MemoryError())
    soon, long_ago = timezone.now() + timedelta(hours=1), timezone.now() - timedelta(days=1)

    assert actions.prune(done_before=soon, failed_before=long_ago) == 1
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.FAILED, JobState.WAITING}
    assert actions.prune(done_before=soon, failed_before=soon) == 1
