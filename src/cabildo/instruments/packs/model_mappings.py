"""What a mapping between two versions of a model must satisfy: every element of both is in it, once, and truly told.

The two models are other packs: they must be published, or be read before it in the same check.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cabildo.content import PackKind, Problem
from cabildo.instruments.packs import findings
from cabildo.instruments.packs.assessment_models import subcriteria
from cabildo.instruments.packs.findings import Body, Found, Path
from cabildo.instruments.rules.mappings import PairKind

SIDES = ("before", "after")
LISTS = {"before": "ended", "after": "begun"}  # where the elements of a side are named that have no pair
SAYS = ("label", "question", "levels", "is_optional")
type Elements = Mapping[str, Mapping[str, Any]]  # element -> what it says, its method whole, and its subcriterion


def check(body: Body) -> list[Problem]:
    """What is wrong whatever the models say: one version twice, an element twice, a reason left out."""
    mapping = body["mapping"]
    return [
        *_two_versions(mapping),
        *(problem for side in SIDES for problem in _once(mapping, side)),
        *_reasons(mapping),
        *findings.placeholders(("mapping",), mapping),
    ]


def check_against(body: Body, find: Any) -> list[Problem]:
    """What is wrong beside the two models: one that nobody published, an element unknown, forgotten or told amiss."""
    mapping = body["mapping"]
    models = {side: find(mapping[side]["model"], mapping[side]["version"]) for side in SIDES}
    missing = [side for side in SIDES if models[side] is None]
    if missing:
        return [_unpublished(side, mapping[side]) for side in missing]
    known = {side: _elements(model) for side, model in models.items()}
    found = [problem for side in SIDES for problem in _all_named(mapping, side, known[side])]
    return found or list(_truly_told(mapping, known["before"], known["after"]))


def describe(body: Body) -> str:
    """One sentence: from which version to which, and how many elements go on, end and begin."""
    mapping = body["mapping"]
    sentence = _("De {before} a {after}. Elementos que siguen: {pairs}; que terminan: {ended}; que comienzan: {begun}.")
    return sentence.format(
        before=named(mapping["before"]),
        after=named(mapping["after"]),
        pairs=len(mapping["pairs"]),
        ended=len(mapping["ended"]),
        begun=len(mapping["begun"]),
    )


def named(version: Body) -> str:
    """«assessment_models/modelo v2»."""
    return f"{version['model']} v{version['version']}"


def _two_versions(mapping: Body) -> Found:
    if mapping["before"] == mapping["after"]:
        message = _("Las dos versiones son la misma: {version}.").format(version=named(mapping["after"]))
        fix = _("Escriba en «after» la versión nueva. Una misma versión se compara sola.")
        yield Problem(("mapping", "after", "version"), message, fix, "same_version")


def _placed(mapping: Body, side: str) -> Iterator[tuple[Path, str]]:
    """Every mention of an element of a side, with the way to it."""
    for path, pair in findings.items(("mapping", "pairs"), mapping["pairs"]):
        yield (*path, side), pair[side]
    for path, alone in findings.items(("mapping", LISTS[side]), mapping[LISTS[side]]):
        yield (*path, "element"), alone["element"]


def _once(mapping: Body, side: str) -> Found:
    seen: set[str] = set()
    for path, name in _placed(mapping, side):
        if name in seen:
            message = _("El elemento «{name}» aparece dos veces.").format(name=name)
            yield Problem(path, message, _("Deje una sola: un elemento tiene un solo destino."), "element_twice")
        seen.add(name)


def _reasons(mapping: Body) -> Found:
    for path, pair in findings.items(("mapping", "pairs"), mapping["pairs"]):
        if pair["kind"] != PairKind.SAME and not pair["reason"].strip():
            message = _("«{name}» cambió y no dice por qué sigue siendo el mismo elemento.").format(name=pair["before"])
            yield Problem((*path, "reason"), message, _("Escriba el motivo en una frase."), "reason_missing")


def _unpublished(side: str, version: Body) -> Problem:
    message = _("No está publicada {version}.").format(version=named(version))
    fix = _("Revise modelo y número; si es nueva, publíquela antes con «cabildo content load».")
    return Problem(("mapping", side, "version"), message, fix, "version_unknown")


def _elements(model: Body) -> Elements:
    methods = {method["id"]: _scale(method) for method in model["model"]["methods"]}
    return {
        element["id"]: {
            "part": part["id"],
            "method": methods[element["method"]],
            **{name: _plain(element[name]) for name in SAYS},
        }
        for _path, part in subcriteria(model)
        for element in part["elements"]
    }


def _scale(method: Body) -> Mapping[str, Any]:
    return {name: _plain(value) for name, value in method.items() if name not in {"label", "about"}}


def _plain(value: Any) -> Any:
    """The value as it compares: published bodies are read-only and those read from files are not."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _all_named(mapping: Body, side: str, known: Elements) -> Found:
    """Every name is of an element of that version, and every element of it is named."""
    told = set()
    what = _("en {version} el elemento").format(version=named(mapping[side]))
    for path, name in _placed(mapping, side):
        told.add(name)
        yield from findings.known(path, name, known, what)
    forgotten = [name for name in known if name not in told]
    if forgotten:
        message = _("Faltan elementos de {version}: {names}.")
        message = message.format(version=named(mapping[side]), names=", ".join(forgotten))
        fix = _("Nombre cada uno en «pairs» o en «{list}».").format(list=LISTS[side])
        yield Problem(("mapping", LISTS[side]), message, fix, "element_forgotten")


def _truly_told(mapping: Body, before: Elements, after: Elements) -> Found:
    """What is called the same says the same in the same place; what is called moved did move."""
    for path, pair in findings.items(("mapping", "pairs"), mapping["pairs"]):
        was, now = before[pair["before"]], after[pair["after"]]
        kind = _what_happened(was, now)
        if pair["kind"] == PairKind.SAME and kind != PairKind.SAME:
            message = _("«{name}» no dice lo mismo en las dos versiones: cambió {what}.")
            message = message.format(name=pair["before"], what=_what_changed(was, now))
            fix = _("Escriba «kind: {kind}» y el motivo.").format(kind=kind)
            yield Problem((*path, "kind"), message, fix, "not_the_same")
        elif pair["kind"] == PairKind.MOVED and was["part"] == now["part"]:
            message = _("«{name}» sigue en el subcriterio «{part}».").format(name=pair["before"], part=was["part"])
            fix = _("Escriba «kind: {kind}».").format(kind=kind)
            yield Problem((*path, "kind"), message, fix, "not_moved")


def _what_happened(was: Mapping[str, Any], now: Mapping[str, Any]) -> PairKind:
    if was["part"] != now["part"]:
        return PairKind.MOVED
    return PairKind.SAME if was == now else PairKind.REWORDED


def _what_changed(was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    names = {
        "part": _("el subcriterio"),
        "method": _("el método"),
        "label": _("el nombre"),
        "question": _("la pregunta"),
        "levels": _("los niveles"),
        "is_optional": _("si es opcional"),
    }
    return ", ".join(words for name, words in names.items() if was[name] != now[name])


KIND = PackKind(
    kind="model_mappings",
    schema_path="schema/model_mappings.json",
    check=check,
    describe=describe,
    check_against=check_against,
)
