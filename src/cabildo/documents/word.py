"""The same papers as editable Word."""

from cabildo.documents import engine_word, reports
from cabildo.documents.papers import Board, Minutes, Paper
from cabildo.documents.reports import Report


def docx(paper: Report | Board | Minutes) -> bytes:
    """A report, a board or an acta as .docx, with the content of its PDF."""
    report = as_report(paper)
    return engine_word.docx(report, author=paper.letterhead.municipality, at=paper.issued_at)


def as_report(paper: Paper) -> Report:
    """Its content as blocks. TypeError for papers that are not edited: receipts, certificates."""
    if isinstance(paper, Board):
        return reports.of_board(paper)
    if isinstance(paper, Minutes):
        return reports.of_minutes(paper)
    if isinstance(paper, Report):
        return paper
    raise TypeError(f"{type(paper).__name__} has no Word version")
