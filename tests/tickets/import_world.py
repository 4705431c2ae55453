"""A small file of another source, with every oddity, and the mapping that reads it."""

import io
from typing import Any

import yaml

from cabildo.tickets.imports.mapping import check, from_body
from cabildo.tickets.imports.source_map import SourceMap

BODY: dict[str, Any] = {
    "source": {"id": "sistema-viejo", "label": "Sistema anterior"},
    "time_zone": "America/New_York",
    "date_formats": ["%m/%d/%Y %I:%M:%S %p", "%d-%m-%Y"],
    "columns": {
        "external_id": "Id",
        "received_at": "Ingreso",
        "closed_at": "Cierre",
        "due_on": "Plazo",
        "state": "Estado",
        "channel": "Canal",
        "category": "Tema",
        "department": "Unidad",
        "text": ["Tema", "Detalle"],
        "latitude": "Lat",
        "longitude": "Lon",
        "run": "RUN",
        "email": "Correo",
    },
    "keep": [{"label": "Estado en la fuente", "column": "Estado"}],
    "states": {
        "values": {
            "Abierta": {"state": "in_progress"},
            "Nueva": {"state": "derived"},
            "Cerrada": {"state": "closed", "outcome": "resolved"},
            "Repetida": {"state": "closed", "outcome": "duplicate"},
        }
    },
    "channels": {"values": {"Fono": "phone", "Interno": "import"}, "default": None},
    "categories": {"create": True, "values": {"SW-Bache": "Bache"}},
    "departments": {"create": True, "values": {"Obras": "Dirección de Obras"}},
    "bounds": {"south": 39.19, "west": -76.72, "north": 39.38, "east": -76.52},
}
HEADINGS = (
    "Id",
    "Ingreso",
    "Cierre",
    "Plazo",
    "Estado",
    "Canal",
    "Tema",
    "Unidad",
    "Detalle",
    "Lat",
    "Lon",
    "RUN",
    "Correo",
)
GOOD = {
    "Id": "1",
    "Ingreso": "04/12/2018 11:11:26 PM",
    "Cierre": "",
    "Plazo": "04/13/2018 11:11:26 PM",
    "Estado": "Abierta",
    "Canal": "Fono",
    "Tema": "SW-Bache",
    "Unidad": "Obras",
    "Detalle": "Un hoyo, grande",
    "Lat": "39.291328",
    "Lon": "-76.610353",
    "RUN": "",
    "Correo": "",
}


def mapping(**changes: Any) -> SourceMap:
    body, problems = check({**BODY, **changes})
    assert problems == []
    return from_body(body)


def mapping_yaml(**changes: Any) -> bytes:
    return yaml.safe_dump({**BODY, **changes}, allow_unicode=True).encode()


def row(**changes: str) -> dict[str, str]:
    return {**GOOD, **changes}


def file_of(*rows: dict[str, str], delimiter: str = ",") -> io.BytesIO:
    """A CSV file of these rows, every cell between quotes."""
    lines = [HEADINGS, *(tuple(one[heading] for heading in HEADINGS) for one in rows)]
    text = "\n".join(delimiter.join('"{}"'.format(cell.replace('"', '""')) for cell in line) for line in lines)
    return io.BytesIO((text + "\n").encode())
