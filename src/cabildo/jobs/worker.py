"""The worker: takes jobs from the queue and runs them in threads until told to stop."""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import timedelta
from enum import Enum, auto
from secrets import token_hex
from types import FrameType

from django.db import Error as DatabaseError
from django.db import connections

from cabildo.jobs import actions, execution, isolation, registry, schedule
from cabildo.jobs.errors import JobsError
from cabildo.jobs.models import Job

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.25
TEND_SECONDS = 1.0
SECONDS_AFTER_DATABASE_ERROR = 2.0
BEATS_PER_LEASE = 4


class Until(Enum):
    """When a worker ends by itself."""

    STOPPED = auto()
    EMPTY = auto()
    ONE_DONE = auto()


class Worker:
    """Runs jobs in up to `threads` threads.

    While it lives it renews, four times per lease, the leases of the jobs it has in hand; when it dies they
    run out and another worker runs those jobs again.
    """

    def __init__(
        self, *, threads: int = 2, lease: timedelta = timedelta(seconds=60), queues: Sequence[str] = ()
    ) -> None:
        self.name = f"{socket.gethostname()[:60]}:{os.getpid()}:{token_hex(4)}"
        self.threads = threads
        self.lease = lease
        self.queues = queues
        self.stopping = False
        self.ran = 0
        self._in_hand: set[int] = set()
        self._busy: set[Future[None]] = set()
        self._tended_at = float("-inf")
        self._knows_schedule = False

    def run(self, until: Until = Until.STOPPED) -> int:
        """Serve the queue; returns how many jobs were run. Jobs in hand at the end are finished first."""
        with self._beating():
            with ThreadPoolExecutor(self.threads, thread_name_prefix="job") as pool:
                self._serve(pool, until)
            actions.sign_off(worker=self.name)
        return self.ran

    def stop(self) -> None:
        """Take no more jobs. Safe in a signal handler: it takes no lock."""
        self.stopping = True

    def _serve(self, pool: ThreadPoolExecutor, until: Until) -> None:
        while not self.stopping:
            try:
                if self._step(pool, until):
                    return
            except DatabaseError:
                if until is not Until.STOPPED:
                    raise
                logger.exception("worker %s: the database does not answer; trying again", self.name)
                connections.close_all()
                time.sleep(SECONDS_AFTER_DATABASE_ERROR)

    def _step(self, pool: ThreadPoolExecutor, until: Until) -> bool:
        """Tend the queue, start at most one job; True when there is nothing left to do."""
        self._tend()
        self._busy = {future for future in self._busy if not future.done()}
        if len(self._busy) == self.threads:
            wait(self._busy, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
            return False
        job = actions.claim(worker=self.name, lease=self.lease, queues=self.queues)
        if job:
            self._start(pool, job)
            return until is Until.ONE_DONE
        if until is not Until.STOPPED and not self._busy:
            return True
        # a plain sleep: a signal handler that sets an Event could find its lock taken by this very thread
        time.sleep(POLL_SECONDS)
        return False

    def _tend(self) -> None:
        if time.monotonic() - self._tended_at >= TEND_SECONDS:
            if not self._knows_schedule:
                schedule.sync()
                self._knows_schedule = True
            actions.reclaim_expired(alive=tuple(self._in_hand))
            schedule.fire_due()
            self._tended_at = time.monotonic()

    def _start(self, pool: ThreadPoolExecutor, job: Job) -> None:
        self.ran += 1
        self._in_hand.add(job.pk)
        self._busy.add(pool.submit(self._run, job))

    def _run(self, job: Job) -> None:
        try:
            _run_where_it_belongs(job)
        except Exception:
            # its end could not be written down: the lease runs out and the job runs again
            logger.exception("worker %s: job %s %s has no recorded end", self.name, job.pk, job.name)
        finally:
            self._in_hand.discard(job.pk)
            connections.close_all()

    @contextmanager
    def _beating(self) -> Iterator[None]:
        """Inside: a thread of its own renews the leases, however busy the others are."""
        over = threading.Event()
        self._beat()
        thread = threading.Thread(target=self._beat_until, args=(over,), name="heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
            connections.close_all()

    def _beat_until(self, over: threading.Event) -> None:
        interval = self.lease.total_seconds() / BEATS_PER_LEASE
        while not over.wait(interval):
            try:
                self._beat()
            except DatabaseError:
                logger.exception("worker %s: heartbeat missed", self.name)
                connections.close_all()
        connections.close_all()

    def _beat(self) -> None:
        actions.heartbeat(worker=self.name, job_ids=tuple(self._in_hand), threads=self.threads, lease=self.lease)


def stop_on_signals(worker: Worker) -> None:
    """The first SIGTERM or SIGINT lets the jobs in hand finish; the second ends the process at once."""

    def handle(number: int, _frame: FrameType | None) -> None:
        worker.stop()
        signal.signal(number, signal.SIG_DFL)

    signal.signal(signal.SIGTERM, handle)
    signal.signal(signal.SIGINT, handle)


def _run_where_it_belongs(job: Job) -> None:
    try:
        task = registry.resolve(job.name)
    except JobsError as unknown:
        actions.fail(job, unknown)
        return
    if getattr(task, "isolated", False):
        isolation.run(job, memory_mb=getattr(task, "memory_mb", None))
    else:
        execution.run(job)
