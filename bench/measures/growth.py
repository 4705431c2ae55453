"""List, search and map with ten thousand requests and with a million: the same questions, asked in turn of both."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import quote, unquote

from bench.commune import HEIGHT, SOUTH, WEST, WIDTH
from bench.load import Browser, percentile
from bench.report import Line, growth, median
from bench.servers import serving_all
from bench.workplace import Workplace

NAME = "growth"
MOST = 1.5
SHARE = 0.95
LIST_FILTERS = [
    "",
    "estado=derived",
    "estado=derived&estado=in_progress",
    "situacion=late",
    "situacion=due_soon",
    "materia=luminaria_de_dia",
    "direccion=aseo",
    "tipo=reclamo",
    "canal=web",
    "orden=plazo",
    "orden=antiguas",
]
SQUARE_ZOOMS, POINT_ZOOMS = (11, 12, 13, 14, 15), (16, 17, 18)
WINDOW = (1280, 800)  # pixels
NEXT_PAGE = re.compile(r'rel="next" href="([^"]*)"')

Questions = dict[str, list[tuple[str, dict[str, str]]]]
Times = dict[str, list[float]]  # milliseconds by question


def measure(place: Workplace) -> None:
    sizes = [place.amount.small, place.amount.large]
    desks = [place.desk(f"growth_{size}") for size in sizes]
    facts = []
    for desk, size in zip(desks, sizes, strict=True):
        print(f"» writing {size} requests…", flush=True)
        facts.append(desk.run(desk.prepare, size))
    with serving_all(desks) as servers:
        addresses = [server.address for server in servers]
        asked = [_questions(address, fact) for address, fact in zip(addresses, facts, strict=True)]
        times = [_times(place.amount.repeats, addresses, asked, kind) for kind in asked[0]]
        place.report.add(*(_line(place, kind, *both) for kind, both in zip(asked[0], times, strict=True)))
    for size in sizes:
        place.databases.drop(f"growth_{size}")


def _questions(address: str, facts: dict[str, Any]) -> Questions:
    """What is asked, by kind; each with the headers of who asks."""
    here, office, officer = facts["here"], facts["headers"], facts["officer"]
    lists = [f"{here}/mesa/solicitudes/?{filters}" for filters in LIST_FILTERS]
    search = f"{here}/mesa/buscar/?q="
    inside = f"{here}/mesa/solicitudes/?q="
    words = facts["words"]
    return {
        "list": [(path, office) for path in [*lists, _second_page(address, lists[0], office)]],
        "list of one department's official": [(path, officer) for path in lists[:5]],
        "public list": [(f"{here}/solicitudes/{more}", {}) for more in ("", "?estado=abierta", "?estado=cerrada")],
        "search": [(search + quote(word), office) for word in words["rare"]],
        "search inside the list": [(inside + quote(word), office) for word in words["rare"]],
        "search of a person": [(search + quote(words["name"]), office)],
        "search of the commonest word": [(search + words["commonest"], office), (inside + words["commonest"], office)],
        "map, counted squares": [(_map(here, zoom), {}) for zoom in SQUARE_ZOOMS],
        "map, single points": [(_map(here, zoom), {}) for zoom in POINT_ZOOMS],
    }


def _second_page(address: str, path: str, headers: dict[str, str]) -> str:
    browser = Browser(address, headers)
    _status, body = browser.answer(path)
    browser.close()
    links = NEXT_PAGE.findall(body)
    return path.partition("?")[0] + unescape(links[-1]) if links else path


def _map(here: str, zoom: int) -> str:
    """The middle of the commune in a window of this zoom."""
    pixel = 360 / (256 * 2**zoom)
    across, up = WINDOW[0] * pixel / 2, WINDOW[1] * pixel / 2 * 0.84  # cosine of the latitude
    x, y = WEST + WIDTH / 2, SOUTH + HEIGHT / 2
    return f"{here}/solicitudes/mapa.json?bbox={x - across},{y - up},{x + across},{y + up}&zoom={zoom}"


def _times(repeats: int, addresses: list[str], asked: list[Questions], kind: str) -> list[Times]:
    """Milliseconds of each question at each size; the first answer only warms up."""
    found: list[Times] = [{path: [] for path, _headers in questions[kind]} for questions in asked]
    for number in range(repeats + 1):
        for size, path, took in _once(addresses, asked, kind):
            if number:
                found[size][path].append(took)
    return found


def _once(addresses: list[str], asked: list[Questions], kind: str) -> Iterator[tuple[int, str, float]]:
    """Small and large take turns, so that whatever else the machine does touches both."""
    for pair in zip(*(questions[kind] for questions in asked), strict=True):
        for size, (path, headers) in enumerate(pair):
            browser = Browser(addresses[size], headers)
            yield size, path, browser.milliseconds(path)
            browser.close()


def _line(place: Workplace, kind: str, small: Times, large: Times) -> Line:
    before, after = percentile(_all(small), SHARE), percentile(_all(large), SHARE)
    ratio, target, is_met = growth(before, after, MOST)
    name = f"{kind}, {place.amount.small:,} → {place.amount.large:,} requests"
    figures = f"p95 {before:.0f} → {after:.0f} ms"
    note = f"median {median(_all(small)):.0f} → {median(_all(large)):.0f} ms; {_slowest(large)}"
    if "commonest" in kind:
        return Line(name, place.kind, figures, ratio, note=note)
    return Line(name, place.kind, figures, ratio, target, is_met, note)


def _all(times: Times) -> list[float]:
    return [took for each in times.values() for took in each]


def _slowest(times: Times) -> str:
    """The question that takes longest, with its median."""
    path = max(times, key=lambda one: median(times[one]))
    page = path.rstrip("/").rpartition("/")[2].partition("&pagina=")[0]
    return f"slowest `{unquote(page)[:60] or path}` {median(times[path]):.0f} ms"
