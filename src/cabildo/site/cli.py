"""The `cabildo` command: collects the `commands` of every app under one contract.

Result on stdout, messages on stderr; exit 0 done, 1 done with refused rows, 2 bad input,
3 refused. docs/reference/cli.md describes each command and its JSON.
"""

import importlib
import importlib.util
import os

import click

from cabildo.kit.errors import DomainError

EXIT_REFUSED = 3


class Cabildo(click.Group):
    """Shows a refused action as one sentence instead of a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except DomainError as refusal:
            click.echo(refusal.sentence, err=True)
            raise SystemExit(EXIT_REFUSED) from refusal


@click.group(cls=Cabildo, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cabildo")
def cli() -> None:
    """Cabildo: la plataforma de la municipalidad, desde la línea de comandos."""


def collect() -> click.Group:
    """Add the commands of all installed apps to the group."""
    from django.apps import apps

    for config in apps.get_app_configs():
        name = f"{config.name}.commands"
        if config.name.startswith("cabildo.") and importlib.util.find_spec(name):
            for command in importlib.import_module(name).commands:
                cli.add_command(command)
    return cli


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cabildo.site.settings")
    import django

    django.setup()
    collect()()


if __name__ == "__main__":
    main()
