"""The sheets that every kind shares: the header of the pack and what changed in each version."""

from cabildo.content.assembly import HEADER_KEY
from cabildo.content.workbooks.forms import DAY, LONG_TEXT, TEXT, WORD, YES_NO, choice, whole
from cabildo.content.workbooks.layout import Column, Fields, Table

MOST_VERSIONS = 1_000_000
VERSION = whole(1, MOST_VERSIONS)

PACK = Fields(
    "Paquete",
    "Qué es este paquete, quién responde por él y desde cuándo rige.",
    (HEADER_KEY,),
    (
        Column(
            "id",
            "Identificador",
            WORD,
            "De la forma tipo/nombre, en minúsculas y con guiones. Se elige una vez y no cambia.",
        ),
        Column("kind", "Tipo", WORD, "El tipo de paquete; igual a la primera parte del identificador. No lo cambie."),
        Column("version", "Versión", VERSION, "Número entero que crece con cada publicación. La primera es 1."),
        Column("title", "Título", TEXT, "El nombre que leen las personas, entre 3 y 160 letras."),
        Column("locale", "Idioma", choice({"es-CL": "es-CL"}), "El idioma de los textos: es-CL."),
        Column("publisher", "Publica", TEXT, "Quién responde por el contenido."),
        Column("source", "Fuente", LONG_TEXT, "De dónde salió el contenido: documento, edición, páginas."),
        Column("licence", "Licencia", TEXT, "La licencia, de preferencia con su sigla, por ejemplo CC-BY-4.0."),
        Column("valid_from", "Rige desde", DAY, "Desde cuándo rige esta versión, como 2026-01-31."),
        Column("official", "Es oficial", YES_NO, "Escriba sí sólo si reproduce un texto oficial; no, si es propio."),
        Column("notice", "Aviso del paquete", LONG_TEXT, "Aviso que se muestra donde se usa el paquete.", False),
        Column("summary", "Resumen", LONG_TEXT, "De qué trata, en dos o tres frases.", False),
    ),
)
CHANGES = Table(
    "Cambios",
    "Qué cambió en cada versión del paquete.",
    (HEADER_KEY, "changelog"),
    (
        Column("version", "Versión", VERSION, "La versión que trae el cambio."),
        Column("changes", "Qué cambió", LONG_TEXT, "Qué cambió, en una frase."),
    ),
)
