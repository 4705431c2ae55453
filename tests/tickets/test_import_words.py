"""What a spreadsheet lacks is said in the words of the pages, not in those of the mapping."""

from io import BytesIO

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ValidationError
from openpyxl import Workbook

from cabildo.tickets.forms.imports import ImportFileForm
from cabildo.tickets.models import ImportRun

DESK = "/m/puerto-claro/mesa/importaciones/"
WITHOUT_STATE = b"id,fecha,materia\n1,02-03-2026,Bache\n"
WITH_EMPTY_STATE = b"id,fecha,materia,estado\n1,02-03-2026,Bache,\n"
NEITHER = "no es una planilla CSV ni un libro Excel (XLSX)"


@pytest.fixture
def browser(as_user, oficina):
    return as_user(oficina)


@pytest.fixture
def send(browser):
    def send_(content: bytes, name: str = "vieja.csv") -> str:
        """The page that follows an upload."""
        return browser.post(DESK + "subir/", {"file": SimpleUploadedFile(name, content)}, follow=True).text

    return send_


def test_a_missing_column_has_the_name_of_its_field(send) -> None:
    page = send(WITHOUT_STATE)

    assert "Falta decir qué columna es «Estado»." in page
    assert "«state»" not in page
    assert "no cumple lo que se espera" not in page
    assert "«Materia»" not in page


def test_a_column_of_states_without_words_is_told_apart(send) -> None:
    page = send(WITH_EMPTY_STATE)

    assert "Falta decir qué es cada estado de la planilla." in page
    assert "qué columna es" not in page


def test_a_wrong_name_of_the_source_says_which_field_it_is(send, browser) -> None:
    send(WITHOUT_STATE)
    run = ImportRun.objects.get()
    ImportRun.objects.update(mapping={**run.mapping, "source": {"id": "vieja", "label": "b"}})

    page = browser.get(f"{DESK}{run.pk}/").text

    assert "Nombre de la fuente: El texto tiene menos de 2 letras." in page


def test_a_file_of_one_letter_gives_its_source_a_whole_name(send) -> None:
    assert "menos de 2 letras" not in send(WITHOUT_STATE, "b.csv")
    assert ImportRun.objects.get().mapping["source"]["label"] == "Planilla b"


@pytest.mark.parametrize("ask", ["get", "post"])
def test_with_no_word_to_choose_the_page_says_so_and_saves_nothing(send, browser, ask) -> None:
    send(WITHOUT_STATE)

    page = getattr(browser, ask)(f"{DESK}{ImportRun.objects.get().pk}/palabras/", follow=True).text

    assert "No hay palabras que elegir" in page
    assert "Se guardó cómo se lee" not in page


@pytest.mark.parametrize("name", ["vieja.csv", "vieja.xlsx"])
def test_what_is_no_spreadsheet_is_not_told_of_types_that_are_not_read_here(send, name) -> None:
    page = send(bytes(range(256)) * 20, name)

    assert NEITHER in page
    assert "JPEG" not in page
    assert not ImportRun.objects.exists()


def test_an_old_workbook_is_not_sent_to_word_nor_to_pdf(send) -> None:
    page = send(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000, "vieja.xls")

    assert "guárdelo como XLSX o CSV" in page
    assert "DOCX" not in page


def test_an_empty_file_is_an_archivo() -> None:
    form = ImportFileForm({}, {"file": SimpleUploadedFile("vieja.csv", b"")})

    assert form.errors["file"] == ["El archivo está vacío. Compruebe que se abre y elíjalo de nuevo."]


def test_a_text_that_is_too_short_says_how_long_it_must_be() -> None:
    with pytest.raises(ValidationError) as refusal:
        forms.CharField(min_length=2).clean("b")

    assert refusal.value.messages == ["Escriba al menos 2 letras o números: hay 1."]


def test_a_true_workbook_is_still_read(send) -> None:
    book, stream = Workbook(), BytesIO()
    book.active.append(["id", "fecha", "materia"])
    book.active.append(["1", "02-03-2026", "Bache"])
    book.save(stream)

    assert "Falta decir qué columna es «Estado»." in send(stream.getvalue(), "vieja.xlsx")
