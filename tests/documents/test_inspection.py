from io import BytesIO

import pytest
from PIL import Image

from cabildo.documents import engine_images, office
from cabildo.documents.errors import DocumentsError
from cabildo.documents.inspection import examine
from cabildo.documents.rules import MediaType

from . import samples


def refused(content: bytes, name: str = "archivo.pdf") -> str:
    """The code with which the file is refused, after saying so in a whole sentence that names it."""
    with pytest.raises(DocumentsError) as caught:
        examine(content, name)
    assert caught.value.sentence.startswith(("«", "La firma"))
    assert name in caught.value.sentence
    return caught.value.code


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (lambda: samples.image("JPEG"), MediaType.JPEG),
        (lambda: samples.image("PNG", mode="RGBA"), MediaType.PNG),
        (lambda: samples.image("WEBP"), MediaType.WEBP),
        (samples.pdf, MediaType.PDF),
        (samples.docx, MediaType.DOCX),
        (samples.xlsx, MediaType.XLSX),
        (samples.odt, MediaType.ODT),
        ("Señora, la calle está cortada.\n".encode, MediaType.TEXT),
        (lambda: b"nombre;monto\nRosa;1\nAna;2\n", MediaType.CSV),
    ],
    ids=["jpeg", "png", "webp", "pdf", "docx", "xlsx", "odt", "txt", "csv"],
)
def test_the_type_is_found_by_content_whatever_the_name_says(make, found: MediaType) -> None:
    assert examine(make(), "programa.exe").media_type == found


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "type_refused"),
        (b"  <svg xmlns='http://www.w3.org/2000/svg'/>", "type_refused"),
        (b"hola <script>alert(1)</script>", "type_refused"),
        (b"#!/bin/sh\nrm -rf /\n", "type_refused"),
        (b"MZ\x90\x00\x03" + b"\x00" * 200, "type_refused"),
        (b"MZ hola", "type_refused"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 60, "type_refused"),
        (b"GIF89a\x01\x00\x01\x00", "type_refused"),
        (b"{\\rtf1 hola}", "type_refused"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "heic"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_office"),
        (b"\xff\xd8\xff\xe0 no es una foto", "unreadable"),
        (b"%PDF-1.7 sin final", "unreadable"),
        (b"PK\x03\x04 roto", "unreadable"),
    ],
)
def test_what_may_not_come_in_is_refused_with_a_sentence(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_a_photo_loses_place_camera_and_comment() -> None:
    kept = examine(samples.photo_with_place(), "casa.jpg").content

    with Image.open(BytesIO(kept)) as image:
        assert dict(image.getexif()) == {}
    assert b"Rosa" not in kept
    assert b"Exif" not in kept


def test_a_photo_is_kept_upright() -> None:
    kept = examine(samples.photo_with_place(size=(40, 20)), "casa.jpg").content

    with Image.open(BytesIO(kept)) as image:
        assert image.size == (20, 40)


def test_a_large_photo_is_reduced_to_2560_pixels() -> None:
    kept = examine(samples.image(size=(4000, 1000)), "plaza.jpg").content

    with Image.open(BytesIO(kept)) as image:
        assert image.size == (2560, 640)


def test_transparency_survives() -> None:
    kept = examine(samples.image("PNG", mode="RGBA"), "logo.png").content

    with Image.open(BytesIO(kept)) as image:
        assert image.mode == "RGBA"


def test_data_hidden_after_a_picture_is_gone() -> None:
    kept = examine(samples.image() + samples.container({"virus.exe": b"MZ"}), "foto.jpg").content

    assert b"virus" not in kept


def test_an_image_of_too_many_pixels_is_refused_before_it_is_decoded(monkeypatch) -> None:
    monkeypatch.setattr(engine_images, "MAX_PIXELS", 799)

    assert refused(samples.image(size=(40, 20)), "foto.jpg") == "bomb"


def test_a_picture_that_declares_a_gigantic_size_is_refused() -> None:
    content = bytearray(samples.image("PNG"))
    content[16:24] = (60_000).to_bytes(4, "big") * 2

    assert refused(bytes(content), "foto.png") in {"bomb", "unreadable"}


@pytest.mark.parametrize(
    "parts",
    [
        {"word/vbaProject.bin": b"\x00"},
        {"word/embeddings/oleObject1.bin": b"\x00"},
        {"word/activeX/activeX1.xml": "<x/>"},
        {"virus.exe": b"MZ"},
        {"word/_rels/settings.xml.rels": '<R Type="http://x/attachedTemplate" Target="http://malo/x.dotm"/>'},
    ],
)
def test_a_document_with_programs_inside_is_refused(parts: dict) -> None:
    assert refused(samples.docx(**parts), "carta.docx") == "macros"


def test_a_macro_document_under_another_name_is_refused() -> None:
    declaration = samples.DOCX_DECLARATION.replace("document.main+xml", "document.macroEnabled.main+xml")

    assert refused(samples.container({"[Content_Types].xml": declaration}), "carta.docx") == "macros"


def test_a_plain_archive_is_no_document() -> None:
    assert refused(samples.container({"a.txt": "hola"}), "fotos.zip") == "type_refused"


def test_a_zip_bomb_is_refused() -> None:
    assert refused(samples.docx(**{"word/media/1.xml": b"\x00" * 3_000_000}), "carta.docx") == "bomb"


def test_an_archive_of_too_many_parts_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(office, "MAX_ENTRIES", 1)

    assert refused(samples.docx(), "carta.docx") == "bomb"


@pytest.mark.parametrize("hidden", ["before", "after"])
def test_a_container_with_data_around_it_is_refused(hidden: str) -> None:
    content = samples.docx()
    extra = samples.container({"otro.txt": "x"})

    assert refused(extra + content if hidden == "before" else content + b"<html>", "carta.docx") == "mixed"


def test_a_pdf_followed_by_other_data_is_refused() -> None:
    assert refused(samples.pdf() + b"PK\x03\x04", "carta.pdf") == "mixed"


def test_a_pdf_with_javascript_comes_in_flagged() -> None:
    assert examine(samples.pdf_with_script(), "carta.pdf").warnings == ("javascript",)


def test_a_quiet_pdf_has_no_warnings_and_keeps_its_bytes() -> None:
    content = samples.pdf()

    assert examine(content, "carta.pdf") == examine(content, "otro.pdf")
    assert (examine(content, "c.pdf").content, examine(content, "c.pdf").warnings) == (content, ())


def test_a_pdf_that_cannot_be_walked_is_flagged_as_unchecked() -> None:
    assert examine(b"%PDF-1.7\nnada\n%%EOF", "carta.pdf").warnings == ("unchecked",)


def test_a_pdf_with_password_is_refused_and_one_with_an_empty_password_is_not() -> None:
    assert refused(samples.locked_pdf("secreta"), "carta.pdf") == "locked"
    assert examine(samples.locked_pdf(""), "carta.pdf").warnings == ()


def test_text_in_the_old_encoding_is_kept_as_unicode() -> None:
    assert examine("Señora Ñuñoa".encode("cp1252"), "carta.txt").content == "Señora Ñuñoa".encode()
