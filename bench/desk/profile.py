"""`python -m bench.desk.profile list|create N` or `import FILE MAPPING`: the functions that take the time."""

import cProfile
import io
import pstats
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.desk import import_rows, prepare, seeding  # noqa: E402
from bench.entrance import say  # noqa: E402
from cabildo.accounts.models import Municipality, User  # noqa: E402
from cabildo.accounts.scoping import in_municipality  # noqa: E402
from cabildo.site import demo  # noqa: E402

WARM, TIMES = 5, 60
TURNS = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")
LINES = 22


def of_request(what: str, count: int) -> None:
    municipality = Municipality.objects.get(slug=demo.SLUG)
    with in_municipality(municipality):
        seeding.fill(municipality, count)
    ask = _asking(what, municipality)
    for _turn in range(WARM):
        ask()
    start = time.process_time()
    for _turn in range(TIMES):
        ask()
    milliseconds = (time.process_time() - start) * 1000 / TIMES
    with CaptureQueriesContext(connection) as captured:
        ask()
    asked = [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(TURNS)]
    say(
        queries=len(asked),
        around=len(captured) - len(asked),
        ms=milliseconds,
        profile=_profile(lambda: [ask() for _turn in range(TIMES)]),
    )


def _asking(what: str, municipality: Municipality) -> Callable[[], None]:
    client = Client(headers={"Host": "127.0.0.1"})
    client.force_login(User.objects.get(email=f"oirs@{prepare.DOMAIN}"), backend=prepare.BACKEND)
    form = dict(parse_qsl(prepare.BODY))
    address = prepare.accepting(municipality)

    def ask() -> None:
        answer = client.get(prepare.LIST) if what == "list" else client.post(address, form)
        if answer.status_code != (200 if what == "list" else 302):
            raise SystemExit(f"{what} answered {answer.status_code}")

    return ask


def _profile(work: Callable[[], Any]) -> str:
    """The functions that take most, themselves with what they call, without the machine's paths."""
    profiler = cProfile.Profile()
    profiler.runcall(work)
    text = io.StringIO()
    stats = pstats.Stats(profiler, stream=text)
    stats.sort_stats("cumulative").print_stats(r"src/cabildo|template/base|loader_tags|compiler|backends/utils", LINES)
    stats.sort_stats("tottime").print_stats(LINES // 3)
    return "\n".join(
        _short(line) for line in text.getvalue().splitlines() if line.strip() and "List reduced" not in line
    )


def _short(line: str) -> str:
    before, here, after = line.rpartition("site-packages/") if "site-packages/" in line else line.rpartition("/src/")
    return before[: before.rfind(" ") + 1] + after if here else line


if __name__ == "__main__":
    if sys.argv[1] == "import":
        say(profile=_profile(lambda: import_rows.main(Path(sys.argv[2]), Path(sys.argv[3]))))
    else:
        of_request(sys.argv[1], int(sys.argv[2]))
