"""Why a whole file cannot be read."""

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError

# What is refused of any file, as it is said where only spreadsheets are read.
OF_A_SPREADSHEET = {
    "type_refused": "not_text",
    "heic": "not_text",
    "old_office": "old_workbook",
    "macros": "macros",
}


class UnreadableFileError(DomainError):
    sentences = {
        "empty": _("El archivo está vacío. Elija uno con títulos en la primera fila."),
        "no_headings": _("La primera fila no tiene títulos de columnas. Agréguelos."),
        "repeated_headings": _("El título «{heading}» está en dos columnas. Cambie uno de los dos."),
        "not_text": _("El archivo no es una planilla CSV ni un libro Excel (XLSX). Guárdelo en uno de esos formatos."),
        "old_workbook": _(
            "El archivo es de una versión antigua de Excel, o tiene contraseña. Ábralo y guárdelo como XLSX o CSV, "
            "sin contraseña."
        ),
        "macros": _(
            "El libro tiene macros o programas, que no se reciben por seguridad. Guárdelo sin macros o como CSV."
        ),
        "not_a_workbook": _("El libro Excel está dañado o tiene contraseña. Guárdelo de nuevo sin contraseña."),
        "sheet_missing": _("El libro no tiene la hoja «{sheet}». Sus hojas son: {known}."),
        "no_rows": _("Ninguna fila se puede leer con este mapa. «tickets import --dry-run» dice por qué."),
        "no_departments": _("Ninguna fila dice qué dirección responde. Indique su columna en «columns: department»."),
        "encoding": _("El archivo no está en {encoding}. Escriba «encoding: auto» en el mapa."),
    }


def sentence_of(refusal: DomainError) -> str:
    """Why this upload is refused; a type that other pages take is not offered here."""
    here = OF_A_SPREADSHEET.get(refusal.code)
    return (
        UnreadableFileError(here).sentence
        if here and not isinstance(refusal, UnreadableFileError)
        else refusal.sentence
    )
