"""A mapping between two versions of a model in sheets: which two, the pairs, what ends and what begins."""

from django.utils.translation import gettext_lazy as _

from cabildo.content.workbooks import CHANGES, PACK, Column, Fields, Layout, Table
from cabildo.content.workbooks.forms import LONG_TEXT, WORD, choice, whole

NUMBER = whole(1, 1_000_000)
KINDS = {"same": "igual", "reworded": "otro texto", "moved": "otro subcriterio"}
VERSIONS = Fields(
    "Versiones",
    "De qué versión publicada a cuál. Pueden ser dos versiones de un modelo o de dos modelos.",
    ("mapping",),
    (
        Column("before.model", "Modelo de antes", WORD, "De la forma assessment_models/nombre."),
        Column("before.version", "Versión de antes", NUMBER, "El número de la versión publicada."),
        Column("after.model", "Modelo de después", WORD, "De la forma assessment_models/nombre."),
        Column("after.version", "Versión de después", NUMBER, "El número de la versión publicada."),
    ),
)
PAIRS = Table(
    "Pares",
    "Los elementos que siguen. Cada elemento de las dos versiones va una vez: aquí, en «Terminan» o en «Comienzan».",
    ("mapping", "pairs"),
    (
        Column("before", "Antes", WORD, "El identificador del elemento en la versión de antes."),
        Column("after", "Después", WORD, "El identificador del elemento en la versión de después."),
        Column("kind", "Qué cambió", choice(KINDS), "Elíjalo de la lista. Si cambió de subcriterio, otro subcriterio."),
        Column("reason", "Motivo", LONG_TEXT, "Por qué sigue siendo el mismo; puede faltar si es igual.", False),
    ),
)
ENDED = Table(
    "Terminan",
    "Los elementos de antes que no tienen ninguno después. Puede quedar vacía.",
    ("mapping", "ended"),
    (
        Column("element", "Elemento", WORD, "El identificador del elemento en la versión de antes."),
        Column("reason", "Motivo", LONG_TEXT, "Por qué termina, en una frase."),
    ),
)
BEGUN = Table(
    "Comienzan",
    "Los elementos de después que no tenían ninguno antes. Puede quedar vacía.",
    ("mapping", "begun"),
    (
        Column("element", "Elemento", WORD, "El identificador del elemento en la versión de después."),
        Column("reason", "Motivo", LONG_TEXT, "Por qué comienza, en una frase."),
    ),
)
LAYOUT = Layout(
    "model_mappings",
    (PACK, VERSIONS, PAIRS, ENDED, BEGUN, CHANGES),
    fixes={
        "not_the_same": _("Elija «otro texto» u «otro subcriterio» en «Qué cambió» y escriba el motivo."),
        "not_moved": _("Elija «igual» u «otro texto» en «Qué cambió»."),
        "same_version": _("Escriba en «Versión de después» la versión nueva. Una misma versión se compara sola."),
    },
)
