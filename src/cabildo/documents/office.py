"""Word, Excel and OpenDocument files: what they are, and what must not be inside."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from cabildo.documents.errors import DocumentsError
from cabildo.documents.rules import MediaType

MAX_ENTRIES = 5000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 250  # well above what XML text reaches
MAX_DECLARATION = 1024 * 1024
OPEN_XML = {
    b"wordprocessingml.document.main+xml": MediaType.DOCX,
    b"spreadsheetml.sheet.main+xml": MediaType.XLSX,
}
ACTIVE_PARTS = ("vbaproject", "vbadata", "activex", "oleobject", "basic/", "scripts/", "macrosheets/")
PROGRAMS = (".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".scr", ".lnk", ".jar", ".hta", ".html", ".svgz")
END_RECORD, END_RECORD_SIZE = b"PK\x05\x06", 22


def media_type(content: bytes, name: str) -> MediaType:
    """What the container holds; DocumentsError when it is a bomb, carries programs, hides data or is something else."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            _refuse_bombs(archive.infolist(), len(content), name)
            _refuse_hidden_data(archive, content, name)
            found = _declared(archive, name)
            _refuse_programs(archive, name)
            return found
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise DocumentsError("unreadable", name=name) from error


def _refuse_bombs(entries: list[ZipInfo], size: int, name: str) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)  # more than the file itself when entries overlap
    swollen = unpacked > MAX_UNPACKED or (unpacked > 1024 * 1024 and unpacked > MAX_RATIO * size)
    if swollen or packed > size or len(entries) > MAX_ENTRIES:
        raise DocumentsError("bomb", name=name, megapixels=50, unpacked=MAX_UNPACKED // 1024 // 1024)


def _refuse_hidden_data(archive: ZipFile, content: bytes, name: str) -> None:
    """The first entry starts the file and the end record ends it: nothing stands before or after."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    starts_at_zero = bool(entries) and min(entry.header_offset for entry in entries) == 0
    ends_at_end = content.rfind(END_RECORD) == len(content) - END_RECORD_SIZE
    locked = any(entry.flag_bits & 1 for entry in entries)
    if locked:
        raise DocumentsError("locked", name=name)
    if not starts_at_zero or not ends_at_end or len(set(names)) != len(names):
        raise DocumentsError("mixed", name=name)


def _declared(archive: ZipFile, name: str) -> MediaType:
    names = set(archive.namelist())
    if "mimetype" in names and _read(archive, "mimetype").strip() == MediaType.ODT.encode():
        return MediaType.ODT
    declaration = _read(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if b"macroEnabled" in declaration:
        raise DocumentsError("macros", name=name)
    for mark, found in OPEN_XML.items():
        if mark in declaration:
            return found
    raise DocumentsError("type_refused", name=name, found="archivo comprimido")


def _refuse_programs(archive: ZipFile, name: str) -> None:
    for entry in archive.namelist():
        lowered = entry.lower()
        if any(part in lowered for part in ACTIVE_PARTS) or lowered.endswith(PROGRAMS):
            raise DocumentsError("macros", name=name)
        if lowered.endswith("settings.xml.rels") and b"attachedTemplate" in _read(archive, entry):
            raise DocumentsError("macros", name=name)  # a template fetched from elsewhere may carry macros


def _read(archive: ZipFile, entry: str) -> bytes:
    with archive.open(entry) as part:
        return part.read(MAX_DECLARATION)
