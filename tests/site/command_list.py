"""What `cabildo` can be told, read from the program itself: no command escapes a test made from this list."""

from collections.abc import Iterator
from pathlib import Path

import click

from cabildo.site.cli import collect

SCHEMAS = Path(__file__).parents[2] / "docs" / "reference" / "cli"


def all_commands() -> dict[str, click.Command]:
    return {" ".join(path): command for path, command in _commands(collect())}


def _commands(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from _commands(command, (*before, name))
        else:
            yield (*before, name), command


def speaks_json(command: click.Command) -> bool:
    return any("--json" in option.opts for option in command.params)


def schema_file(name: str) -> Path:
    return SCHEMAS / f"{name.replace(' ', '-')}.schema.json"


def words_of(name: str, given: dict[str, object]) -> list[str]:
    """The command line: arguments by their name, options by their word; a flag is given as True."""
    arguments = [str(given[p.name]) for p in all_commands()[name].params if p.name in given]
    options = [str(part) for word, value in given.items() if word.startswith("--") for part in _option(word, value)]
    return [*name.split(), *options, *arguments]


def _option(word: str, value: object) -> tuple[object, ...]:
    return (word,) if value is True else (word, value)
