from contextlib import contextmanager

import pytest
from django.utils import timezone

from cabildo.jobs import enqueue, progress, register_context
from cabildo.jobs.choices import JobState
from cabildo.jobs.models import Job
from cabildo.jobs.testing import run_waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def marks(tmp_path):
    return tmp_path / "marks"


def test_a_job_runs_inside_the_hooks_that_apps_registered(marks) -> None:
    seen = []

    @contextmanager
    def scope(job):
        seen.append((job.name, job.municipality_id, job.actor_id, job.attempt, marks.exists()))
        yield
        seen.append(marks.read_text().split())

    register_context(scope)
    enqueue("sample.append", path=str(marks), text="x", municipality=7, by=3)
    run_waiting()

    assert seen == [("sample.append", 7, 3, 1, False), ["x"]]


def test_an_error_in_a_hook_fails_the_job_before_it_starts(marks) -> None:
    @contextmanager
    def closed(job):
        raise PermissionError
        yield

    register_context(closed)
    enqueue("sample.append", path=str(marks), text="x")
    run_waiting(raising=False)

    assert Job.objects.get().error_class == "builtins.PermissionError"
    assert not marks.exists()


def test_a_failed_job_goes_back_to_wait_without_words_of_its_error() -> None:
    enqueue("sample.fail")

    assert run_waiting(raising=False) == 1

    job = Job.objects.get()
    assert (job.state, job.error_class) == (JobState.WAITING, "builtins.ValueError")
    assert job.run_after > timezone.now()
    assert job.error.startswith("jobs.sample.tasks:")


def test_a_test_sees_the_error_of_its_job() -> None:
    enqueue("sample.fail")

    with pytest.raises(ValueError, match="Rosa"):
        run_waiting()


def test_no_personal_data_of_an_error_reaches_the_log(caplog) -> None:
    enqueue("sample.fail")
    with caplog.at_level("INFO"):
        run_waiting(raising=False)

    assert "attempt 1 failed: ValueError" in caplog.text
    assert "Rosa" not in caplog.text


def test_a_job_whose_task_is_gone_fails_and_is_tried_again() -> None:
    Job.objects.create(name="sample.removed", max_attempts=3)

    run_waiting(raising=False)

    job = Job.objects.get()
    assert (job.state, job.error_class) == (JobState.WAITING, "cabildo.jobs.errors.JobsError")


@pytest.mark.django_db(transaction=True)
def test_progress_can_be_seen() -> None:
    enqueue("sample.count", total=250)
    run_waiting()

    job = Job.objects.get()
    assert (job.progress_done, job.progress_total, job.progress_message) == (250, 250, "contando")


@pytest.mark.django_db(transaction=True)
def test_progress_is_written_at_most_twice_a_second(django_assert_max_num_queries) -> None:
    enqueue("sample.count", total=5000)

    with django_assert_max_num_queries(30):
        run_waiting()


def test_progress_outside_a_job_does_nothing() -> None:
    progress(1, 2)

    assert not Job.objects.exists()


def test_jobs_run_at_the_commit_when_a_test_asks_for_it(settings, marks, django_capture_on_commit_callbacks) -> None:
    settings.JOBS_IMMEDIATE = True

    with django_capture_on_commit_callbacks(execute=True):
        enqueue("sample.append", path=str(marks), text="x")
        assert not marks.exists()

    assert marks.read_text() == "x\n"
    assert Job.objects.get().state == JobState.DONE
