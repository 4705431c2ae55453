"""An assessment model in sheets: how it is scored, then criteria, subcriteria, elements and what hangs from them."""

from django.utils.translation import gettext_lazy as _

from cabildo.content.workbooks import CHANGES, PACK, Column, Fields, Layout, RowOrder, Table
from cabildo.content.workbooks.forms import LONG_TEXT, TEXT, WORD, WORDS, YES_NO, choice, whole
from cabildo.instruments.workbooks.shared import ABOUT, ID, LABEL, NOTICE, follows_rows, result_bands

SCORE = whole(0, 1000)
PAPERS = {
    "decreto": "decreto",
    "reglamento": "reglamento",
    "acta": "acta",
    "informe": "informe",
    "plan": "plan",
    "registro": "registro",
    "convenio": "convenio",
    "manual": "manual",
    "oficio": "oficio",
    "publicacion": "publicación",
    "estadistica": "estadística",
    "contrato": "contrato",
    "encuesta": "encuesta",
}
MODES = {"required": "siempre", "optional": "a elección"}
SETTINGS = Fields(
    "Ajustes",
    "Cómo se cierra una evaluación y qué se dice del resultado.",
    ("model",),
    (
        Column(
            "allow_blank",
            "Admite sin evaluar",
            YES_NO,
            "Escriba sí si se puede cerrar con elementos sin evaluar, que cuentan 0.",
        ),
        Column(
            "allow_excluded",
            "Admite no aplica",
            YES_NO,
            "Escriba sí si un elemento opcional puede quedar como «no aplica».",
        ),
        follows_rows("los criterios"),
        NOTICE,
    ),
)
METHODS = Table(
    "Métodos",
    "Las formas de puntuar. Cada una lleva filas en «Escalas» o en «Paneles», una sola de las dos.",
    ("model", "methods"),
    (
        ID,
        LABEL,
        ABOUT,
        Column("minimum", "Mínimo", SCORE, "El puntaje más bajo de la escala; casi siempre 0.", False),
        Column("maximum", "Máximo", whole(1, 1000), "El puntaje más alto de la escala, por ejemplo 5 o 100."),
        Column(
            "attribute_mode",
            "Por atributos",
            choice(MODES),
            "Si tiene atributos: siempre, si cada uno lleva su puntaje; a elección, si también se admite uno solo.",
            False,
        ),
        Column(
            "trend_level",
            "Pide serie desde",
            SCORE,
            "El puntaje desde el que se piden cifras de tres años; vacío si nunca.",
            False,
        ),
    ),
)
SCALES = Table(
    "Escalas",
    "El nombre de cada nivel de un método, del mínimo al máximo.",
    ("levels",),
    (
        Column("level", "Nivel", SCORE, "El puntaje: un número entero, cada uno una vez y en orden."),
        Column("label", "Nombre", TEXT, "El nombre del nivel."),
    ),
    parent="Métodos",
    parent_heading="Método",
)
PANELS = Table(
    "Paneles",
    "Los tramos de un método que no tiene niveles; cada uno incluye sus dos extremos.",
    ("bands",),
    (
        Column("from", "Desde", SCORE, "El puntaje en que empieza; uno más que el «Hasta» del anterior."),
        Column("to", "Hasta", SCORE, "El puntaje en que termina, incluido."),
        Column("label", "Nombre", TEXT, "El nombre del tramo."),
        Column(
            "text", "Texto", LONG_TEXT, "El hecho que se debe ver para puntuar en el tramo, en 8 o más palabras.", False
        ),
    ),
    parent="Métodos",
    parent_heading="Método",
)
ATTRIBUTES = Table(
    "Atributos",
    "Lo que se puntúa por separado en un método; el puntaje del elemento es su promedio. Puede quedar vacía.",
    ("attributes",),
    (ID, LABEL, ABOUT),
    parent="Métodos",
    parent_heading="Método",
)
CRITERIA = Table("Criterios", "Los criterios del modelo.", ("criteria",), (ID, LABEL, ABOUT))
SUBCRITERIA = Table(
    "Subcriterios",
    "Los subcriterios de cada criterio, con sus puntos.",
    ("subcriteria",),
    (ID, LABEL, ABOUT, Column("points", "Puntos", whole(1, 100_000), "Los puntos que vale el subcriterio, 1 o más.")),
    parent="Criterios",
    parent_heading="Criterio",
)
ELEMENTS = Table(
    "Elementos",
    "Los elementos que se puntúan en cada subcriterio, en orden.",
    ("elements",),
    (
        ID,
        LABEL,
        Column("question", "Pregunta", LONG_TEXT, "La pregunta completa que se responde, de 8 o más palabras."),
        Column("help", "Ayuda", LONG_TEXT, "Dónde mirar, a quién preguntar y qué no cuenta, en 8 o más palabras."),
        Column("method", "Método", WORD, "Un identificador de la hoja «Métodos».", offers=METHODS.title),
        Column("weight", "Peso", whole(1, 100), "Cuánto pesa dentro de su subcriterio; vacío vale 1.", False),
        Column(
            "is_optional", "Es opcional", YES_NO, "Escriba sí si puede faltarle a una comuna; vacío vale no.", False
        ),
    ),
    parent="Subcriterios",
    parent_heading="Subcriterio",
)
LEVELS = Table(
    "Niveles",
    "El hecho que se debe ver en cada nivel de cada elemento. Los métodos con paneles no llevan filas aquí.",
    ("levels",),
    (
        Column("level", "Nivel", SCORE, "El puntaje: un número entero del método, cada uno una vez y en orden."),
        Column(
            "text",
            "Texto",
            LONG_TEXT,
            "Un hecho que se comprueba mirando un documento o preguntando, en 8 o más palabras.",
        ),
    ),
    parent="Elementos",
    parent_heading="Elemento",
)
EVIDENCE = Table(
    "Evidencias",
    "Los papeles que prueban cada elemento; al menos dos.",
    ("evidence",),
    (
        ID,
        Column("label", "Nombre", LONG_TEXT, "El nombre municipal del papel, hasta 200 letras."),
        Column("paper", "Papel", choice(PAPERS), "De qué clase de papel se trata; elíjala de la lista."),
    ),
    parent="Elementos",
    parent_heading="Elemento",
)
METHODOLOGIES = Table(
    "Metodologías",
    "Caminos conocidos para cerrar brechas de un subcriterio; al menos dos.",
    ("methodologies",),
    (
        ID,
        LABEL,
        Column("about", "Descripción", LONG_TEXT, "Qué es y cuándo sirve, en una o dos frases."),
        Column("months", "Meses", whole(1, 24), "Meses hasta tenerla andando, entre 1 y 24."),
        Column("cost", "Costo", whole(1, 5), "De 1 (casi nada) a 5 (alto)."),
        Column(
            "closes",
            "Ayuda a subir",
            WORDS,
            "Los elementos del mismo subcriterio que ayuda a subir, separados por comas.",
        ),
    ),
    parent="Subcriterios",
    parent_heading="Subcriterio",
)
STEPS = Table(
    "Pasos",
    "Los pasos de cada metodología, en orden; de 3 a 12.",
    ("steps",),
    (Column("step", "Paso", LONG_TEXT, "Lo que se hace y el producto que resulta, en 8 o más palabras."),),
    parent="Metodologías",
    parent_heading="Metodología",
    shape="texts",
)
PRODUCTS = Table(
    "Productos",
    "Los papeles que resultan de cada metodología; al menos uno.",
    ("products",),
    (Column("product", "Producto", LONG_TEXT, "El nombre del papel que resulta."),),
    parent="Metodologías",
    parent_heading="Metodología",
    shape="texts",
)
LAYOUT = Layout(
    "assessment_models",
    (
        PACK,
        SETTINGS,
        METHODS,
        SCALES,
        PANELS,
        ATTRIBUTES,
        result_bands("model", "bands"),
        CRITERIA,
        SUBCRITERIA,
        ELEMENTS,
        LEVELS,
        EVIDENCE,
        METHODOLOGIES,
        STEPS,
        PRODUCTS,
        CHANGES,
    ),
    RowOrder(("model", "order"), CRITERIA.title),
    {
        "levels_unused": _("Borre las filas de este elemento en la hoja «Niveles»."),
        "element_not_closed": _("Escriba su identificador en «Ayuda a subir» de una metodología del subcriterio."),
        "scale_form": _("Deje filas del método en «Escalas» o en «Paneles», una sola de las dos hojas."),
    },
)
