"""Files as people send them, good and bad, made on the spot."""

import zipfile
from io import BytesIO

from PIL import Image

from cabildo.documents import engine_signatures, papers

DOCX_DECLARATION = (
    '<Types><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
XLSX_DECLARATION = DOCX_DECLARATION.replace("wordprocessingml.document", "spreadsheetml.sheet")
LETTERHEAD = papers.Letterhead(municipality="Municipalidad de Puerto Claro", contact="Plaza de Armas 100")


def image(kind: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **more) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red").save(out, kind, **more)
    return out.getvalue()


def photo_with_place(size: tuple[int, int] = (40, 20)) -> bytes:
    """A JPEG lying on its side, with GPS, camera and a comment inside."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn 90 degrees clockwise
    exif[0x010F] = "Camara de Rosa"
    exif.get_ifd(0x8825)[1] = "S"
    return image(size=size, exif=exif, comment=b"casa de Rosa")


def container(parts: dict[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(**more: str | bytes) -> bytes:
    return container({"[Content_Types].xml": DOCX_DECLARATION, "word/document.xml": "<document/>", **more})


def xlsx() -> bytes:
    return container({"[Content_Types].xml": XLSX_DECLARATION, "xl/workbook.xml": "<workbook/>"})


def odt() -> bytes:
    return container({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"})


def pdf(text: str = "Hola") -> bytes:
    return papers.pdf(papers.Board(title=text, letterhead=LETTERHEAD, scope="Todo el año"))


def pdf_with_script() -> bytes:
    """A PDF that runs JavaScript when it opens, added as a revision."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(pdf()))
    name = generic.pdf_name
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {name("/S"): name("/JavaScript"), name("/JS"): generic.TextStringObject("app.alert(1)")}
    )
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def locked_pdf(password: str) -> bytes:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    writer = copy_into_new_writer(PdfFileReader(BytesIO(pdf())))
    writer.encrypt(owner_pass="dueña", user_pass=password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def signed_pdf(content: bytes | None = None, signer: str = "Carmen Díaz") -> bytes:
    return engine_signatures.sign_pdf(content or pdf(), engine_signatures.self_made_identity(signer))


def words_in(pdf_bytes: bytes) -> str:
    """The text of a PDF as poppler's pdftotext reads it."""
    import subprocess

    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf_bytes, capture_output=True, check=True)
    return done.stdout.decode()


def written_anew(content: bytes) -> bytes:
    """The same pages as another program would save them: not one byte offset stays."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    out = BytesIO()
    copy_into_new_writer(PdfFileReader(BytesIO(content))).write(out)
    return out.getvalue()


def page_changed(content: bytes, *, annotated: bool = False) -> bytes:
    """The bytes of `content` followed by an update that draws on its first page, or lays a note over it."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(content))
    reference, _resources = writer.find_page_for_modification(0)
    page, name = reference.get_object(), generic.pdf_name
    if annotated:
        note = {name("/Subtype"): name("/FreeText"), name("/Contents"): generic.TextStringObject("No se acoge")}
        page["/Annots"] = generic.ArrayObject([generic.DictionaryObject(note)])
    else:
        page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 100 100 re f"))
    writer.mark_update(reference)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
