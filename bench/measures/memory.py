"""Memory at the start, and of the server after it has answered."""

import subprocess
import sys

from bench import load, sites
from bench.report import Line
from bench.servers import WORKERS, serving
from bench.sites import Site
from bench.workplace import Workplace

NAME = "memory"
MIB = 1024
MOST_MIB = 120
PEAK = "; import re; print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])"
WEB = "from {wsgi} import application"
COMMANDS = "import django; django.setup(); from cabildo.site.cli import collect; collect()"
WARMING_S = 3


def measure(place: Workplace) -> None:
    desk, floor = place.desk("memory_desk"), sites.floor(place.fresh("memory_floor"), place.folder / "data")
    least = _peak(floor, WEB.format(wsgi="bench.floor.wsgi"))
    for name, start in (("web start", WEB.format(wsgi="cabildo.site.wsgi")), ("command line start", COMMANDS)):
        peak = _peak(desk, start)
        figures = f"{peak:.0f} MiB (bare Django {least:.0f})"
        place.report.add(
            Line(f"memory, {name}", place.kind, figures, f"{peak / least:.2f}", f"< {MOST_MIB} MiB", peak < MOST_MIB)
        )
    place.report.add(Line("memory, server in use", place.kind, *_in_use(desk, floor, place.amount.rows)))


def _peak(site: Site, start: str) -> float:
    command = [sys.executable, "-c", start + PEAK]
    done = subprocess.run(command, env=site.environment, cwd=sites.ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1]) / MIB


def _in_use(desk: Site, floor: Site, rows: int) -> tuple[str, str, str, None, str]:
    ours, least = (_serving(site, rows) for site in (desk, floor))
    note = f"all processes of granian, {WORKERS} workers"
    return f"{ours:.0f} MiB (bare Django {least:.0f})", f"{ours / least:.2f}", "—", None, note


def _serving(site: Site, rows: int) -> float:
    facts = site.run(site.prepare, rows)
    with serving(site) as server:
        load.get(server.address, facts["lists"], facts["headers"], WARMING_S)
        return server.memory_mib()
