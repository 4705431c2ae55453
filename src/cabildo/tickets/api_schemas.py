"""What the JSON interface takes and gives. Every text and number has a bound."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, Field

from cabildo.tickets.choices import Channel, Kind, State

# beyond these years a change of zone or one more day no longer fits in a date
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)


def _storable(text: str) -> str:
    """PostgreSQL keeps no NUL in a text."""
    if "\x00" in text:
        raise ValueError("NUL")
    return text


def _with_zone(moment: datetime) -> datetime:
    """Without a zone it is read as UTC."""
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if not FIRST.year <= known.year < LAST.year:
        raise ValueError("year")
    return known


STORABLE = AfterValidator(_storable)

type Day = Annotated[date, Field(ge=FIRST, le=LAST)]
type Moment = Annotated[datetime, AfterValidator(_with_zone)]
type Folio = Annotated[str, Field(min_length=8, max_length=24, pattern=r"^[A-Za-z0-9-]+$")]
type Cursor = Annotated[str, Field(max_length=2000)]
type Version = Annotated[int, Field(ge=1, le=2_000_000_000)]
type Code = Annotated[str, Field(max_length=80, pattern=r"^[\w-]*$")]


class Problem(Schema):
    """Why a call was refused: `code` is stable, `message` is for a person, `fields` name what is wrong."""

    code: str
    message: str
    fields: list[str] = []


class Named(Schema):
    code: str
    name: str


class TicketLine(Schema):
    """A request in a list. `standing` says how it is against its legal date."""

    folio: str
    kind: str
    category: Named
    department: Named | None
    state: str
    outcome: str
    channel: str
    assignee: str
    standing: Literal["on_time", "due_soon", "late", "stopped"] | None
    received_at: datetime
    legal_due_on: date | None
    goal_due_on: date | None
    closed_at: datetime | None
    version: int


class TicketPage(Schema):
    """A page; a cursor is null where there is no page. Pass it as `pagina`."""

    items: list[TicketLine]
    next: str | None
    previous: str | None


class Requester(Schema):
    """Personal data: each reading of it is logged."""

    name: str
    run: str
    email: str
    phone: str
    address: str


class TicketDetail(TicketLine):
    text: str
    answers: list[dict[str, Any]]
    place: str
    latitude: float | None
    longitude: float | None
    is_urgent: bool
    is_reserved: bool
    requester: Requester | None


class TimelineLine(Schema):
    at: datetime
    kind: str
    title: str
    text: str
    by: str
    department: str
    is_public: bool


class Published(Schema):
    """A request as anyone may read it: no personal data, its place to about a hundred metres."""

    folio: str
    category: Named
    department: str
    status: Literal["open", "closed"]
    status_notes: str
    text: str
    received_at: datetime
    updated_at: datetime
    legal_due_on: date | None
    area: str
    latitude: float | None
    longitude: float | None


class PublishedPage(Schema):
    items: list[Published]
    next: str | None
    previous: str | None


class TicketFilters(Schema):
    """The filters of the desk's own list, with the names its addresses use."""

    q: Annotated[str, Field(max_length=200), STORABLE] = ""
    estado: Annotated[list[State], Field(max_length=20)] = []
    situacion: Literal["", "late", "due_soon", "stopped"] = ""
    tipo: Annotated[list[Kind], Field(max_length=20)] = []
    direccion: Code = ""
    materia: Code = ""
    canal: Annotated[list[Channel], Field(max_length=20)] = []
    ingreso_desde: Day | None = None
    ingreso_hasta: Day | None = None
    orden: Literal["recientes", "plazo", "antiguas"] = "recientes"
    pagina: Cursor | None = None


class PublishedFilters(Schema):
    materia: Code = ""
    updated_after: Moment | None = None
    pagina: Cursor | None = None


class Acknowledgement(Schema):
    """`version` is the one the caller saw; another one means that someone changed the request since."""

    version: Version


class Note(Schema):
    text: Annotated[str, Field(min_length=1, max_length=4000), STORABLE]


class Derivation(Schema):
    department: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[\w-]+$")]
    reason: Annotated[str, Field(min_length=1, max_length=300), STORABLE]
    version: Version
