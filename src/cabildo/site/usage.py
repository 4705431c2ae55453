"""A command written wrong, in Spanish: what is wrong with it and where it is explained."""

import click
from django.utils.translation import gettext as say


def words(error: click.UsageError) -> str:
    """Click's own sentences are English; these are ours, and those that a command wrote stay."""
    where = error.ctx.command_path if error.ctx else "cabildo"
    return f"{_sentence(error)} {say('Véase')} «{where} --help»."


def _sentence(error: click.UsageError) -> str:
    if isinstance(error, click.exceptions.NoSuchCommand):
        return say("No existe la orden «{name}».").format(name=error.command_name)
    if isinstance(error, click.NoSuchOption):
        return say("No existe la opción «{name}».").format(name=error.option_name)
    if isinstance(error, click.MissingParameter):
        return say("Falta indicar {name}.").format(name=_parameter(error))
    if isinstance(error, click.BadParameter) and _parameter(error):
        return f"{_parameter(error)}: {_expected(error.param) or error.message}"
    return error.message


def _expected(parameter: click.Parameter | None) -> str:
    """What a parameter takes, for the types whose refusals are Click's; empty for the others."""
    kind = parameter.type if parameter else None
    if isinstance(kind, click.Choice):
        return say("elija una de estas: {choices}.").format(choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        return say("se espera un número entero entre {low} y {high}.").format(low=kind.min, high=kind.max)
    if kind is click.INT:
        return say("se espera un número entero.")
    return say("se espera una fecha: AAAA-MM-DD.") if isinstance(kind, click.DateTime) else ""


def _parameter(error: click.BadParameter) -> str:
    """How the option or the argument is written: «--layer», «FILE»."""
    hint = error.param_hint or (error.param.get_error_hint(error.ctx) if error.param and error.ctx else "")
    return (hint if isinstance(hint, str) else " / ".join(hint)).replace("'", "")
