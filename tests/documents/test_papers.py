import re
import subprocess

import pytest

from cabildo.documents import papers, qr, reports

from .samples import LETTERHEAD, image, words_in

HOSTILE = '#panic("no") *negrita* $x^2$ _ñandú_ `a` @b <c> \\ // /* = #import "x": *'


def receipt(**more) -> papers.Receipt:
    chosen = {
        "letterhead": LETTERHEAD,
        "folio": "PC-2026-000123-K",
        "receipt_folio": "PC-2026-000123-K",
        "secret": "7KQM-2WXA",
        "facts": [("Recibida", "sábado 21 de noviembre de 2026, a las 19:32"), ("Qué pide", HOSTILE)],
        "steps": ["Entre a la dirección de abajo.", "Escriba el folio y la clave."],
        "address": "https://cabildo.ejemplo.cl/m/puerto-claro/seguimiento/PC-2026-000123-K/",
    }
    return papers.Receipt(**(chosen | more))


def letter(**more) -> papers.Letter:
    chosen = {
        "title": "Oficio N° 123/2026",
        "letterhead": LETTERHEAD,
        "number": "OFICIO N° 123/2026",
        "place_and_date": "Puerto Claro, 21 de noviembre de 2026",
        "addressee": "Señora\nRosa Muñoz\nPresente",
        "paragraphs": ["La luminaria quedó reparada.", HOSTILE],
        "signature": papers.Signature(name="Carmen Díaz", position="Directora de Obras", authority="Por orden"),
        "references": [("Materia", "Responde sobre luminaria.")],
        "code": "7KQM-2WXA-9TRB",
        "address": "https://cabildo.ejemplo.cl/documentos/verificar/7KQM-2WXA-9TRB/",
    }
    return papers.Letter(**(chosen | more))


def board(rows: int = 1) -> papers.Board:
    table = papers.TableOfFigures(
        title="Por dirección",
        columns=[papers.Column(name="Dirección"), papers.Column(name="Vencidas", number=True)],
        rows=[[f"Dirección {row}", "1.234"] for row in range(rows)],
    )
    figure = papers.Figure(label="Sin respuesta", value="20,0 %", detail="384 de 1.920")
    return papers.Board(
        title="Control", letterhead=LETTERHEAD, scope="2026", figures=[figure], tables=[table], sources=["Registro"]
    )


def file_index() -> papers.FileIndex:
    line = papers.IndexLine(
        order="1", name=HOSTILE, kind="respuesta", at="2 nov 2026, 10:31", author="Carmen Díaz", sha256="ab" * 32
    )
    return papers.FileIndex(letterhead=LETTERHEAD, facts=[("Documentos", "1")], entries=[line])


PAPERS = {"receipt": receipt, "letter": letter, "board": board, "index": file_index}


@pytest.mark.parametrize("kind", PAPERS)
def test_every_paper_is_archival_accessible_and_in_spanish(kind: str) -> None:
    made = papers.pdf(PAPERS[kind]())

    for mark in (b"pdfaid:part>2", b"pdfaid:conformance>A", b"pdfuaid:part>1", b"/Lang", b"/MarkInfo", b"es-CL"):
        assert mark in made


@pytest.mark.parametrize("kind", PAPERS)
def test_every_paper_names_the_municipality_and_counts_its_pages(kind: str) -> None:
    words = words_in(papers.pdf(PAPERS[kind]()))

    assert ("Municipalidad de Puerto Claro" in words, "Página 1 de 1" in words) == (True, True)


@pytest.mark.parametrize("make", [receipt, letter, file_index])
def test_what_a_person_wrote_is_never_read_as_markup(make) -> None:
    words = re.sub(r"\s+", " ", words_in(papers.pdf(make())))

    for part in ('#panic("no")', "*negrita*", "$x^2$", "_ñandú_", "<c>"):
        assert part in words


def test_a_receipt_says_folio_key_and_how_to_follow() -> None:
    words = words_in(papers.pdf(receipt()))

    for part in ("Comprobante de ingreso", "PC-2026-000123-K", "7KQM-2WXA", "2. Escriba el folio y la clave."):
        assert part in words


def test_a_code_is_not_parted_by_a_line_break() -> None:
    words = words_in(papers.pdf(receipt(facts=[("Folio", "palabra " * 9 + "PC-2026-000123-K")])))

    assert words.count("PC-2026-000123-K") >= 3
    assert "PC-2026-\n" not in words


def test_a_signed_address_breaks_before_it_reaches_the_drawing_beside_it(tmp_path) -> None:
    long = receipt(address="https://cabildo.ejemplo.cl/m/puerto-claro/seguimiento/" + "eyJ0IjoxMjN9x" * 8 + "/")
    (tmp_path / "paper.pdf").write_bytes(papers.pdf(long))
    boxes = subprocess.run(
        ["pdftotext", "-bbox", tmp_path / "paper.pdf", "-"], capture_output=True, text=True, check=True
    )
    ends = [float(end) for end in re.findall(r'xMax="([0-9.]+)"[^>]*>[^<]*eyJ0', boxes.stdout)]

    assert ends
    assert max(ends) < 420  # points: the drawing of 34 mm stands at the right of a sheet of 595


def test_a_letter_has_number_addressee_signature_and_verification_code() -> None:
    words = words_in(papers.pdf(letter()))

    for part in ("OFICIO N° 123/2026", "Rosa Muñoz", "Directora de Obras", "Por orden", "7KQM-2WXA-9TRB"):
        assert part in words


def test_a_letter_without_code_has_no_verification() -> None:
    assert "verificación" not in words_in(papers.pdf(letter(code="")))


def test_a_long_letter_numbers_its_pages() -> None:
    assert "Página 2 de 2" in words_in(papers.pdf(letter(paragraphs=["Una línea más."] * 40)))


def test_a_table_that_breaks_repeats_its_heading() -> None:
    words = words_in(papers.pdf(board(rows=60)))

    assert (words.count("Vencidas"), "Página 2 de 2" in words) == (2, True)


def ends_of(word: str, pdf_bytes: bytes) -> list[float]:
    """Where a word ends on the page, in points from the left, as poppler measures it."""
    made = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf_bytes, capture_output=True, check=True)
    return [float(end) for end in re.findall(rf'xMax="([\d.]+)" yMax="[\d.]+">{word}<', made.stdout.decode())]


def test_a_long_word_does_not_leave_the_box_of_its_figure() -> None:
    figures = [papers.Figure(label=f"N° {place}", value="Mejoramiento Progresivo", detail="") for place in range(3)]
    board = papers.Board(title="Resultado", letterhead=LETTERHEAD, scope="2026", figures=figures)
    third = (210 - 2 * 22 - 2 * 4) / 3  # millimetres: the sheet without margins and gutters
    boxes = [(22 + third * (place + 1) + 4 * place) * 72 / 25.4 for place in range(3)]

    ends = ends_of("Mejoramiento", papers.pdf(board))
    assert [end < box for end, box in zip(ends, boxes, strict=True)] == [True] * 3


def test_what_a_report_says_of_itself_is_on_every_page() -> None:
    told = [reports.Heading("Uno"), reports.Prose(["x"]), reports.Heading("Dos"), reports.Prose(["y"])]
    made = reports.Report(title="Plan", letterhead=LETTERHEAD, standing="Demostración, no oficial", blocks=told)

    pages = words_in(papers.pdf(made)).rstrip("\f").split("\f")
    assert (len(pages), ["Demostración, no oficial" in page for page in pages]) == (4, [True] * 4)


def test_an_index_shows_every_hash_whole() -> None:
    assert words_in(papers.pdf(file_index())).replace(" ", "").count("ab" * 16) == 2


@pytest.mark.parametrize("arms", [image("PNG"), qr.svg("escudo")], ids=["png", "svg"])
def test_the_arms_of_the_municipality_are_drawn(arms: str | bytes) -> None:
    plain = papers.pdf(receipt())
    head = papers.Letterhead(municipality="Municipalidad de Puerto Claro", arms=arms)

    assert len(papers.pdf(receipt(letterhead=head))) > len(plain)


def test_an_empty_line_separates_paragraphs() -> None:
    assert papers.paragraphs("Uno\r\ndos\n\n  \n\nTres\n") == ["Uno\ndos", "Tres"]


def test_a_qr_with_title_is_an_image_and_without_it_is_hidden() -> None:
    titled, plain = qr.svg("hola", title="Código"), qr.svg("hola")

    assert ('role="img"' in titled, "<title>Código</title>" in titled) == (True, True)
    assert ('aria-hidden="true"' in plain, "style=" in plain + titled) == (True, False)


def test_a_character_that_no_font_draws_is_marked_and_the_paper_still_comes_out() -> None:
    made = papers.pdf(letter(paragraphs=["Gracias 😀😀 por 👨‍👩‍👧 venir\x07 ✅."]))

    said = words_in(made)
    assert "Gracias [?] por [?] venir [?]." in said
