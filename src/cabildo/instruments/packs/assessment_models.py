"""What an assessment model must satisfy beyond its schema: whole scales, facts told apart, ways to close gaps."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from cabildo.content import Adoptable, PackKind, Problem
from cabildo.instruments.packs import findings
from cabildo.instruments.packs.findings import Body, Found, Path, Placed
from cabildo.instruments.rules.methodologies import product_of
from cabildo.kit.text import words

FEWEST_METHODOLOGIES = 2
FEWEST_EVIDENCES = 2


def check(body: Body) -> list[Problem]:
    """Everything wrong in a model; empty when it may be published."""
    return [
        *check_scoring(body),
        *findings.repeated_ids(_all_methodologies(body)),
        *findings.placeholders(("model",), body["model"]),
        *findings.placeholders(("criteria",), body["criteria"]),
        *(problem for path, method in _methods(body) for problem in _descriptions(path, method)),
        *(problem for path, part in subcriteria(body) for problem in _methodologies(path, part)),
        *(problem for path, element in elements(body) for problem in _element(path, element, body)),
        *_equal_descriptors(body),
    ]


def check_scoring(body: Body) -> list[Problem]:
    """What would keep a model from being scored, whatever its texts say: ids, order, bands, scales, methods."""
    model, criteria = body["model"], body["criteria"]
    return [
        *_ids(body),
        *findings.order(("model", "order"), model["order"], criteria, _("el criterio")),
        *findings.result_bands(("model", "bands"), model["bands"]),
        *(problem for path, method in _methods(body) for problem in _scale(path, method)),
        *(problem for path, element in elements(body) for problem in _usable(path, element, model)),
    ]


def describe(body: Body) -> str:
    """One sentence: how many criteria, subcriteria and elements, and how many points."""
    parts = [part for _path, part in subcriteria(body)]
    sentence = _("{criteria} criterios, {subcriteria} subcriterios y {elements} elementos; {points} puntos.")
    return sentence.format(
        criteria=len(body["criteria"]),
        subcriteria=len(parts),
        elements=sum(len(part["elements"]) for part in parts),
        points=sum(part["points"] for part in parts),
    )


def subcriteria(body: Body) -> Iterator[Placed]:
    """Every subcriterion with the way to it."""
    for path, criterion in findings.items(("criteria",), body["criteria"]):
        yield from findings.items((*path, "subcriteria"), criterion["subcriteria"])


def elements(body: Body) -> Iterator[Placed]:
    """Every element with the way to it."""
    for path, part in subcriteria(body):
        yield from findings.items((*path, "elements"), part["elements"])


def _methods(body: Body) -> list[Placed]:
    return findings.items(("model", "methods"), body["model"]["methods"])


def _ids(body: Body) -> Found:
    yield from findings.repeated_ids(_methods(body))
    yield from findings.repeated_ids(findings.items(("criteria",), body["criteria"]))
    yield from findings.repeated_ids(subcriteria(body))
    yield from findings.repeated_ids(elements(body))


def _all_methodologies(body: Body) -> Iterator[Placed]:
    for path, part in subcriteria(body):
        yield from findings.items((*path, "methodologies"), part["methodologies"])


def _scale(path: Path, method: Body) -> Found:
    yield from findings.repeated_ids(findings.items((*path, "attributes"), method["attributes"]))
    lowest, highest, trend = method["minimum"], method["maximum"], method["trend_level"]
    if highest <= lowest:
        message = _("El puntaje máximo no pasa del mínimo.")
        yield Problem((*path, "maximum"), message, _("Escriba un máximo mayor que el mínimo."), "scale_empty")
    elif trend is not None and not lowest < trend <= highest:
        message = _("La tendencia se pide desde {level}, que está fuera de la escala.").format(level=trend)
        yield Problem((*path, "trend_level"), message, _("Elija un puntaje de la escala."), "trend_outside")


def _usable(path: Path, element: Body, model: Body) -> Found:
    methods = [method["id"] for method in model["methods"]]
    yield from findings.known((*path, "method"), element["method"], methods, _("el método"))
    if element["is_optional"] and not model["allow_excluded"]:
        message = _("El elemento es opcional y el modelo no admite «no aplica».")
        fix = _("Escriba «allow_excluded: true» en el modelo, o «is_optional: false» aquí.")
        yield Problem((*path, "is_optional"), message, fix, "optional_not_allowed")


def _descriptions(path: Path, method: Body) -> Found:
    if bool(method["levels"]) == bool(method["bands"]):
        message = _("Un método lleva «levels» o «bands», una sola de las dos.")
        yield Problem(path, message, _("Deje la que corresponda."), "scale_form")
    elif method["levels"]:
        yield from _whole_scale((*path, "levels"), method["levels"], method)
    else:
        yield from _whole_panel((*path, "bands"), method["bands"], method)


def _whole_scale(path: Path, levels: list[Body], method: Body) -> Found:
    expected = list(range(method["minimum"], method["maximum"] + 1))
    if [level["level"] for level in levels] != expected:
        message = _("Se esperaban los niveles {expected}, cada uno una vez y en orden.")
        message = message.format(expected=", ".join(map(str, expected)))
        yield Problem(path, message, _("Complete u ordene los niveles."), "levels_incomplete")


def _whole_panel(path: Path, bands: list[Body], method: Body) -> Found:
    edges = [method["minimum"] - 1, *(band["to"] for band in bands)]
    for (place, band), before in zip(findings.items(path, bands), edges, strict=False):
        if band["from"] != before + 1 or band["to"] < band["from"]:
            message = _("El tramo {first}–{last} no sigue al anterior.").format(first=band["from"], last=band["to"])
            fix = _("Escriba «from: {expected}» y un «to» igual o mayor.").format(expected=before + 1)
            yield Problem((*place, "from"), message, fix, "bands_apart")
        if band["text"]:
            yield from findings.too_short((*place, "text"), band["text"])
    if edges[-1] != method["maximum"]:
        message = _("El último tramo termina en {last} y la escala, en {most}.")
        message = message.format(last=edges[-1], most=method["maximum"])
        yield Problem((*path, len(bands) - 1, "to"), message, _("Haga que coincidan."), "bands_short")


def _methodologies(path: Path, part: Body) -> Found:
    names = [element["id"] for element in part["elements"]]
    if len(part["methodologies"]) < FEWEST_METHODOLOGIES:
        message = _("El subcriterio «{id}» ofrece menos de dos metodologías.").format(id=part["id"])
        yield Problem((*path, "methodologies"), message, _("Agregue otra."), "few_methodologies")
    closed = set()
    for place, methodology in findings.items((*path, "methodologies"), part["methodologies"]):
        closed |= set(methodology["closes"])
        for index, name in enumerate(methodology["closes"]):
            yield from findings.known((*place, "closes", index), name, names, _("en este subcriterio el elemento"))
        for index, step in enumerate(methodology["steps"]):
            yield from _step((*place, "steps", index), step)
    for index, name in enumerate(names):
        if name not in closed:
            message = _("Ninguna metodología del subcriterio ayuda a subir «{id}».").format(id=name)
            fix = _("Nómbrelo en el «closes» de una de ellas.")
            yield Problem((*path, "elements", index, "id"), message, fix, "element_not_closed")


def _step(path: Path, step: str) -> Found:
    yield from findings.too_short(path, step)
    if not product_of(step)[1]:
        message = _("El paso no dice qué papel resulta de él.")
        yield Problem(path, message, _("Termínelo con «; producto: …»."), "step_without_product")


def _element(path: Path, element: Body, body: Body) -> Found:
    methods = {method["id"]: method for method in body["model"]["methods"]}
    yield from findings.too_short((*path, "question"), element["question"])
    yield from findings.too_short((*path, "help"), element["help"])
    if element["method"] in methods:
        yield from _levels(path, element, methods[element["method"]])
    yield from findings.repeated_ids(findings.items((*path, "evidence"), element["evidence"]))
    if len(element["evidence"]) < FEWEST_EVIDENCES:
        message = _("El elemento «{id}» nombra menos de dos evidencias.").format(id=element["id"])
        yield Problem((*path, "evidence"), message, _("Agregue otra, con su nombre municipal."), "few_evidences")


def _levels(path: Path, element: Body, method: Body) -> Found:
    if method["levels"]:
        yield from _whole_scale((*path, "levels"), element["levels"], method)
        for place, level in findings.items((*path, "levels"), element["levels"]):
            yield from findings.too_short((*place, "text"), level["text"])
    elif element["levels"]:
        message = _("El método «{id}» puntúa por tramos; el elemento no lleva niveles.").format(id=method["id"])
        yield Problem((*path, "levels"), message, _("Escriba «levels: []»."), "levels_unused")


def _equal_descriptors(body: Body) -> Found:
    """Two descriptors of one method that say the same once the element's name is taken out."""
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    for path, element in elements(body):
        for place, level in findings.items((*path, "levels"), element["levels"]):
            key = element["method"], _without_name(level["text"], element)
            if key in seen:
                message = _("El descriptor dice lo mismo que uno de «{id}».").format(id=seen[key])
                yield Problem(
                    (*place, "text"), message, _("Nombre un hecho propio de este elemento."), "equal_descriptor"
                )
            seen.setdefault(key, element["id"])


def _without_name(text: str, element: Mapping[str, str]) -> tuple[str, ...]:
    name, told = words(element["label"]), words(text)
    for start in range(len(told) - len(name) + 1):
        if told[start : start + len(name)] == name:
            return (*told[:start], *told[start + len(name) :])
    return told


KIND = PackKind(
    kind="assessment_models",
    schema_path="schema/assessment_models.json",
    check=check,
    describe=describe,
    folders={"criteria": "criteria"},
    adoptable=Adoptable(
        title=later("Modelos de autoevaluación"),
        lead=later(
            "Con ellos la municipalidad puntúa su gestión. Con varios en uso, cada ciclo elige uno al comenzar, y "
            "sigue con él."
        ),
        done=later("Quien conduce el programa de calidad ya lo puede elegir al comenzar la autoevaluación."),
        order=30,
    ),
)
