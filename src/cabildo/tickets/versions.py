"""How the tree of categories is adopted, and what changes between two of its versions, in words to decide on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from cabildo.content import Adoptable
from cabildo.tickets.choices import TicketPermission

# What a municipality decides for itself stays as it decided; these are what a version brings.
FIELDS: dict[str, Any] = {
    "label": _("nombre"),
    "help": _("ayuda"),
    "keywords": _("palabras clave"),
    "kinds": _("tipos"),
    "questions": _("preguntas"),
    "notices": _("avisos"),
    "location": _("si pide ubicación"),
    "photo": _("si pide foto"),
    "identity": _("si pide identidad"),
    "term": _("plazo"),
    "urgency": _("urgencia"),
    "handling": _("cómo se trata la identidad"),
}


@dataclass
class Difference:
    """Categories added and taken away by label, and changed ones with the names of what changed."""

    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[tuple[str, list[str]]] = field(default_factory=list)


def between(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    before, after = _categories(old), _categories(new)
    difference = Difference(
        added=[category["label"] for code, category in after.items() if code not in before],
        removed=[category["label"] for code, category in before.items() if code not in after],
    )
    for code in before.keys() & after.keys():
        if names := _changed(before[code], after[code]):
            difference.changed.append((after[code]["label"], names))
    difference.changed.sort()
    return difference


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """The same, a line each."""
    found = between(old, new)
    yield from (say("agrega «%s»") % label for label in found.added)
    yield from (say("cierra «%s»") % label for label in found.removed)
    for label, names in found.changed:
        yield say("cambia «%(label)s»: %(names)s") % {"label": label, "names": ", ".join(names)}


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [str(name) for key, name in FIELDS.items() if before.get(key) != after.get(key)]


def _categories(body: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {category["id"]: category for group in body["groups"] for category in group["categories"]}


ADOPTABLE = Adoptable(
    title=_("Árbol de categorías"),
    lead=_("Trae las materias, sus preguntas y quién suele responder. Usted decide después sobre cada una."),
    done=_("Revise ahora quién responde en cada categoría."),
    order=10,
    permission=TicketPermission.CONFIGURE,
    needed=_("Adoptar un árbol de categorías"),
    changes=changes,
)
