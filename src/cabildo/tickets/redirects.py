"""What belongs to another regime (Ley 20.285, lobby, personal data) is recognised and sent to its door."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabildo.accounts.scoping import current_municipality
from cabildo.content import queries as packs
from cabildo.kit import text as texts
from cabildo.tickets.models import Category
from cabildo.workflow.rules.terms import Rule, Unit

DATA_RIGHTS = "datos_personales"  # the regime whose form is a page of this portal
COUNTED = {
    Unit.HABILES: lambda days: ngettext("{days} día hábil", "{days} días hábiles", days),
    Unit.CORRIDOS: lambda days: ngettext("{days} día corrido", "{days} días corridos", days),
}


@dataclass(frozen=True)
class Regime:
    """A way of its own, as the adopted tree describes it."""

    described: Mapping[str, Any]

    @property
    def id(self) -> str:
        return self.described["id"]

    @property
    def label(self) -> str:
        return self.described["label"]

    @property
    def norm(self) -> str:
        return self.described["norm"]

    @property
    def explanation(self) -> str:
        return self.described["explanation"]

    @property
    def where(self) -> Mapping[str, Any]:
        return self.described["where"]

    @property
    def has_own_form(self) -> bool:
        """Whether it is asked for in this portal, in a form that proves who asks; never as an ordinary request."""
        return self.id == DATA_RIGHTS

    @property
    def url(self) -> str:
        """Where it is asked for; empty where only an office receives it."""
        return reverse("tickets:data_request_new") if self.has_own_form else self.where.get("url") or ""

    @property
    def rule(self) -> Rule | None:
        """Its legal term, extension and article; None where the tree gives it none."""
        term, extension = self.described.get("term"), self.described.get("extension")
        if not term:
            return None
        limit = extension["days"] if extension else 0
        return Rule(term["days"], Unit(term["unit"]), _article(term["source"]), extension_limit=limit)

    @property
    def term_words(self) -> str:
        """Within which term it is answered and by which article; empty where the tree gives none."""
        rule = self.rule
        if rule is None:
            return ""
        days, more = _days(rule.days, rule.unit), _days(rule.extension_limit or 0, rule.unit)
        if rule.extension_limit:
            words = _("Deben responderle en {days}. Si lo necesitan y se lo avisan, en {more} más ({article}).")
        else:
            words = _("Deben responderle en {days} ({article}).")
        return words.format(days=days, more=more, article=rule.article)


def _article(source: Mapping[str, Any]) -> str:
    return ", ".join(part for part in (source["norm"], source.get("article")) if part)


def _days(days: int, unit: Unit) -> str:
    return COUNTED[unit](days).format(days=days)


def regimes() -> list[Regime]:
    """Every regime of the trees in use. One short query."""
    in_use = packs.bodies_in_use(current_municipality().pk, "tickets")
    return [Regime(item) for body in in_use for item in body["redirects"]]


def of_category(category: Category) -> Regime | None:
    """The regime this subject belongs to; None for an ordinary one, which asks the database nothing."""
    code = category.definition.get("redirect")
    return next((regime for regime in regimes() if regime.id == code), None) if code else None


def recognised(text: str) -> list[Regime]:
    """The regimes whose keywords appear in the text, as the adopted tree describes them."""
    folded = texts.fold(text)
    return list(_named_in(folded)) if folded else []


def _named_in(folded: str) -> Iterator[Regime]:
    for regime in regimes():
        if any(word in folded for word in _folded(regime.described["keywords"])):
            yield regime


@lru_cache(maxsize=256)
def _folded(keywords: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(texts.fold(word) for word in keywords)
