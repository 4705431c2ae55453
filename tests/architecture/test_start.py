"""Heavy libraries are loaded by the work that needs them, not by the start."""

import json
import os
import subprocess
import sys

import pytest

HEAVY = {
    "duckdb",
    "splink",
    "polars",
    "pyarrow",
    "pandas",
    "altair",
    "vl_convert",
    "typst",
    "docxtpl",
    "sklearn",
    "svy",
    "pyxform",
    "pyhanko",
    "openpyxl",
    "holidays",
    "shapely",
}
MEBIBYTE = 1024
LIMIT = 120
REPORT = """
import json, re, sys
peak = re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]  # of this program alone
print(json.dumps({"modules": sorted(sys.modules), "kib": int(peak)}))
"""


COMMAND_LINE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "cabildo.site.settings"
django.setup()
from cabildo.site.cli import collect
collect()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "start",
    [
        "from cabildo.site.wsgi import application",
        COMMAND_LINE,
    ],
    ids=["web", "command line"],
)
def test_start_is_light(start: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", start + REPORT], capture_output=True, text=True, check=True, env=dict(os.environ)
    )

    report = json.loads(run.stdout)

    assert HEAVY & set(report["modules"]) == set()
    assert report["kib"] / MEBIBYTE < LIMIT
