import pytest
from django.tasks import TaskResultStatus
from django.tasks import task as django_task
from django.tasks.exceptions import TaskResultDoesNotExist, TaskResultMismatch
from django.utils import timezone

from cabildo.jobs.models import Job
from cabildo.jobs.testing import run_waiting
from jobs.sample import tasks

pytestmark = pytest.mark.django_db


@django_task(takes_context=True)
def from_a_library(context, number: int) -> list[int]:
    return [number, context.attempt]


def test_a_task_is_enqueued_and_read_through_djangos_api(tmp_path) -> None:
    result = tasks.append.enqueue(str(tmp_path / "marks"), text="x")
    assert result.status == TaskResultStatus.READY

    run_waiting()
    result.refresh()

    assert (result.status, result.return_value, result.attempts) == (TaskResultStatus.SUCCESSFUL, "x", 1)


def test_a_plain_task_of_a_library_runs_too() -> None:
    result = from_a_library.enqueue(number=4)

    run_waiting()

    assert Job.objects.get().name == f"{__name__}.from_a_library"
    assert from_a_library.get_result(result.id).return_value == [4, 1]


def test_djangos_options_reach_the_job() -> None:
    later = timezone.now() + timezone.timedelta(hours=1)

    tasks.fail.using(priority=9, queue_name="heavy", run_after=later).enqueue()

    assert Job.objects.values_list("priority", "queue", "run_after").get() == (9, "heavy", later)


def test_a_failed_result_names_the_error_and_not_its_words() -> None:
    result = tasks.fail.enqueue()
    Job.objects.update(max_attempts=1)

    run_waiting(raising=False)
    result.refresh()

    assert result.status == TaskResultStatus.FAILED
    assert result.errors[0].exception_class is ValueError
    assert "Rosa" not in result.errors[0].traceback


@pytest.mark.parametrize("result_id", ["999", "abc"])
def test_an_unknown_result_is_an_error(result_id: str) -> None:
    with pytest.raises(TaskResultDoesNotExist):
        tasks.fail.get_result(result_id)


def test_a_result_of_another_task_is_an_error() -> None:
    result = tasks.fail.enqueue()

    with pytest.raises(TaskResultMismatch):
        tasks.count.get_result(result.id)
