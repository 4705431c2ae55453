"""What `--help` prints, in Spanish: Click's own words are English, those of the commands are ours already."""

import re
from collections.abc import Iterable

import click
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later

HEADINGS = {"Options": later("Opciones"), "Commands": later("Órdenes")}
SENTENCES = {
    "Show this message and exit.": later("Muestra esta ayuda y termina."),
    "Show the version and exit.": later("Muestra la versión y termina."),
}
# what stands for a value, in capitals as everywhere in a terminal
PLACES = {
    "[OPTIONS]": later("[OPCIONES]"),
    "[ARGS]...": later("[DATOS]..."),
    "COMMAND": later("ORDEN"),
    "INTEGER RANGE": later("NÚMERO"),
    "INTEGER": later("NÚMERO"),
    "TEXT": later("TEXTO"),
    "FILE": later("ARCHIVO"),
    "PATH": later("RUTA"),
    "DIRECTORY": later("CARPETA"),
    "FOLDER": later("CARPETA"),
    "[%Y-%m-%d]": later("AAAA-MM-DD"),
}
PLACE = re.compile("|".join(rf"(?<![\w-]){re.escape(place)}(?!\w)" for place in PLACES))
EXTRA = re.compile(r"\[((?:default: |required|\d+<=x)[^\[\]]*)\]\Z")


class Help(click.HelpFormatter):
    """Set as the `formatter_class` of Click's contexts."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _places(args), prefix or f"{say('Uso:')} ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(str(HEADINGS.get(heading, heading)))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        told = [(_places(name), EXTRA.sub(_extra, str(SENTENCES.get(words, words)))) for name, words in rows]
        super().write_dl(told, col_max, col_spacing)


def _places(text: str) -> str:
    return PLACE.sub(lambda place: str(PLACES[place[0]]), text)


def _extra(found: re.Match[str]) -> str:
    """What Click adds of an option: whether it must be given, what it is without it, between which numbers."""
    told = found[1].replace("required", say("obligatorio")).replace("default:", say("si falta:"))
    return f"[{re.sub(r'(\d+)<=x<=(\d+)', say('de {low} a {high}').format(low=r'\1', high=r'\2'), told)}]"
