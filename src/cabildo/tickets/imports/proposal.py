"""Which column is probably which? A first mapping from the headings and some rows, for a person to correct."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from cabildo.kit import text as texts
from cabildo.tickets.imports.reading import Table
from cabildo.tickets.imports.rows import SourceRow

SAMPLED_ROWS = 20_000
MOST_WORDS = 60
# what headings are called, the likeliest first; compared without accents, spaces or case
NAMES: Mapping[str, Sequence[str]] = {
    "external_id": (
        "servicerequestnum", "servicerequestid", "externalid", "idexterno", "folio", "numerodesolicitud", "nsolicitud",
        "numero", "codigo", "requestid", "ticket", "id", "n",
    ),
    "received_at": (
        "fechaingreso", "fechadeingreso", "ingreso", "createddate", "createdat", "requesteddatetime", "opened",
        "fecharecepcion", "fechasolicitud", "fecha", "created",
    ),
    "state": ("estado", "srstatus", "status", "situacion", "state"),
    "category": ("materia", "categoria", "srtype", "servicename", "tipodesolicitud", "tema", "category", "type"),
    "department": ("direccionresponsable", "direccionmunicipal", "departamento", "unidad", "agency",
        "agencyresponsible", "dependencia", "derivadoa"),
    "channel": ("canal", "methodreceived", "via", "medio", "channel", "source", "origen"),
    "kind": ("tipo", "tipodeatencion", "kind"),
    "text": ("descripcion", "detalle", "solicitud", "texto", "description", "mensaje", "observacion"),
    "place": ("lugar", "direcciondeloshechos", "ubicacion", "address", "direccion", "calle"),
    "latitude": ("latitud", "latitude", "lat", "y"),
    "longitude": ("longitud", "longitude", "lon", "long", "lng", "x"),
    "closed_at": ("fechacierre", "fechadecierre", "cierre", "closedate", "closedat", "closed", "fechatermino"),
    "answered_at": ("fecharespuesta", "fechaderespuesta", "answeredat"),
    "due_on": ("plazo", "fechaplazo", "vencimiento", "fechavencimiento", "duedate", "expecteddatetime"),
    "name": ("nombre", "solicitante", "nombresolicitante", "vecino"),
    "run": ("run", "rut", "rutsolicitante", "runsolicitante"),
    "email": ("correo", "email", "correoelectronico", "mail"),
    "phone": ("telefono", "celular", "fono", "phone"),
    "address": ("domicilio",),
}  # fmt: skip
DATE_FORMATS = (
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
)
DATES = ("received_at", "closed_at", "answered_at", "due_on")
STATES = (
    (("duplicad", "repetid", "duplicate"), {"state": "closed", "outcome": "duplicate"}),
    (("rechaz", "reject", "no acog"), {"state": "closed", "outcome": "rejected"}),
    (("transfer", "otro organismo", "no compet"), {"state": "closed", "outcome": "not_competent"}),
    (("desist", "anulad", "withdraw"), {"state": "closed", "outcome": "withdrawn"}),
    (("cerrad", "closed", "respondid", "resuelt", "finaliz", "terminad", "resolved"),
     {"state": "closed", "outcome": "resolved"}),
)  # fmt: skip
OPEN_STATES = (
    (("nuev", "new", "ingresad", "derivad", "recibid"), "derived"),
    (("open", "abiert", "pend", "en "), "in_progress"),
)
CHANNELS = (
    (("whatsapp", "facebook", "instagram", "redes", "social"), "social"),
    (("web", "portal", "formulario"), "web"),
    (("phone", "telef", "llamad"), "phone"),
    (("mesa", "meson", "presencial", "oficina"), "counter"),
    (("email", "e-mail", "correo"), "mail"),
    (("carta", "libro", "papel", "mail", "oficio"), "paper"),
    (("api", "app", "aplicacion"), "open311"),
)
KINDS = ("consulta", "solicitud", "reclamo", "sugerencia", "felicitacion", "denuncia")


def propose(table: Table, *, source: str, label: str) -> dict[str, Any]:
    """The body of a mapping: columns by their headings, words and dates by what the first rows hold."""
    columns = _columns(table.headings)
    return {
        "source": {"id": source, "label": label},
        "time_zone": "America/Santiago",
        "columns": {**columns, "text": [columns["text"]]} if "text" in columns else columns,
        **guess(table, columns),
        "categories": {"create": True},
        "departments": {"create": True},
        "due": "source_goal" if "due_on" in columns else "chilean_term",
    }


def guess(table: Table, columns: Mapping[str, Any]) -> dict[str, Any]:
    """The form of the dates and what each word is, when these are the columns. Reads the table's first rows."""
    rows = [row for row in islice(table.rows, SAMPLED_ROWS) if not row.fault]
    return {
        "date_formats": _formats(rows, columns),
        "states": {"values": {word: _state(word) for word in _words(rows, columns.get("state"))}},
        "channels": {"values": {word: _channel(word) for word in _words(rows, columns.get("channel"))}},
        "kinds": {"values": _kinds(_words(rows, columns.get("kind"))), "default": "solicitud"},
    }


def _columns(headings: Iterable[str]) -> dict[str, str]:
    """Each field with the first of its usual names that a heading has; no heading serves twice."""
    free = {"".join(texts.words(heading)): heading for heading in headings if heading}
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        name = next((name for name in names if name in free), None)
        if name is not None:
            found[field] = free.pop(name)
    return found


def _words(rows: Sequence[SourceRow], column: str | None) -> list[str]:
    """What a column says, in order of appearance."""
    if column is None:
        return []
    return list(dict.fromkeys(word for row in rows if (word := row.cells[column].strip())))[:MOST_WORDS]


def _formats(rows: Sequence[SourceRow], columns: Mapping[str, str]) -> list[str]:
    """The form that reads every date sampled, day before month where both could be."""
    dates = [row.cells[columns[field]].strip() for field in DATES if field in columns for row in rows]
    dates = [text for text in dates if text]
    whole = [form for form in DATE_FORMATS if dates and all(_reads(form, text) for text in dates)]
    some = [form for form in DATE_FORMATS if any(_reads(form, text) for text in dates[:200])]
    return whole[:1] or some or ["%d-%m-%Y %H:%M", "%d-%m-%Y"]


def _reads(form: str, text: str) -> bool:
    try:
        datetime.strptime(text, form)  # noqa: DTZ007 - only whether it fits is asked
    except ValueError:
        return False
    return True


def _state(word: str) -> dict[str, str]:
    """How a word begins says that it is open, even when it goes on with «(duplicada)»."""
    folded = texts.fold(word)
    still_open = next((state for starts, state in OPEN_STATES if folded.startswith(starts)), None)
    if still_open:
        return {"state": still_open}
    return next((dict(state) for parts, state in STATES if any(p in folded for p in parts)), {"state": "in_progress"})


def _channel(word: str) -> str:
    folded = texts.fold(word)
    return next((channel for parts, channel in CHANNELS if any(part in folded for part in parts)), "import")


def _kinds(words: Iterable[str]) -> dict[str, str]:
    return {word: texts.fold(word) for word in words if texts.fold(word) in KINDS}
