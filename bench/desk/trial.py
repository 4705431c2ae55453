"""`python -m bench.desk.trial FILE MAPPING`: «Ensayo de carga» with the pack of the file, before any request.

By the commands of docs/how-to/importar-solicitudes.md.
"""

import sys
from tempfile import TemporaryDirectory

import django

django.setup()

from click.testing import CliRunner  # noqa: E402

from bench.entrance import say  # noqa: E402
from cabildo.site.cli import collect  # noqa: E402

SLUG = "ensayo-de-carga"
PACK = "baltimore-311"


def main(file: str, mapping: str) -> None:
    with TemporaryDirectory() as folder:
        _cabildo("tickets", "pack-from", file, "--mapping", mapping, "--output", folder)
        _cabildo("content", "load", folder)
    _cabildo("municipality", "create", "--slug", SLUG, "--name", "Ensayo de carga", "--adopt", PACK)
    say(municipality=SLUG)


def _cabildo(*words: str) -> None:
    done = CliRunner().invoke(collect(), words)
    if done.exit_code:
        raise SystemExit(f"cabildo {' '.join(words)} ended with {done.exit_code}: {done.output}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
