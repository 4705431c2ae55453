"""`python -m bench.desk.quality_report EVIDENCES TIMES`: the whole Informe as PDF, and as many pages of plain text.

Tells the seconds of each, the best of TIMES, in turn, and how many pages both have.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from bench.desk.quality_cycle import TEXT, filled  # noqa: E402
from bench.entrance import say  # noqa: E402
from cabildo.accounts.models import Municipality  # noqa: E402
from cabildo.accounts.scoping import in_municipality  # noqa: E402
from cabildo.documents import papers  # noqa: E402
from cabildo.documents.papers import Letterhead  # noqa: E402
from cabildo.documents.reports import Prose, Report  # noqa: E402
from cabildo.quality.models import Cycle  # noqa: E402
from cabildo.quality.queries.report import told  # noqa: E402
from cabildo.quality.shown import report_paper  # noqa: E402
from cabildo.site import demo  # noqa: E402

ATTEMPTS = 8  # to find how much plain text fills as many pages


def main(evidences: int, times: int) -> None:
    municipality = Municipality.objects.get(slug=demo.SLUG)
    with in_municipality(municipality):
        pages = pages_of(_informe(filled(evidences)))
        paragraphs = _paragraphs_of(pages)
        ours = theirs = float("inf")
        for turn in range(times):
            words = f" Vuelta {turn}."
            cycle = filled(evidences, words)
            ours = min(ours, _seconds(lambda: _informe(cycle)))  # noqa: B023
            plain = _plain(paragraphs, words)
            theirs = min(theirs, _seconds(lambda: papers.pdf(plain)))  # noqa: B023
        found = told(cycle, timezone.localdate())
        say(report=ours, plain=theirs, pages=pages, plain_pages=pages_of(papers.pdf(plain)),
            evidences=len(found.evidence), elements=len(found.filled.items) if found.filled else 0)  # fmt: skip


def _informe(cycle: Cycle) -> bytes:
    """As its page does: read, laid out, compiled."""
    return report_paper.pdf(told(cycle, timezone.localdate()), at=timezone.now())


def _seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def pages_of(pdf: bytes) -> int:
    """As poppler counts them."""
    told = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pages:"))


def _paragraphs_of(pages: int) -> int:
    """How many paragraphs, without tables or drawings, typst sets on as many pages."""
    paragraphs = pages * 5
    for _attempt in range(ATTEMPTS):
        found = pages_of(papers.pdf(_plain(paragraphs)))
        if found == pages:
            break
        paragraphs = max(1, round(paragraphs * pages / found))
    return paragraphs


def _plain(paragraphs: int, words: str = "") -> Report:
    return Report(
        title="Texto",
        letterhead=Letterhead(municipality="Municipalidad"),
        issued_at=timezone.now(),
        blocks=[Prose([TEXT * 3 + words] * paragraphs)],
        has_index=False,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
