"""PDF from the templates in `typst/`. The only importer of typst.

Data reaches a template as JSON and stays data: text of users is never read as markup.
"""

import functools
import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cabildo.documents import fonts
from cabildo.documents.printable import printable

if TYPE_CHECKING:
    from typst import Compiler, Fonts

TEMPLATES = Path(__file__).parent / "typst"
MOST_ATTEMPTS = 20  # each finds the next characters that cannot be drawn
UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
JOINERS = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f"  # invisible parts of an emoji, among others
UNKNOWN = "[?]"  # stands for characters that no font draws


def pdf(template: str, data: Mapping[str, Any], *, title: str, author: str, at: datetime | None = None) -> bytes:
    """Compile `typst/<template>.typ` into a tagged PDF/A-2a that is also PDF/UA-1, in Chilean Spanish.

    `data` must be JSON; `at` is the creation date written inside. A template that does not fit its data is a
    programming error and raises typst's own exception.
    """
    from typst import Compiler, TypstError

    compiler = Compiler(
        input=str(TEMPLATES / f"{template}.typ"), root=str(TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True
    )
    values = printable({**data, "title": title, "author": author})
    whole_second = at.replace(microsecond=0) if at else None  # typst refuses parts of a second
    for _attempt in range(MOST_ATTEMPTS):
        try:
            return _compiled(compiler, values, whole_second)
        except TypstError as refusal:
            missing = _undrawn(str(refusal))
            if not missing:
                raise
            values = _told_apart(values, missing)
    return _compiled(compiler, values, whole_second)


def _compiled(compiler: "Compiler", values: Mapping[str, Any], at: datetime | None) -> bytes:
    inputs = {"data": json.dumps(values, ensure_ascii=False)}
    made = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["a-2a", "ua-1"], timestamp=at)
    if not isinstance(made, bytes):
        raise TypeError("typst returned no single file")
    return made


def _undrawn(refusal: str) -> str:
    """The characters for which no font has a drawing, as an archival PDF refuses them: those of an emoji, say."""
    told = "".join(UNDRAWN.findall(refusal))
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), told)


def _told_apart(value: Any, missing: str) -> Any:
    """The same value, each run of the missing characters as one mark."""
    if isinstance(value, str):
        part = f"(?:{re.escape(UNKNOWN)}|[{JOINERS}{re.escape(missing)}])"
        return re.sub(f"{part}*[{re.escape(missing)}]{part}*", UNKNOWN, value)
    if isinstance(value, Mapping):
        return {name: _told_apart(part, missing) for name, part in value.items()}
    return [_told_apart(part, missing) for part in value] if isinstance(value, list | tuple) else value


@functools.cache
def _fonts() -> "Fonts":
    from typst import Fonts

    folder = fonts.folder()
    return Fonts(include_system_fonts=False, font_paths=[str(folder)] if folder else [])
