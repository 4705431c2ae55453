"""The command line of the worker processes in these tests: `python -m jobs.drive worker`."""

import json

import click
import django


@click.group()
def drive() -> None:
    """What the tests ask of a process."""


@drive.command()
def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


@drive.command()
@click.argument("name")
@click.argument("argument_sets")
def enqueue(name: str, argument_sets: str) -> None:
    from cabildo.jobs import enqueue

    for arguments in json.loads(argument_sets):
        enqueue(name, **arguments)


@drive.command()
@click.argument("name")
def make_due(name: str) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from cabildo.jobs import schedule
    from cabildo.jobs.models import Schedule

    schedule.sync()
    Schedule.objects.filter(name=name).update(next_run_at=timezone.now() - timedelta(minutes=1))


if __name__ == "__main__":
    django.setup()
    from cabildo.jobs.commands import commands

    for command in commands:
        drive.add_command(command)
    drive()
