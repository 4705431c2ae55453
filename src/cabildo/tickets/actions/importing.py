"""How is a spreadsheet of another source brought in: kept, checked, imported, gone on with after a fall?"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import batched, islice
from typing import Any, BinaryIO

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from cabildo import audit, jobs
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.db.locking import lock_rows
from cabildo.documents import actions as documents
from cabildo.documents import storage
from cabildo.tickets.actions.events import By
from cabildo.tickets.actions.import_batch import Importer, Plan, problem_of
from cabildo.tickets.choices import ImportState
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.imports import mapping as mappings
from cabildo.tickets.imports import proposal, reading
from cabildo.tickets.imports.errors import UnreadableFileError
from cabildo.tickets.imports.reading import Form
from cabildo.tickets.imports.rows import Normalised, RowError, SourceRow, normalise
from cabildo.tickets.imports.source_map import SourceMap
from cabildo.tickets.models import ImportProblem, ImportRun, SourceMapping

BATCH = 500
TASK = "tickets.import_file"
PREVIEWED = 20  # rows
WORDED = ("state", "channel", "kind", "received_at", "closed_at", "due_on", "answered_at")
COUNTS = {"created": 0, "updated": 0, "unchanged": 0, "refused": 0}
Progress = Callable[[int, int | None], None]


@dataclass
class Tally:
    """What came of a file: rows by outcome, and why the refused ones were. `read` is their sum."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    errors: list[RowError] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.created + self.updated + self.unchanged + self.refused

    def add(self, plan: Plan) -> None:
        self.created += len(plan.new)
        self.updated += len(plan.changed)
        self.unchanged += len(plan.unchanged)
        self.refused += plan.refused
        self.errors += plan.errors


@dataclass(frozen=True)
class _Batch:
    rows: list[Normalised]
    errors: list[RowError]
    position: int


def form_of(mapping: SourceMap) -> Form:
    return Form(mapping.encoding, mapping.delimiter, mapping.sheet)


def form_of_body(body: Mapping[str, Any]) -> Form:
    """The form that a mapping still in the making gives the file."""
    return Form(**body.get("file", {}))


def preview(run: ImportRun, count: int = PREVIEWED) -> tuple[tuple[str, ...], list[SourceRow]]:
    """The headings and the first rows of an uploaded file."""
    with _opened(run) as stream:
        table = reading.open_table(stream, form_of_body(run.mapping))
        return table.headings, list(islice(table.rows, count))


def _opened(run: ImportRun) -> BinaryIO:
    """The kept file; refuses when its bytes were erased since."""
    if run.document is None or run.document.path is None:
        raise TicketsError("import_file_gone")
    return storage.open_file(run.document.path)


def check_file(stream: BinaryIO, mapping: SourceMap, *, by: By) -> Tally:
    """What importing this file would do. Nothing is written. Raises `UnreadableFileError` and `TicketsError`."""
    importer, tally = Importer.of(mapping, by=by), Tally()
    for batch in _batches(stream, mapping):
        tally.add(importer.plan(batch.rows, batch.errors))
    return tally


def readable_rows(stream: BinaryIO, mapping: SourceMap) -> tuple[list[Normalised], int]:
    """The rows that can be read, whatever is here, and how many cannot."""
    rows, refused = list[Normalised](), set[int]()
    for batch in _batches(stream, mapping):
        rows += batch.rows
        refused |= {error.row for error in batch.errors}
    return rows, len(refused)


def import_file(stream: BinaryIO, run: ImportRun, mapping: SourceMap, *, by: By, progress: Progress) -> None:
    """Bring the file in, batch by batch; what an earlier attempt committed is passed over, not counted twice."""
    importer = Importer.of(mapping, by=by)
    for batch in _batches(stream, mapping):
        if batch.position > run.position:
            importer.write(run, batch.rows, batch.errors, position=batch.position)
            progress(run.read, run.total)
    _finish(run, ImportState.DONE)


def _batches(stream: BinaryIO, mapping: SourceMap) -> Iterator[_Batch]:
    """The rows in the platform's terms, some hundreds at a time; always the same batches for the same file."""
    table = reading.open_table(stream, form_of(mapping))
    if unknown := mappings.unknown_columns(mapping, table.headings):
        raise TicketsError("import_columns", columns=" ".join(error.message for error in unknown), errors=unknown)
    now, seen = timezone.now(), dict[str, int]()
    for source_rows in batched(table.rows, BATCH):
        batch = _Batch([], [], source_rows[-1].number)
        for source_row in source_rows:
            row = normalise(source_row, mapping, now=now)
            if not isinstance(row, Normalised):
                batch.errors.extend(row)
            elif (first := seen.setdefault(row.external_id, row.number)) != row.number:
                column = mapping.columns["external_id"]
                batch.errors.append(RowError(row.number, column, row.external_id, "repeated_id", {"first": first}))
            else:
                batch.rows.append(row)
        yield batch


@transaction.atomic
def begin_from_command(stream: BinaryIO, *, file_name: str, mapping: SourceMap, by: By) -> ImportRun:
    """The run of a file that lies on this machine: the one an earlier command left half-way, or a new one."""
    digest = _sha256(stream)
    half_way = ImportRun.objects.filter(
        sha256=digest, source=mapping.source, state=ImportState.RUNNING, document=None, mapping=mapping.body
    ).first()
    if half_way is not None:
        return half_way
    keep_mapping(mapping, by=by)
    run = ImportRun.objects.create(
        municipality=current_municipality(),
        source=mapping.source,
        file_name=file_name[:200],
        sha256=digest,
        mapping=mapping.body,
        state=ImportState.RUNNING,
        total=reading.count_rows(stream, form_of(mapping)),
        by=by if isinstance(by, User) else None,
        started_at=timezone.now(),
    )
    audit.record("import.started", on=run, by=by, data={"source": mapping.source, "rows": run.total})
    return run


@transaction.atomic
def keep_mapping(mapping: SourceMap, *, by: By) -> SourceMapping:
    """Remember how this source is read, for the next file of it."""
    values = {"label": mapping.label, "mapping": mapping.body, "updated_by": by if isinstance(by, User) else None}
    kept, _created = SourceMapping.objects.update_or_create(
        municipality=current_municipality(), source=mapping.source, defaults=values
    )
    return kept


@transaction.atomic
def keep_upload(file: File, *, by: User) -> ImportRun:
    """Keep the file that somebody sent, with the mapping of the source it looks like, or a proposed one."""
    run = ImportRun.objects.create(
        municipality=current_municipality(), file_name=str(file.name or "")[:200], sha256="", by=by
    )
    run.document = documents.store_upload(file, owner=run, kind="other", visibility="internal", by=by)
    run.sha256 = run.document.sha256
    with storage.open_file(str(run.document.path)) as stream:
        run.total = reading.count_rows(stream)
        run.mapping = _mapping_for(stream, run.file_name)
    run.source = run.mapping["source"]["id"]
    run.save()
    audit.record("import.uploaded", on=run, by=by)
    return run


def _mapping_for(stream: BinaryIO, file_name: str) -> dict[str, Any]:
    """The saved mapping whose columns the file has, the newest first; else one proposed from its headings."""
    headings = reading.open_table(stream).headings
    for saved in SourceMapping.objects.order_by("-updated_at"):
        body, problems = mappings.check(saved.mapping)
        if not problems and not mappings.unknown_columns(mappings.from_body(body), headings):
            return dict(body)
    return propose(stream, file_name)


def propose(stream: BinaryIO, file_name: str) -> dict[str, Any]:
    """A first mapping of a file, named after it."""
    label = file_name.rpartition(".")[0] or file_name
    label = label if len(label) > 1 else f"Planilla {label}"  # a source's name has two letters at least
    stem = slugify(label).replace("_", "-").lstrip("0123456789-")[:50]
    return proposal.propose(reading.open_table(stream), source=stem if len(stem) > 1 else "fuente", label=label[:120])


@transaction.atomic
def choose_mapping(run: ImportRun, body: Mapping[str, Any], *, by: User) -> ImportRun:
    """Set how the file is read; what was found with another mapping is forgotten."""
    run = _settled(run)
    run.mapping, run.source = dict(mappings.check(body)[0]), body["source"]["id"]
    run.state = ImportState.DRAFT
    _reset(run)
    run.save()
    audit.record("import.mapped", on=run, by=by, data={"source": run.source})
    return run


def choose_columns(run: ImportRun, changes: Mapping[str, Any], *, by: User) -> ImportRun:
    """Set the columns; when one that is made of words or dates changes, they are guessed again."""
    body = {**run.mapping, **changes}
    before = run.mapping.get("columns", {})
    if any(before.get(name) != body["columns"].get(name) for name in WORDED) or "states" not in body:
        body |= _guess(run, body)
    return choose_mapping(run, body, by=by)


def with_words(run: ImportRun) -> dict[str, Any]:
    """The run's mapping with a guess for each word of the file that it does not know yet."""
    body = dict(run.mapping)
    for part, guessed in _guess(run, body).items():
        if part != "date_formats":
            known = body.get(part, {})
            body[part] = {**guessed, **known, "values": {**guessed["values"], **known.get("values", {})}}
    return body


def _guess(run: ImportRun, body: Mapping[str, Any]) -> dict[str, Any]:
    with _opened(run) as stream:
        return proposal.guess(reading.open_table(stream, form_of_body(body)), body["columns"])


@transaction.atomic
def ask_check(run: ImportRun, *, by: User) -> ImportRun:
    """Have the file gone through in the background without importing anything."""
    run = _settled(run)
    run.mapping, problems = mappings.check(run.mapping)  # whole, as it is read from here on
    if problems:
        raise TicketsError("import_mapping_wrong")
    return _ask(run, ImportState.CHECKING, by=by)


@transaction.atomic
def ask_import(run: ImportRun, *, by: User) -> ImportRun:
    """Import in the background. Only what was checked with its present mapping is."""
    run = _settled(run)
    if run.state != ImportState.CHECKED:
        raise TicketsError("import_not_checked")
    keep_mapping(mappings.from_body(run.mapping), by=by)
    audit.record("import.started", on=run, by=by, data={"source": run.source, "rows": run.total})
    return _ask(run, ImportState.RUNNING, by=by)


def _settled(run: ImportRun) -> ImportRun:
    """The run as it is now, locked; refuses while the background works on it, and once it is done."""
    run = lock_rows(ImportRun.objects.filter(pk=run.pk)).get()
    if run.is_under_way:
        raise TicketsError("import_under_way")
    if run.state == ImportState.DONE:
        raise TicketsError("import_done")
    return run


def _ask(run: ImportRun, state: ImportState, *, by: User) -> ImportRun:
    run.state, run.started_at = state, timezone.now()
    _reset(run)
    run.save()
    jobs.enqueue(TASK, key=f"import:{run.pk}", municipality=run.municipality_id, by=by, run=run.pk)
    return run


def _reset(run: ImportRun) -> None:
    ImportProblem.objects.filter(run=run).delete()
    run.position, run.failure, run.finished_at = 0, "", None
    for name, zero in COUNTS.items():
        setattr(run, name, zero)


def carry_on(run: ImportRun) -> None:
    """Do what the run asks for, from where it is. A file that cannot be read ends it with the reason in words."""
    if not run.is_under_way:
        return
    mapping = mappings.from_body(run.mapping)
    try:
        with _opened(run) as stream:
            if run.state == ImportState.CHECKING:
                _store_check(run, check_file(stream, mapping, by=run.by))
            else:
                import_file(stream, run, mapping, by=run.by, progress=jobs.progress)
    except UnreadableFileError as error:
        _finish(run, ImportState.FAILED, failure=error.sentence)
    except TicketsError as error:
        if error.code not in {"import_columns", "import_file_gone"}:
            raise
        _finish(run, ImportState.FAILED, failure=error.sentence)


def give_up(run: ImportRun) -> None:
    """It failed again and again for a fault of ours: say so, and let it be asked for again."""
    if run.is_under_way:
        _finish(run, ImportState.FAILED, failure=TicketsError("import_failed_here").sentence)


@transaction.atomic
def _store_check(run: ImportRun, tally: Tally) -> None:
    ImportProblem.objects.filter(run=run).delete()
    ImportProblem.objects.bulk_create((problem_of(run, error) for error in tally.errors), batch_size=BATCH)
    for name in COUNTS:
        setattr(run, name, getattr(tally, name))
    _finish(run, ImportState.CHECKED)


@transaction.atomic
def _finish(run: ImportRun, state: ImportState, *, failure: str = "") -> None:
    run.state, run.failure, run.finished_at = state, failure[:200], timezone.now()
    run.save()
    counts = {name: getattr(run, name) for name in COUNTS}
    audit.record("import.ended", on=run, by=audit.SYSTEM, reason=state, data=counts)


def _sha256(stream: BinaryIO) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(reading.CHUNK):
        digest.update(chunk)
    stream.seek(0)
    return digest.hexdigest()
