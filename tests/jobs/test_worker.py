"""Real worker processes, on a database of their own."""

import os
import signal

import psycopg
import pytest
from django.db import connection

from jobs.world import QueueWorld, wait_until


@pytest.mark.slow
def test_a_job_whose_worker_was_killed_runs_again(world: QueueWorld) -> None:
    world.enqueue("sample.hang_once", {"path": str(world.marks)})
    with world.worker("--lease", "2") as first:
        wait_until(lambda: world.lines() == ["start"])
        first.kill()

    with world.worker("--lease", "2"):
        wait_until(lambda: world.lines() == ["start", "start", "end"])
        wait_until(lambda: world.states("sample.hang_once") == ["done"])

    assert [(job["attempts"], job["max_attempts"]) for job in world.jobs("sample.hang_once")] == [(2, 7)]


@pytest.mark.slow
def test_a_living_worker_keeps_its_job_past_the_lease(world: QueueWorld) -> None:
    world.enqueue("sample.slow", {"path": str(world.marks), "seconds": 3})

    with world.worker("--lease", "1"), world.worker("--lease", "1"):
        wait_until(lambda: "end" in world.lines())

    assert world.lines() == ["start", "end"]


@pytest.mark.slow
def test_a_stop_signal_finishes_the_running_job_and_takes_no_other(world: QueueWorld) -> None:
    world.enqueue("sample.slow", *[{"path": str(world.marks), "seconds": 1.5}] * 2)
    with world.worker("--threads", "1") as worker:
        wait_until(lambda: world.lines() == ["start"])
        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=20)

    assert worker.returncode == 0
    assert world.states("sample.slow") == ["waiting", "done"]


@pytest.mark.slow
def test_two_workers_run_each_job_once(world: QueueWorld) -> None:
    texts = [str(number) for number in range(200)]
    world.enqueue("sample.append", *[{"path": str(world.marks), "text": text} for text in texts])

    with world.worker("--until-empty") as one, world.worker("--until-empty") as other:
        assert (one.wait(timeout=60), other.wait(timeout=60)) == (0, 0)

    assert sorted(world.lines(), key=int) == texts


@pytest.mark.slow
def test_a_schedule_fires_once_under_two_workers(world: QueueWorld) -> None:
    world.run("make-due", "sample.nightly")

    with world.worker("--until-empty") as one, world.worker("--until-empty") as other:
        assert (one.wait(timeout=60), other.wait(timeout=60)) == (0, 0)

    assert world.states("sample.nightly") == ["done"]


@pytest.mark.slow
def test_threads_run_jobs_side_by_side(world: QueueWorld) -> None:
    world.enqueue("sample.slow", *[{"path": str(world.marks), "seconds": 1.5}] * 2)

    world.run("worker", "--threads", "2", "--until-empty")

    assert world.lines() == ["start", "start", "end", "end"]


@pytest.mark.slow
def test_an_isolated_job_over_its_memory_fails_alone(world: QueueWorld) -> None:
    world.enqueue("sample.hungry")
    world.enqueue("sample.modest", {"path": str(world.marks)})

    world.run("worker", "--threads", "1", "--until-empty")

    (job,) = world.jobs("sample.hungry")
    assert (job["state"], job["attempts"], job["error"]["class"]) == ("failed", 1, "builtins.MemoryError")
    assert world.lines() == ["modest"]


@pytest.mark.slow
def test_an_isolated_job_whose_process_dies_has_failed(world: QueueWorld) -> None:
    world.enqueue("sample.abort")

    world.run("worker", "--until-empty")

    (job,) = world.jobs("sample.abort")
    assert (job["state"], job["error"]["detail"]) == ("failed", "process_died")


@pytest.mark.slow
def test_the_process_of_an_isolated_job_dies_with_its_worker(world: QueueWorld) -> None:
    world.enqueue("sample.isolated_hang", {"path": str(world.marks)})
    with world.worker() as worker:
        wait_until(lambda: len(world.lines()) == 1)
        worker.kill()

    wait_until(lambda: not _runs(int(world.lines()[0])))


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that can go away")
def test_a_worker_outlives_the_loss_of_its_connections(world: QueueWorld) -> None:
    with world.worker("--lease", "2") as worker:
        wait_until(lambda: _known_workers(world) == 1)
        others = _connections_of_others(world)
        with psycopg.connect(world.url, autocommit=True) as server:
            server.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS pid", [others])
        world.enqueue("sample.append", {"path": str(world.marks), "text": "after"})
        wait_until(lambda: world.lines() == ["after"])
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0


def _known_workers(world: QueueWorld) -> int:
    with psycopg.connect(world.url) as server:
        return server.execute("SELECT COUNT(*) FROM jobs_worker").fetchone()[0]


def _connections_of_others(world: QueueWorld) -> list[int]:
    query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(world.url) as server:
        return [pid for (pid,) in server.execute(query)]


def _runs(pid: int) -> bool:
    """Whether the process exists and is more than a dead one nobody has asked after."""
    try:
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
