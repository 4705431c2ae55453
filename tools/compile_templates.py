"""Every template compiles: a tag that does not exist or is left open fails here, not under a neighbour."""

import os
import sys
from pathlib import Path

import django
from django.template import TemplateSyntaxError
from django.template.loader import get_template

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cabildo.site.settings")
SOURCES = Path(__file__).parents[1] / "src" / "cabildo"


def main() -> int:
    django.setup()
    broken = 0
    for path in sorted(SOURCES.glob("*/templates/**/*.*")):
        name = path.relative_to(next(parent for parent in path.parents if parent.name == "templates"))
        try:
            get_template(str(name))
        except TemplateSyntaxError as problem:
            broken += 1
            sys.stderr.write(f"{path}: {problem}\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
