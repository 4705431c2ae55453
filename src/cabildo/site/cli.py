"""The `cabildo` command: collects the `commands` of every app under one contract.

Result on stdout, messages on stderr; exit 0 done, 1 done with refused rows, 2 bad input,
3 refused. docs/reference/cli.md describes each command and its JSON.
"""

import importlib
import importlib.util
import os
import traceback

import click
from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext as say

from cabildo.kit.errors import DomainError
from cabildo.site import usage
from cabildo.site.command_help import Help
from cabildo.site.environment import SettingError

EXIT_BAD_INPUT, EXIT_REFUSED = 2, 3
EXIT_FAULT, EXIT_INTERRUPTED = 70, 130  # never those of the contract: a fault is not a refused row


class Cabildo(click.Group):
    """Ends every command as the contract says: with one sentence instead of a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # whoever read the result has gone: click ends quietly
        except click.exceptions.NoArgsIsHelpError:
            raise  # its words are the help
        except click.UsageError as error:
            raise _ended(usage.words(error), EXIT_BAD_INPUT) from error
        except DomainError as refusal:
            raise _ended(refusal.sentence, EXIT_REFUSED) from refusal
        except (OperationalError, ProgrammingError) as error:
            raise _ended(_unusable_database(error), EXIT_REFUSED) from error
        except OSError as error:
            raise _ended(_unusable_file(error), EXIT_BAD_INPUT) from error
        except KeyboardInterrupt as stopped:
            raise _ended(say("Se interrumpió."), EXIT_INTERRUPTED) from stopped


def _ended(sentence: str, code: int) -> SystemExit:
    click.echo(sentence, err=True)
    return SystemExit(code)


def _unusable_database(error: Exception) -> str:
    words = say("La base de datos no se pudo usar: {reason}. Revise DATABASE_URL y corra «cabildo-manage migrate».")
    return words.format(reason=str(error).strip().rstrip("."))


def _unusable_file(error: OSError) -> str:
    words = say("No se pudo usar {path}: {reason}. Revise que exista y que usted pueda leer y escribir ahí.")
    return words.format(path=error.filename, reason=error.strerror)


@click.group(cls=Cabildo, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cabildo")
def cli() -> None:
    """Cabildo: la plataforma de la municipalidad, desde la línea de comandos."""


def collect() -> click.Group:
    """Add the commands of all installed apps to the group."""
    from django.apps import apps

    click.Context.formatter_class = Help
    for config in apps.get_app_configs():
        name = f"{config.name}.commands"
        if config.name.startswith("cabildo.") and importlib.util.find_spec(name):
            for command in importlib.import_module(name).commands:
                cli.add_command(command)
    return cli


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cabildo.site.settings")
    import django

    try:
        django.setup()
    except SettingError as error:
        raise _ended(str(error), EXIT_BAD_INPUT) from error
    try:
        collect()()
    except Exception as fault:
        traceback.print_exc()
        raise SystemExit(EXIT_FAULT) from fault


if __name__ == "__main__":
    main()
