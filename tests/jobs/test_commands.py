import json

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from cabildo.jobs import actions, enqueue
from cabildo.jobs.choices import JobState
from cabildo.jobs.commands import jobs_group, worker
from cabildo.jobs.errors import JobsError
from cabildo.jobs.models import Job

pytestmark = pytest.mark.django_db


def run(*words: object) -> Result:
    return CliRunner().invoke(jobs_group, [str(word) for word in words])


def test_the_list_tells_jobs_without_their_arguments() -> None:
    job = enqueue("sample.append", path="/dev/null", text="Rosa", municipality=7)
    enqueue("sample.fail")

    result = run("list", "--name", "sample.append", "--json")

    (shown,) = json.loads(result.stdout)["jobs"]
    assert (shown["id"], shown["state"], shown["municipality_id"], shown["error"]) == (job.pk, "waiting", 7, None)
    assert "Rosa" not in result.stdout


def test_an_empty_list_says_so() -> None:
    assert run("list", "--state", "failed").stdout == "No hay trabajos.\n"


def test_cancel_and_retry_answer_with_the_new_state() -> None:
    job = enqueue("sample.fail")

    assert json.loads(run("cancel", job.pk, "--json").stdout)["jobs"][0]["state"] == "cancelled"
    assert json.loads(run("retry", job.pk, "--json").stdout)["jobs"][0]["state"] == "waiting"


def test_one_refused_id_leaves_the_others_as_they_were() -> None:
    job = enqueue("sample.fail")

    result = run("cancel", job.pk, job.pk + 1)

    assert isinstance(result.exception, JobsError)
    assert Job.objects.get().state == JobState.WAITING


def test_prune_tells_how_many_it_deleted() -> None:
    actions.cancel(enqueue("sample.fail").pk)

    assert json.loads(run("prune", "--failed-days", "0", "--json").stdout) == {"deleted": 1}
    assert not Job.objects.exists()


def test_a_worker_ends_in_one_way_only(world) -> None:
    with world.worker("--once", "--until-empty") as process:
        assert process.wait(timeout=20) == 2


def test_a_worker_does_one_job_and_says_so(world) -> None:
    world.enqueue("sample.append", *[{"path": str(world.marks), "text": text} for text in "ab"])

    assert json.loads(world.run("worker", "--once", "--json")) == {"ran": 1}
    assert world.lines() == ["a"]


def test_more_threads_than_connections_are_refused_with_the_way_out(monkeypatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"pool": {"max_size": 8}})

    result = CliRunner().invoke(worker, ["--threads", "7"])

    assert result.exit_code == 2
    assert "caben 6 trabajos a la vez" in result.stderr
