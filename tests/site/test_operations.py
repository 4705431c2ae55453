"""The page of operations, and what probes may ask."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from cabildo.audit import seal_pending
from cabildo.audit.models import Entry
from cabildo.jobs import enqueue
from cabildo.jobs.models import Job

PAGE = "/m/puerto-claro/mesa/operaciones/"


@pytest.fixture
def failed(puerto_claro) -> Job:
    job = enqueue("tickets.recount_deadlines", municipality=puerto_claro)
    Job.objects.filter(pk=job.pk).update(
        state="failed", finished_at=timezone.now(), error_class="builtins.ValueError", error="cabildo.x:1", attempts=1
    )
    return job


def test_a_failed_job_is_shown_with_its_reason_and_repeated(as_user, admin, failed) -> None:
    desk = as_user(admin)
    page = desk.get(PAGE).content.decode()
    desk.post(f"{PAGE}trabajos/{failed.pk}/repetir/")
    failed.refresh_from_db()

    assert "Error ValueError en cabildo.x:1." in page
    assert (failed.state, Entry.objects.filter(action="job.retried").count()) == ("waiting", 1)


def test_a_waiting_job_is_cancelled_and_it_is_put_on_record(as_user, admin, puerto_claro) -> None:
    job = enqueue("tickets.recount_deadlines", municipality=puerto_claro)
    as_user(admin).post(f"{PAGE}trabajos/{job.pk}/anular/")
    job.refresh_from_db()

    assert (job.state, Entry.objects.filter(action="job.cancelled").count()) == ("cancelled", 1)


def test_a_job_that_has_ended_is_refused_in_words(as_user, admin, failed) -> None:
    told = as_user(admin).post(f"{PAGE}trabajos/{failed.pk}/anular/", follow=True).content.decode()

    assert "ya no está en espera" in told


def test_jobs_of_another_municipality_are_neither_seen_nor_touched(as_user, admin, otra_comuna) -> None:
    job = enqueue("tickets.recount_deadlines", municipality=otra_comuna)
    desk = as_user(admin)

    assert "recount_deadlines" not in desk.get(PAGE).content.decode()
    assert desk.post(f"{PAGE}trabajos/{job.pk}/anular/").status_code == 404


def test_a_queue_that_nobody_serves_is_said_aloud(as_user, admin, puerto_claro) -> None:
    enqueue("tickets.recount_deadlines", municipality=puerto_claro)

    assert "La cola está detenida" in as_user(admin).get(PAGE).content.decode()


def test_a_whole_record_is_said_to_be_whole(as_user, admin) -> None:
    seal_pending()
    told = as_user(admin).post(PAGE + "registro/verificar/", follow=True).content.decode()

    assert "El registro está íntegro" in told


@pytest.mark.parametrize("step", ["", "registro/verificar/"])
def test_only_who_operates_enters(as_user, carmen, step: str) -> None:
    desk = as_user(carmen)

    assert (desk.post(PAGE + step) if step else desk.get(PAGE)).status_code == 403


@pytest.mark.parametrize(
    ("where", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "10.0.0.9"}, 403),
        ({"HTTP_X_FORWARDED_FOR": "1.2.3.4"}, 403),
    ],
)
def test_metrics_answer_this_machine_alone(db, where, status: int) -> None:
    assert Client().get("/metrics", **where).status_code == status


@pytest.mark.parametrize(("given", "status"), [("Bearer secreto", 200), ("Bearer otro", 403), ("", 403)])
def test_with_a_token_metrics_ask_for_it(db, settings, given: str, status: int) -> None:
    settings.METRICS_TOKEN = "secreto"

    assert Client().get("/metrics", HTTP_AUTHORIZATION=given).status_code == status


def test_metrics_count_the_jobs_by_state(failed) -> None:
    assert 'cabildo_jobs{state="failed"} 1.0' in Client().get("/metrics").content.decode()


def test_every_answer_carries_a_reference_of_its_own(client, puerto_claro) -> None:
    references = {client.get("/m/puerto-claro/")["X-Request-ID"] for _time in range(3)}

    assert len(references) == 3
    assert all(re.fullmatch(r"[A-Z2-9]{8}", reference) for reference in references)
