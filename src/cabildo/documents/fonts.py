"""The fonts of printed documents and charts."""

from pathlib import Path

import cabildo

FAMILY = "Noto Sans"
BUILT = Path(cabildo.__file__).parent / "site" / "static" / "dist" / "fonts-ttf"


def folder() -> Path | None:
    """Where the built front end left Noto Sans; None before it is built, and then the libraries' own fonts serve."""
    return BUILT if any(BUILT.glob("NotoSans*.ttf")) else None
