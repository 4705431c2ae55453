"""`python -m bench.desk.import_rows FILE MAPPING`: import a file into «Ensayo de carga»; tells how long it took."""

import sys
import time
from pathlib import Path

import django

django.setup()

from bench.desk.trial import SLUG  # noqa: E402
from bench.entrance import say  # noqa: E402
from cabildo import audit  # noqa: E402
from cabildo.accounts.models import Municipality  # noqa: E402
from cabildo.accounts.scoping import in_municipality  # noqa: E402
from cabildo.tickets.actions import importing  # noqa: E402
from cabildo.tickets.imports.mapping import read_mapping  # noqa: E402


def main(file: Path, mapping_file: Path) -> None:
    municipality = Municipality.objects.get(slug=SLUG)
    mapping = read_mapping(mapping_file.name, mapping_file.read_bytes()).map
    if mapping is None:
        raise SystemExit("the mapping has errors")
    with in_municipality(municipality), file.open("rb") as stream:
        start = time.perf_counter()
        run = importing.begin_from_command(stream, file_name=file.name, mapping=mapping, by=audit.SYSTEM)
        importing.import_file(stream, run, mapping, by=audit.SYSTEM, progress=lambda _done, _total: None)
        seconds = time.perf_counter() - start
    say(seconds=seconds, created=run.created, refused=run.refused)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
