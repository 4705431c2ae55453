"""A whole list as the file that its address asks for: `?formato=csv` or `?formato=xlsx`."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cabildo.ui.engine_xlsx import workbook
from cabildo.ui.exports import csv_lines
from cabildo.ui.lists import FORMAT

CSV, XLSX = "csv", "xlsx"
MEDIA_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
READ_AT_ONCE = 500  # rows that a query hands over at a time


def wanted_format(request: HttpRequest) -> str:
    """`csv` or `xlsx`; empty when a page is asked for."""
    wanted = request.GET.get(FORMAT, "")
    return wanted if wanted in MEDIA_TYPES else ""


def list_file(
    wanted: str, *, name: str, title: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """Every row, as a file called by `name` and today's date. `rows` may be read as they are written."""
    heads = [str(heading) for heading in headings]
    content = workbook(title, heads, rows) if wanted == XLSX else "".join(csv_lines(heads, rows)).encode()
    headers = {"Content-Disposition": f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.{wanted}"'}
    return HttpResponse(content, content_type=MEDIA_TYPES[wanted], headers=headers)
