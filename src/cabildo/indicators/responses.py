"""A board as the file that the address asks for: `?formato=pdf`, `?formato=docx` or `?formato=xlsx`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cabildo.documents.rules import MediaType
from cabildo.indicators import boards
from cabildo.indicators.boards import Board
from cabildo.ui.lists import FORMAT

MAKERS = {
    "pdf": (boards.pdf, MediaType.PDF),
    "docx": (boards.docx, MediaType.DOCX),
    "xlsx": (boards.xlsx, MediaType.XLSX),
}


def as_file(request: HttpRequest, board: Board, name: str, *, issuer: Any = None) -> HttpResponse | None:
    """The board as PDF, Word or workbook, called by `name` and today's date; None when a page is asked for.

    `issuer` heads the paper, with its name and hue; without one, the municipality of the scope.
    """
    wanted = request.GET.get(FORMAT, "")
    if wanted not in MAKERS:
        return None
    make, media_type = MAKERS[wanted]
    headers = {"Content-Disposition": f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.{wanted}"'}
    return HttpResponse(make(board, issuer), content_type=str(media_type), headers=headers)
