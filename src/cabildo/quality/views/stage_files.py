"""The file of a stage that its own page gives: `?formato=pdf`, `docx` or `xlsx`, behind the door of the page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cabildo.quality.shown import stage_papers
from cabildo.quality.shown.stage_papers import StagePaper
from cabildo.quality.views.report import MEDIA, attached
from cabildo.ui.lists import FORMAT


def as_stage_file(request: HttpRequest, make: Callable[[], StagePaper]) -> HttpResponse | None:
    """The paper in the format asked for; None when a page is asked for, and then nothing is made."""
    kind = request.GET.get(FORMAT, "")
    if kind not in MEDIA:
        return None
    paper, now = make(), timezone.now().replace(microsecond=0)  # a PDF dates to the second
    return attached(stage_papers.file(paper, kind, at=now), paper.name, kind)
