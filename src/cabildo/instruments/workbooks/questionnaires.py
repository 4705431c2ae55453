"""A questionnaire in sheets: settings, bands, areas, questions, alternatives."""

from cabildo.content.workbooks import CHANGES, PACK, Column, Fields, Layout, RowOrder, Table
from cabildo.content.workbooks.forms import LONG_TEXT, TEXT, YES_NO, whole
from cabildo.instruments.workbooks.shared import ID, NOTICE, follows_rows, result_bands

SETTINGS = Fields(
    "Ajustes",
    "Cómo se responde y cómo se lee el resultado.",
    ("settings",),
    (
        Column("minutes", "Minutos", whole(1, 1440), "Minutos que se prevén para responderlo entero, de 1 a 1440."),
        Column(
            "allow_not_applicable",
            "Admite no aplica",
            YES_NO,
            "Escriba sí si una pregunta se puede responder «no aplica»; deja entonces de contar.",
        ),
        follows_rows("los ámbitos"),
        NOTICE,
    ),
)
AREAS = Table(
    "Ámbitos",
    "Los ámbitos en que se agrupan las preguntas.",
    ("areas",),
    (
        ID,
        Column("label", "Nombre", TEXT, "El nombre del ámbito."),
        Column("about", "Descripción", LONG_TEXT, "Qué revisa, en una o dos frases."),
    ),
)
QUESTIONS = Table(
    "Preguntas",
    "Las preguntas de cada ámbito, en orden.",
    ("questions",),
    (
        ID,
        Column("text", "Pregunta", LONG_TEXT, "La pregunta completa, de 8 o más palabras."),
        Column("help", "Ayuda", LONG_TEXT, "Dónde mirar, a quién preguntar y qué no cuenta.", False),
    ),
    parent="Ámbitos",
    parent_heading="Ámbito",
)
ALTERNATIVES = Table(
    "Alternativas",
    "Las alternativas de cada pregunta, de menos a más puntos; de 2 a 12.",
    ("alternatives",),
    (
        ID,
        Column("text", "Alternativa", LONG_TEXT, "El hecho que se afirma al elegirla, en 4 o más palabras."),
        Column("points", "Puntos", whole(0, 1000), "Puntos enteros, de 0 a 1000; nunca menos que la anterior."),
        Column(
            "is_inclusive",
            "Inclusiva",
            YES_NO,
            "Escriba sí si elegirla exige cumplir las inclusivas anteriores; no, si es «no se hace» u «obsoleto».",
        ),
    ),
    parent="Preguntas",
    parent_heading="Pregunta",
)
LAYOUT = Layout(
    "questionnaires",
    (PACK, SETTINGS, result_bands("settings", "bands"), AREAS, QUESTIONS, ALTERNATIVES, CHANGES),
    RowOrder(("settings", "order"), AREAS.title),
)
