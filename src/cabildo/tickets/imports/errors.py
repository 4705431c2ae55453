"""Why a whole file cannot be read."""

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError


class UnreadableFileError(DomainError):
    sentences = {
        "empty": _("El archivo está vacío. Elija uno con títulos en la primera fila."),
        "no_headings": _("La primera fila no tiene títulos de columnas. Agréguelos."),
        "repeated_headings": _("El título «{heading}» está en dos columnas. Cambie uno de los dos."),
        "not_text": _("El archivo no es una planilla CSV ni un libro Excel (XLSX). Guárdelo en uno de esos formatos."),
        "not_a_workbook": _("El libro Excel está dañado o tiene contraseña. Guárdelo de nuevo sin contraseña."),
        "sheet_missing": _("El libro no tiene la hoja «{sheet}». Sus hojas son: {known}."),
        "no_rows": _("Ninguna fila se puede leer con este mapa. «tickets import --dry-run» dice por qué."),
        "no_departments": _("Ninguna fila dice qué dirección responde. Indique su columna en «columns: department»."),
        "encoding": _("El archivo no está en {encoding}. Escriba «encoding: auto» en el mapa."),
    }
