"""PDF from the templates in `typst/`. The only importer of typst.

Data reaches a template as JSON and stays data: text of users is never read as markup.
"""

import functools
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cabildo.documents import fonts

if TYPE_CHECKING:
    from typst import Fonts

TEMPLATES = Path(__file__).parent / "typst"


def pdf(template: str, data: Mapping[str, Any], *, title: str, author: str, at: datetime | None = None) -> bytes:
    """Compile `typst/<template>.typ` into a tagged PDF/A-2a that is also PDF/UA-1, in Chilean Spanish.

    `data` must be JSON; `at` is the creation date written inside. A template that does not fit its data is a
    programming error and raises typst's own exception.
    """
    from typst import Compiler

    compiler = Compiler(
        input=str(TEMPLATES / f"{template}.typ"), root=str(TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True
    )
    values = json.dumps({**data, "title": title, "author": author}, ensure_ascii=False)
    whole_second = at.replace(microsecond=0) if at else None  # typst refuses parts of a second
    made = compiler.compile(
        format="pdf", sys_inputs={"data": values}, pdf_standards=["a-2a", "ua-1"], timestamp=whole_second
    )
    if not isinstance(made, bytes):
        raise TypeError("typst returned no single file")
    return made


@functools.cache
def _fonts() -> "Fonts":
    from typst import Fonts

    folder = fonts.folder()
    return Fonts(include_system_fonts=False, font_paths=[str(folder)] if folder else [])
