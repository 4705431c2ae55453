"""What a category tree must satisfy beyond its schema: names that exist, conditions that can hold, lawful terms.

Pure functions over the completed body of a `tickets` pack.
"""

from collections.abc import Iterable, Iterator, Mapping
from string import Formatter
from typing import Any

from django.utils.translation import gettext as _

from cabildo.content import PackKind, Problem, nearest
from cabildo.tickets.errors import TERM_OVER_LAW
from cabildo.tickets.rules import answer_terms

type Body = Mapping[str, Any]
type Path = tuple[str | int, ...]
type Found = Iterator[Problem]

# what a template may name, and how each is explained to whoever writes one
PLACEHOLDERS = {
    "nombre": "nombre de quien hizo la solicitud, o «vecina o vecino»",
    "folio": "folio de la solicitud",
    "categoria": "categoría",
    "tipo": "tipo de atención",
    "municipio": "nombre de la municipalidad",
    "departamento": "dirección responsable de responder",
    "departamento_anterior": "dirección que la tenía antes",
    "fecha_ingreso": "fecha en que ingresó, en palabras",
    "fecha_limite": "fecha hasta la que hay plazo para responder, en palabras",
    "plazo": "plazo, con su unidad",
    "respuesta": "respuesta escrita por la unidad",
    "motivo": "motivo elegido, en palabras",
    "fundamento": "razones de la decisión",
    "norma": "norma que respalda la decisión",
    "destinatario": "organismo competente al que se envía",
    "folio_principal": "folio de la solicitud a la que se sumó",
    "pregunta": "lo que se necesita que la persona complete",
    "fecha_maxima_respuesta": "fecha hasta la que la persona puede responder",
    "enlace_seguimiento": "dirección para seguir la solicitud",
    "enlace_encuesta": "dirección de la encuesta de satisfacción",
    "firma": "nombre y cargo de quien firma",
}
CHOICE_TYPES = {"single", "multiple"}


def check(body: Body) -> list[Problem]:
    """Everything wrong in a category tree; empty when it may be published."""
    return [
        *_repeated_ids(body),
        *_departments(body),
        *_terms(body),
        *_extensions(body),
        *_categories(body),
        *_templates(body),
        *_scopes(body),
        *_unit_names(body),
        *_pauses(body),
    ]


def describe(body: Body) -> str:
    """One sentence: how many groups, categories and units a tree has."""
    sentence = _("{groups} grupos, {categories} categorías y {departments} unidades.")
    categories = sum(len(group["categories"]) for group in body["groups"])
    return sentence.format(groups=len(body["groups"]), categories=categories, departments=len(body["departments"]))


def categories_with_paths(body: Body) -> Iterator[tuple[Path, Body]]:
    """Every category with the way to it."""
    for position, group in enumerate(body["groups"]):
        for index, category in enumerate(group["categories"]):
            yield ("groups", position, "categories", index), category


def _repeated_ids(body: Body) -> Found:
    for part in ("kinds", "departments", "groups", "templates", "protocols", "redirects"):
        yield from _repeated((((part, i), item) for i, item in enumerate(body[part])))
    yield from _repeated(categories_with_paths(body))
    for part, reasons in body["reasons"].items():
        yield from _repeated(((("reasons", part, i), item) for i, item in enumerate(reasons)))
    for index, protocol in enumerate(body["protocols"]):
        yield from _repeated((("protocols", index, "steps", i), step) for i, step in enumerate(protocol["steps"]))


def _repeated(items: Iterable[tuple[Path, Body]]) -> Found:
    seen: set[str] = set()
    for path, item in items:
        if item["id"] in seen:
            message = _("El id «{id}» está repetido.").format(id=item["id"])
            yield Problem((*path, "id"), message, _("Dé a cada elemento un id distinto."), "repeated_id")
        seen.add(item["id"])


def _departments(body: Body) -> Found:
    parents = {department["id"]: department["parent"] for department in body["departments"]}
    for index, department in enumerate(body["departments"]):
        path = ("departments", index, "parent")
        if department["parent"]:
            yield from _known(path, department["parent"], parents, _("la unidad"))
        if _leads_back(department["id"], parents):
            message = _("La unidad «{id}» depende, directa o indirectamente, de sí misma.").format(id=department["id"])
            yield Problem(path, message, _("Corrija de quién depende."), "cycle")


def _leads_back(start: str, next_of: Mapping[str, str]) -> bool:
    """Whether following `next_of` from `start` returns to it."""
    seen, here = {start}, next_of.get(start, "")
    while here and here not in seen:
        seen.add(here)
        here = next_of.get(here, "")
    return here == start


def _known(path: Path, name: str, known: Iterable[str], what: str) -> Found:
    if name in known:
        return
    near = nearest(name, known)
    fix = _("¿Quiso decir «{name}»?").format(name=near) if near else _("Use uno de los definidos en el paquete.")
    yield Problem(path, _("No existe {what} «{name}».").format(what=what, name=name), fix, "unknown_id")


def _terms(body: Body) -> Found:
    """No answer term passes the maximum of the law, and no goal passes its term when both count business days."""
    kind_terms = {kind["id"]: kind["term"] for kind in body["kinds"]}
    way_terms = {way["id"]: way["term"] for way in body["redirects"]}
    for index, kind in enumerate(body["kinds"]):
        yield from _within_law(("kinds", index, "term", "days"), kind["term"])
    for path, category in categories_with_paths(body):
        yield from _within_law((*path, "term", "days"), category["term"])
        own = category["term"] or way_terms.get(category["redirect"])
        terms = [own or kind_terms.get(kind) for kind in category["kinds"]]
        limits = [term["days"] for term in terms if term and term["unit"] == "habiles"]
        if limits and category["goal_days"] and category["goal_days"] > min(limits):
            message = _("La meta interna ({goal} días) pasa del plazo legal ({limit} días hábiles).")
            message = message.format(goal=category["goal_days"], limit=min(limits))
            yield Problem(
                (*path, "goal_days"), message, _("Fije una meta igual o menor que el plazo."), "goal_over_term"
            )


def _extensions(body: Body) -> Found:
    """The extension of a way of its own is counted in the days of its term."""
    for index, way in enumerate(body["redirects"]):
        if way["extension"] and (way["term"] or {}).get("unit") != way["extension"]["unit"]:
            message = _("La prórroga de «{id}» no se cuenta en los días de su plazo.").format(id=way["id"])
            fix = _("Escriba el plazo y su prórroga con la misma «unit».")
            yield Problem(("redirects", index, "extension", "unit"), message, fix, "extension_unit")


def _within_law(path: Path, term: Body | None) -> Found:
    if term and answer_terms.is_over_law(term["days"]):
        message, fix = (str(words).format(limit=answer_terms.MAX_DAYS) for words in TERM_OVER_LAW)
        yield Problem(path, message, fix, "term_over_law")


def _categories(body: Body) -> Found:
    departments = {department["id"] for department in body["departments"]}
    kinds = {kind["id"] for kind in body["kinds"]}
    redirects = {redirect["id"] for redirect in body["redirects"]} | {""}
    for path, category in categories_with_paths(body):
        yield from _known((*path, "redirect"), category["redirect"], redirects, _("la vía"))
        yield from _known((*path, "department"), category["department"], departments, _("la unidad"))
        for index, kind in enumerate(category["kinds"]):
            yield from _known((*path, "kinds", index), kind, kinds, _("el tipo de atención"))
        yield from _privacy(path, category)
        yield from _questions(path, category)
        yield from _notices(path, category)


def _privacy(path: Path, category: Body) -> Found:
    published = [name for name, shown in category["public"].items() if shown]
    if published and category["handling"] != "normal":
        message = _("Una categoría reservada no puede publicar el texto ni la fotografía.")
        yield Problem((*path, "public", published[0]), message, _("Escriba false."), "reserved_public")
    if category["duplicate_radius_m"] and category["location"] == "none":
        message = _("Se buscan solicitudes cercanas, pero no se pide el lugar.")
        fix = _("Pida el lugar («location») o deje el radio en 0.")
        yield Problem((*path, "duplicate_radius_m"), message, fix, "radius_without_location")


def _questions(path: Path, category: Body) -> Found:
    questions = category["questions"]
    here = [((*path, "questions", index), question) for index, question in enumerate(questions)]
    yield from _repeated(here)
    for place, question in here:
        yield from _options(place, question)
        if question["visible_if"]:
            yield from _condition((*place, "visible_if"), question["visible_if"], questions)
    yield from _question_cycles(here)


def _options(place: Path, question: Body) -> Found:
    wants, has = question["type"] in CHOICE_TYPES, len(question["options"])
    if wants and has < 2:
        message = _("Una pregunta de alternativas necesita al menos dos.")
        yield Problem((*place, "options"), message, _("Agregue alternativas con «id» y «label»."), "options_missing")
    if not wants and has:
        message = _("Una pregunta «{type}» no lleva alternativas.").format(type=question["type"])
        yield Problem((*place, "options"), message, _("Quítelas, o use el tipo single o multiple."), "options_unused")
    yield from _repeated(((*place, "options", index), option) for index, option in enumerate(question["options"]))


def _condition(place: Path, condition: Body, questions: Iterable[Body]) -> Found:
    by_id = {question["id"]: question for question in questions}
    yield from _known((*place, "question"), condition["question"], by_id, _("la pregunta"))
    if ("equals" in condition) == ("in" in condition):
        message = _("La condición debe llevar «equals» o «in», una sola de las dos.")
        yield Problem(place, message, _("Escriba «equals: id_de_la_opción»."), "condition_form")
    question = by_id.get(condition["question"])
    if question is None:
        return
    if question["type"] not in CHOICE_TYPES:
        message = _("La pregunta «{id}» no tiene alternativas que comparar.").format(id=question["id"])
        yield Problem((*place, "question"), message, _("Use una pregunta single o multiple."), "condition_type")
        return
    options = {option["id"] for option in question["options"]}
    if "equals" in condition:
        yield from _known((*place, "equals"), condition["equals"], options, _("la alternativa"))
    for index, value in enumerate(condition.get("in", [])):
        yield from _known((*place, "in", index), value, options, _("la alternativa"))


def _question_cycles(here: list[tuple[Path, Body]]) -> Found:
    next_of = {q["id"]: q["visible_if"]["question"] for _place, q in here if q["visible_if"]}
    for place, question in here:
        if _leads_back(question["id"], next_of):
            message = _("La pregunta «{id}» depende, directa o indirectamente, de sí misma.").format(id=question["id"])
            fix = _("Haga que dependa de una pregunta anterior.")
            yield Problem((*place, "visible_if", "question"), message, fix, "cycle")


def _notices(path: Path, category: Body) -> Found:
    for index, notice in enumerate(category["notices"]):
        place = (*path, "notices", index)
        if not notice["text"].strip():
            message = _("El aviso no tiene texto; quien lo lea no sabrá qué hacer.")
            yield Problem((*place, "text"), message, _("Diga qué pasa y a quién acudir."), "notice_text")
        if notice["effect"] == "stop" and notice["contact"] is None:
            message = _("Un aviso que detiene debe decir a quién acudir.")
            yield Problem((*place, "contact"), message, _("Agregue «contact» con «label»."), "notice_contact")
        if (notice["when"] == "answer") != (notice["answer"] is not None):
            message = _("«when: answer» lleva siempre «answer», y «when: always» nunca.")
            yield Problem((*place, "when"), message, _("Agregue o quite «answer»."), "notice_answer")
        if notice["answer"]:
            yield from _condition((*place, "answer"), notice["answer"], category["questions"])


def _templates(body: Body) -> Found:
    for index, template in enumerate(body["templates"]):
        for name in ("subject", "body"):
            yield from _placeholders(("templates", index, name), template[name])


def _placeholders(path: Path, text: str) -> Found:
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        message = _("Hay una llave sin pareja en el texto.")
        yield Problem(path, message, _("Escriba cada marcador como {nombre}, con las dos llaves."), "placeholder_form")
        return
    for _literal, name, form, conversion in parts:
        if name is None:
            continue
        if name not in PLACEHOLDERS:
            yield from _known(path, name, PLACEHOLDERS, _("el marcador"))
        elif form or conversion:
            message = _("El marcador «{name}» lleva algo más que su nombre.").format(name=name)
            yield Problem(path, message, _("Deje sólo el nombre entre llaves."), "placeholder_form")


def _scopes(body: Body) -> Found:
    known = {
        "groups": ({group["id"] for group in body["groups"]}, _("el grupo")),
        "categories": ({category["id"] for _path, category in categories_with_paths(body)}, _("la categoría")),
        "kinds": ({kind["id"] for kind in body["kinds"]}, _("el tipo de atención")),
    }
    for part in ("templates", "protocols"):
        for index, item in enumerate(body[part]):
            for key, (names, what) in known.items():
                for position, name in enumerate(item["applies_to"][key]):
                    yield from _known((part, index, "applies_to", key, position), name, names, what)


def _unit_names(body: Body) -> Found:
    departments = {department["id"] for department in body["departments"]}
    for part in ("protocols", "redirects"):
        for index, item in enumerate(body[part]):
            yield from _known((part, index, "department"), item["department"], departments, _("la unidad"))


def _pauses(body: Body) -> Found:
    """Only a named norm stops the legal clock."""
    for index, pause in enumerate(body["reasons"]["pause"]):
        if pause["stops"] == "legal_and_goal" and pause["source"] is None:
            message = _("Sólo una norma permite detener el plazo legal, y aquí no se nombra ninguna.")
            fix = _("Agregue «source» con la norma y el artículo, o escriba «stops: goal_only».")
            yield Problem(("reasons", "pause", index, "stops"), message, fix, "pause_without_norm")


KIND = PackKind(
    kind="tickets",
    schema_path="schema/tickets.json",
    check=check,
    describe=describe,
    folders={"categories": "groups"},
    exclusive=True,
)
