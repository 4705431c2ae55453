"""What a person reads about a refused row: what is wrong with it, and how it is mended."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cabildo.tickets.imports.rows import RowError

# code -> what is wrong, how to mend it
SENTENCES: dict[str, tuple[Any, Any]] = {
    "columns": (
        _("La fila tiene {found} celdas y los títulos son {expected}."),
        _("Revise si falta un separador, o si un texto con comas no está entre comillas."),
    ),
    "open_quote": (
        _("La fila tiene {found} celdas y los títulos son {expected}, y un texto salta de línea."),
        _("Seguramente hay una comilla sin cerrar en esta fila o en la anterior: ciérrela."),
    ),
    "unreadable": (
        _("La fila no se puede separar en celdas."),
        _("Revise las comillas de esta fila y de la anterior."),
    ),
    "empty": (_("La celda está vacía y este dato hace falta."), _("Complétela, o indique otra columna en el mapa.")),
    "too_long": (_("El texto tiene {length} letras y caben {limit}."), _("Acórtelo.")),
    "unknown_value": (
        _("El mapa no dice qué es este valor."),
        _("Dígalo en «Cambiar las palabras», o agréguelo en «{key}» del mapa."),
    ),
    "half_point": (
        _("El punto tiene sólo una de sus dos coordenadas."),
        _("Complete latitud y longitud, o deje vacías las dos."),
    ),
    "not_a_number": (_("La coordenada no es un número."), _("Escríbala en grados con decimales: -33,0458.")),
    "degrees_out_of_range": (
        _("La coordenada pasa de {limit} grados."),
        _("Revise si están cambiadas latitud y longitud."),
    ),
    "not_a_date": (
        _("La fecha no está escrita en ninguna de las formas que se leen ({forms})."),
        _("Escríbala en una de esas formas, o agregue la suya al mapa."),
    ),
    "date_impossible": (_("Ese día o esa hora no existe."), _("Corrija la fecha.")),
    "date_out_of_range": (_("El año no es posible."), _("Corrija la fecha.")),
    "in_the_future": (_("La fecha es posterior a hoy."), _("Corrija la fecha, o la zona horaria del mapa.")),
    "closed_before_received": (
        _("La fecha es anterior a la de ingreso."),
        _("Corrija una de las dos fechas."),
    ),
    "closed_without_date": (
        _("El estado dice que está cerrada y falta la fecha de cierre."),
        _("Complete la fecha, o cambie el estado."),
    ),
    "open_with_closing_date": (
        _("Hay fecha de cierre y el estado dice que sigue abierta."),
        _("Borre la fecha, o cambie el estado."),
    ),
    "department_missing": (
        _("La fila no dice qué dirección responde."),
        _("Complétela, o escriba «default» en «departments» del mapa."),
    ),
    "not_a_mail": (_("No es una dirección de correo."), _("Escríbala así: nombre@dominio.cl, o bórrela.")),
    "not_a_run": (_("El RUN no es válido."), _("Corríjalo, o bórrelo.")),
    "repeated_id": (
        _("El número ya está en la fila {first} del mismo archivo."),
        _("Deje una sola de las dos filas."),
    ),
    "unknown_department": (
        _("No hay una dirección con este nombre o código."),
        _("Créela, tradúzcala en «departments.values», o escriba «create: true»."),
    ),
    "unknown_category": (
        _("No hay una materia con este nombre o código."),
        _("Créela, tradúzcala en «categories.values», o escriba «create: true»."),
    ),
    "changed_here": (
        _("La solicitud {folio} se trabajó aquí después de traerla, y la fila cambió en la fuente."),
        _("Haga el cambio a mano en la solicitud; la importación no pisa el trabajo hecho."),
    ),
}


def sentences(code: str, facts: Any) -> tuple[str, str]:
    """What is wrong and how to mend it."""
    message, fix = SENTENCES[code]
    return str(message).format(**facts), str(fix).format(**facts)


def as_json(error: RowError) -> dict[str, Any]:
    """A refused row as the command line and the download tell it."""
    message, fix = sentences(error.code, error.facts)
    return {
        "row": error.row,
        "column": error.column,
        "value": error.value,
        "code": error.code,
        "message": message,
        "fix": fix,
    }
