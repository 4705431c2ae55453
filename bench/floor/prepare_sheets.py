"""`python -m bench.floor.prepare_sheets FILE`: tables, rows from JSON and a session; tells what to ask for."""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402

from bench.entrance import say, signed_in  # noqa: E402
from bench.floor.models import SheetRow  # noqa: E402


def main(file: Path) -> None:
    call_command("migrate", verbosity=0, run_syncdb=True)
    user = User.objects.create(username="olga")
    SheetRow.objects.bulk_create(SheetRow(**row) for row in json.loads(file.read_text(encoding="utf-8")))
    say(headers=signed_in(user), lists=["/fichas/"], marker='<th scope="row">')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
