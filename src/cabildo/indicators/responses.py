"""A board as the file that the address asks for: `?formato=pdf` or `?formato=xlsx`."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cabildo.indicators import boards
from cabildo.indicators.boards import Board
from cabildo.ui.lists import FORMAT

MAKERS = {
    "pdf": (boards.pdf, "application/pdf"),
    "xlsx": (boards.xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def as_file(request: HttpRequest, board: Board, name: str) -> HttpResponse | None:
    """The board as PDF or workbook, called by `name` and today's date; None when a page is asked for."""
    wanted = request.GET.get(FORMAT, "")
    if wanted not in MAKERS:
        return None
    make, media_type = MAKERS[wanted]
    headers = {"Content-Disposition": f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.{wanted}"'}
    return HttpResponse(make(board), content_type=media_type, headers=headers)
