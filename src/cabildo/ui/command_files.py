"""A file that a command reads, as the type of its argument: refused in Spanish before anything begins."""

from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _


class ExistingFile(click.Path):
    """A file that is there; whether it can be read is told on opening it."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, dir_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(value)
        if path.is_dir():
            self.fail(_("«%s» es una carpeta. Indique el archivo.") % value, param, ctx)
        if not path.exists():
            self.fail(_("No existe el archivo «%s». Revise su nombre y su carpeta.") % value, param, ctx)
        return path
