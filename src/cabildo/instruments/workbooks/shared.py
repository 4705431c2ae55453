"""Columns and sheets that the layouts of several kinds have in common."""

from cabildo.content.workbooks import Column, Table
from cabildo.content.workbooks.forms import LONG_TEXT, RATIO, TEXT, WORD, YES_NO

ID_ABOUT = "En minúsculas, números y guion bajo, sin tildes. No cambia aunque cambie el nombre."
ID = Column("id", "Identificador", WORD, ID_ABOUT)
LABEL = Column("label", "Nombre", TEXT, "El nombre que leen las personas.")
ABOUT = Column("about", "Descripción", LONG_TEXT, "Qué es, en una o dos frases.")
NOTICE = Column("notice", "Aviso del resultado", LONG_TEXT, "Aviso que acompaña al resultado en pantalla y en papel.")


def follows_rows(things: str) -> Column:
    """Whether things are read in the order of their rows."""
    about = f"Escriba sí si {things} se leen en el orden de sus filas; no, si se leen por orden de identificador."
    return Column("order", "Sigue el orden de las filas", YES_NO, about)


def result_bands(*path: str) -> Table:
    """The bands of a result, from 0 to 1."""
    return Table(
        "Tramos",
        "Los tramos del resultado, de 0 a 1, sin huecos. El último incluye el 1.",
        path,
        (
            ID,
            Column("label", "Nombre", TEXT, "El nombre del tramo."),
            Column("about", "Descripción", LONG_TEXT, "Qué significa caer en el tramo, en una o dos frases."),
            Column("from", "Desde", RATIO, "Una fracción entre 0 y 1, incluida, por ejemplo 0,40. El primero, 0."),
            Column("to", "Hasta", RATIO, "Una fracción entre 0 y 1, por ejemplo 0,60; donde parte el siguiente."),
        ),
    )
