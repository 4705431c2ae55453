"""What the commands print of themselves is Spanish, Click's own words too."""

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from cabildo.site.cli import collect

ENGLISH = re.compile(r"\b(Usage|Options|Commands|Show|COMMAND|ARGS|TEXT|FILE|PATH|INTEGER|required|default)\b|%Y|<=")


def paths(command: click.Command, *before: str) -> Iterator[tuple[str, ...]]:
    yield before
    for name, one in getattr(command, "commands", {}).items():
        yield from paths(one, *before, name)


@pytest.mark.parametrize("path", [*paths(collect())], ids=" ".join)
def test_the_help_of_every_command_is_spanish(path) -> None:
    told = CliRunner().invoke(collect(), [*path, "--help"], env={"COLUMNS": "120"})

    assert (told.exit_code, ENGLISH.findall(told.output)) == (0, [])
    assert told.output.startswith("Uso: ")


def test_what_an_option_takes_is_told() -> None:
    told = " ".join(CliRunner().invoke(collect(), ["deadline", "--help"]).output.split())

    assert "--from AAAA-MM-DD Día de la presentación. [obligatorio]" in told
    assert "--days NÚMERO Días del plazo. [de 1 a 1000; obligatorio]" in told
    assert "[si falta: habiles]" in told
