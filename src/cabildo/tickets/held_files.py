"""The copy of their data that a person takes with them: JSON to carry elsewhere, PDF to read, index with hashes."""

import hashlib
import json
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _

from cabildo.accounts.links import absolute
from cabildo.accounts.scoping import current_municipality
from cabildo.documents import papers
from cabildo.documents.queries import content_of, kept_documents_of
from cabildo.kit import run as runs
from cabildo.tickets.models import DataSubjectRequest
from cabildo.tickets.queries.data_requests import Held, held_of, tickets_of
from cabildo.ui import spanish

JSON_NAME, PDF_NAME, INDEX_NAME = "datos.json", "datos.pdf", "indice.txt"


def archive(asked: DataSubjectRequest, now: datetime) -> bytes:
    """Everything held of the person as ZIP: the data twice, and the files they sent or were sent."""
    held = held_of(asked)
    files = {JSON_NAME: _json(held), PDF_NAME: _pdf(asked, held, now), **_papers(asked)}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as folder:
        for name, content in files.items():
            folder.writestr(name, content)
        folder.writestr(INDEX_NAME, _index(files))
    return out.getvalue()


def _json(held: Held) -> bytes:
    return json.dumps(held.as_json(), ensure_ascii=False, indent=2).encode()


def _index(files: dict[str, bytes]) -> str:
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in files.items()]
    return "\n".join([_("Huella SHA-256 y nombre de cada archivo"), *lines, ""])


def _papers(asked: DataSubjectRequest) -> dict[str, bytes]:
    """Files of their requests that they may see: what is internal may be of others."""
    kept = {}
    for ticket in tickets_of(asked.subjects.all()):
        for number, document in enumerate(kept_documents_of(ticket).exclude(visibility="internal"), start=1):
            kept[f"{ticket.folio}/{number:02d}-{document.original_name}"] = content_of(document)
    return kept


def _pdf(asked: DataSubjectRequest, held: Held, now: datetime) -> bytes:
    municipality = current_municipality()
    return papers.pdf(
        papers.Board(
            title=_("Datos personales que tenemos de usted"),
            letterhead=papers.Letterhead(
                municipality=municipality.name, contact=absolute("portal_home"), hue=municipality.hue
            ),
            folio=asked.folio,
            issued_at=now,
            scope=_("Copia del {day}. Responde a su solicitud {folio} ({article}). No tiene costo.").format(
                day=spanish.long_date(now), folio=asked.folio, article=asked.article
            ),
            tables=[table for table in _tables(held) if table.rows],
            sources=[
                _("Los mismos datos van en el archivo datos.json, para llevarlos a otro servicio."),
                _("Quién los leyó se indica por su cargo en la municipalidad."),
            ],
        )
    )


def _tables(held: Held) -> list[papers.TableOfFigures]:
    return [
        _table(
            _("Quién es usted para nosotros"),
            [_("Nombre"), _("RUN"), _("Correo"), _("Teléfono"), _("Domicilio")],
            [[p["nombre"], _run(p["run"]), p["correo"], p["telefono"], p["domicilio"]] for p in held.person],
        ),
        _table(
            _("Lo que pidió"),
            [_("Folio"), _("Ingresó"), _("Materia"), _("Estado"), _("Texto")],
            [[r["folio"], _day(r["ingreso"]), r["materia"], r["estado"], r["texto"]] for r in held.requests],
        ),
        _table(
            _("Lo que se escribió con usted"),
            [_("Folio"), _("Cuándo"), _("Qué"), _("Texto")],
            [
                [r["folio"], _day(line["cuando"]), line["que"], line["texto"]]
                for r in held.requests
                for line in r["historia"]
            ],
        ),
        _table(
            _("Solicitudes de otros a las que adhirió"),
            [_("Materia"), _("Desde")],
            [[one["materia"], _day(one["desde"])] for one in held.adhesions],
        ),
        _table(
            _("Derechos que ejerció"),
            [_("Folio"), _("Derecho"), _("Ingresó"), _("Estado")],
            [[one["folio"], one["derecho"], _day(one["ingreso"]), one["estado"]] for one in held.rights],
        ),
        _table(
            _("Quién leyó sus datos"),
            [_("Cuándo"), _("Cargo"), _("Para qué")],
            [[_day(one["cuando"]), one["quien"], one["para"]] for one in held.reads],
        ),
    ]


def _table(title: str, columns: list[str], rows: list[list[Any]]) -> papers.TableOfFigures:
    texts = [[str(value) for value in row] for row in rows]
    return papers.TableOfFigures(title=title, columns=[papers.Column(name=name) for name in columns], rows=texts)


def _day(instant: str) -> str:
    return spanish.short_date(datetime.fromisoformat(instant))


def _run(run: str) -> str:
    return runs.pretty(run) if run else ""
