import pytest

from cabildo.jobs import daily, every, registry, task
from cabildo.jobs.errors import JobsError
from jobs.sample import tasks


def plain() -> None:
    """A module-level function to decorate."""


def here(word: str) -> str:
    return f"{__name__.split('.')[0]}.{word}"


def test_a_task_is_known_by_its_name() -> None:
    made = task(name=here("plain"), priority=7, retries=2)(plain)

    assert registry.get(here("plain")) is made
    assert (made.priority, made.retries, made.stored_name) == (7, 2, here("plain"))
    assert here("plain") in registry.names()


@pytest.mark.parametrize("name", ["plain", "Jobs.plain", "jobs.Plain", "jobs.a.b", "jobs."])
def test_a_malformed_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="must read"):
        task(name=name)(plain)


def test_a_name_of_another_app_is_refused() -> None:
    with pytest.raises(ValueError, match="must live in the app"):
        task(name="tickets.plain")(plain)


def test_two_functions_cannot_share_a_name() -> None:
    task(name=here("plain"))(plain)

    with pytest.raises(ValueError, match="belongs to"):
        task(name=here("plain"))(test_two_functions_cannot_share_a_name)


def test_a_memory_limit_needs_a_process_of_its_own() -> None:
    with pytest.raises(ValueError, match="isolated"):
        task(name=here("plain"), memory_mb=100)


def test_an_unknown_name_is_a_refusal_in_words() -> None:
    with pytest.raises(JobsError) as caught:
        registry.get("sample.nothing")

    assert caught.value.sentence == "No existe la tarea «sample.nothing». Revise el nombre en la lista de tareas."


def test_a_task_has_at_most_one_schedule() -> None:
    with pytest.raises(ValueError, match="already has a schedule"):
        every(minutes=5)(tasks.nightly)


def test_a_schedule_below_a_second_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one second"):
        every(seconds=0.2)


def test_a_daily_schedule_needs_a_real_time_of_day() -> None:
    with pytest.raises(ValueError, match="hour must be"):
        daily(at="25:00")
