"""To which line does a result lead?"""

from collections.abc import Mapping

# the route of continuous improvement (seed 001, slide 11); the cut-offs are of the questionnaire's version
LINE_OF_BAND: Mapping[str, str] = {
    "nivelacion": "levelling",
    "inicial": "progressive",
    "intermedio": "progressive",
    "avanzado": "accreditation",
}


def proposed_line(band: str) -> str:
    """The line that a band proposes; empty when the version names another band: then a person decides."""
    return LINE_OF_BAND.get(band, "")
