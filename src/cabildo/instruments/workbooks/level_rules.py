"""The rules of levels in sheets: single values, subtotals, levels and the minimums of each."""

from cabildo.content.workbooks import CHANGES, PACK, Column, Fields, Layout, Table
from cabildo.content.workbooks.forms import LONG_TEXT, TEXT, WORD, whole
from cabildo.instruments.workbooks.shared import ID, NOTICE

MOST = 100_000
POINTS = whole(0, MOST)
SOME_POINTS = whole(1, MOST)
RULES = Fields(
    "Reglas",
    "Lo que se presenta por separado, el resultado sin nivel y el aviso.",
    ("rules",),
    (
        Column(
            "services.label",
            "Nombre de cada parte",
            TEXT,
            "Cómo se llama lo que tiene puntos propios, p. ej. Servicio.",
        ),
        Column("services.minimum", "Partes mínimas", whole(0, 1000), "Cuántas se deben presentar por lo menos."),
        Column(
            "services.maximum",
            "Máximo de cada parte",
            SOME_POINTS,
            "Los puntos que puede tener cada una; vacío si no hay máximo.",
            False,
        ),
        Column(
            "none.id",
            "Identificador sin nivel",
            WORD,
            "El identificador del resultado cuando no se alcanza ningún nivel.",
        ),
        Column("none.label", "Nombre sin nivel", TEXT, "Cómo se dice que no hay nivel."),
        Column("none.about", "Descripción sin nivel", LONG_TEXT, "Qué significa, en una o dos frases.", False),
        NOTICE,
    ),
)
TOTALS = Table(
    "Totales",
    "Los subtotales; el total es su suma.",
    ("rules", "totals"),
    (
        ID,
        Column("label", "Nombre", TEXT, "El nombre del subtotal."),
        Column("maximum", "Máximo", SOME_POINTS, "Los puntos que puede tener."),
    ),
)
LEVELS = Table(
    "Niveles",
    "Los niveles, del más bajo al más alto, sin huecos. El último termina en la suma de los subtotales.",
    ("rules", "levels"),
    (
        ID,
        Column("label", "Nombre", TEXT, "El nombre del nivel."),
        Column("about", "Descripción", LONG_TEXT, "Qué significa tenerlo, en una o dos frases."),
        Column("low", "Desde", POINTS, "El total desde el que se tiene; uno más que el «Hasta» del nivel anterior."),
        Column("high", "Hasta", POINTS, "El total hasta el que se tiene, incluido."),
        Column(
            "each_service_minimum",
            "Mínimo de cada parte",
            POINTS,
            "El mínimo de cada parte por separado; vacío si no hay.",
            False,
        ),
    ),
)
MINIMUMS = Table(
    "Mínimos",
    "El mínimo de cada subtotal que pide cada nivel.",
    ("minimums",),
    (
        Column("total", "Subtotal", WORD, "Un identificador de la hoja «Totales».", offers=TOTALS.title),
        Column("minimum", "Mínimo", POINTS, "Los puntos que debe tener ese subtotal."),
    ),
    parent="Niveles",
    parent_heading="Nivel",
    shape="entries",
)
LAYOUT = Layout("level_rules", (PACK, RULES, TOTALS, LEVELS, MINIMUMS, CHANGES))
