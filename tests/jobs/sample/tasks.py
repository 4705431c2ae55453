"""Tasks that leave marks in a file, so that a test can see from outside what a worker did."""

import os
import time
from pathlib import Path

from cabildo.jobs import daily, progress, task

MIB = 1024 * 1024


def mark(path: str, text: str) -> None:
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(f"{text}\n")


@task(name="sample.append")
def append(path: str, text: str) -> str:
    mark(path, text)
    return text


@task(name="sample.urgent", priority=50)
def urgent(path: str, text: str) -> None:
    mark(path, text)


@task(name="sample.slow")
def slow(path: str, seconds: float) -> None:
    mark(path, "start")
    time.sleep(seconds)
    mark(path, "end")


@task(name="sample.hang_once")
def hang_once(path: str) -> None:
    first = not Path(path).exists()
    mark(path, "start")
    if first:
        time.sleep(60)
    mark(path, "end")


@task(name="sample.fail", retries=2)
def fail() -> None:
    raise ValueError("Rosa, 12.345.678-5")


@task(name="sample.count")
def count(total: int) -> None:
    for number in range(1, total + 1):
        progress(number, total, "contando")


@task(name="sample.hungry", isolated=True, memory_mb=400)
def hungry() -> int:
    return len(bytearray(800 * MIB))


@task(name="sample.modest", isolated=True, memory_mb=400)
def modest(path: str) -> None:
    mark(path, "modest")


@task(name="sample.abort", isolated=True, retries=0)
def abort() -> None:
    os.abort()


@task(name="sample.isolated_hang", isolated=True)
def isolated_hang(path: str) -> None:
    mark(path, str(os.getpid()))
    time.sleep(60)


@daily(at="03:00")
@task(name="sample.nightly")
def nightly() -> None:
    """Does nothing: that it ran can be seen in the queue."""
