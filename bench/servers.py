"""granian as in production, 2 processes of 4 threads, on a spare port of this machine."""

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.databases import spare_port
from bench.sites import ROOT, Site

WORKERS, THREADS = 2, 4
START_LIMIT_S = 60
STOP_LIMIT_S = 15


@dataclass(frozen=True)
class Server:
    """A site that answers, with all its processes."""

    address: str
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """Processor time it has used until now, by whatever else the machine was busy."""
        return sum(_ticks(one) for one in _family(self.process.pid)) / os.sysconf("SC_CLK_TCK")

    def memory_mib(self) -> float:
        """What its processes hold, with the shared pages divided among those who share them."""
        return sum(_share_kib(one) for one in _family(self.process.pid)) / 1024


@contextmanager
def serving(site: Site) -> Iterator[Server]:
    """The site, answering while the block lasts."""
    port = spare_port()
    command = [site.python, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--no-ws", "--log-level", "error"]
    process = subprocess.Popen([*command, site.wsgi], env=site.environment, cwd=ROOT)
    try:
        _wait_until_up(f"http://127.0.0.1:{port}/", process)
        yield Server(f"http://127.0.0.1:{port}", process)
    finally:
        _stop(process)


@contextmanager
def serving_all(sites: list[Site]) -> Iterator[list[Server]]:
    with ExitStack() as stack:
        yield [stack.enter_context(serving(site)) for site in sites]


def _family(process: int) -> list[int]:
    """The process and all below it."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [process, *(one for child in children for one in _family(int(child)))]


def _ticks(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])  # user and system time


def _share_kib(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _wait_until_up(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_LIMIT_S
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310
        except urllib.error.HTTPError:
            return  # it answers; what it says does not matter here
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nothing answers at {address}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
