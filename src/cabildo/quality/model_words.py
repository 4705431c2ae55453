"""How people call what a model scores, who says that it is not official, and how a whole assessment is marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cabildo.content.models import PackVersion
from cabildo.content.queries import body as body_of
from cabildo.instruments.models import Assessment
from cabildo.instruments.queries import instrument
from cabildo.instruments.queries.items import scores_parts
from cabildo.quality.shown.diagnosis import standing as standing_of

type Body = Mapping[str, Any]


@dataclass(frozen=True)
class ModelWords:
    """`one` and `many` are what the model scores; `claim` is what it says of itself at the head of page and paper."""

    one: str
    many: str
    full: str
    claim: str
    mode: str
    by_part: bool

    @property
    def head(self) -> str:
        """As the heading of a column: «Elemento»."""
        return _capital(self.one)

    @property
    def heads(self) -> str:
        return _capital(self.many)

    @property
    def full_head(self) -> str:
        """By its full name: «Elemento de gestión»."""
        return _capital(self.full)

    @property
    def full_heads(self) -> str:
        return _capital(self.full.replace(self.one, self.many, 1))


def words_of(assessment: Assessment) -> ModelWords:
    """No query once the version is read."""
    mode = assessment.get_mark_mode_display() if assessment.mark_mode else ""
    return words_of_body(instrument(assessment), mode)


def words_of_body(body: Body, mode: str = "") -> ModelWords:
    """A model with one element for each subcriterion is spoken of by subcriteria."""
    claim, by_part = claim_of(body), scores_parts(body)
    if by_part:
        return ModelWords(_("subcriterio"), _("subcriterios"), _("subcriterio"), claim, mode, by_part)
    return ModelWords(_("elemento"), _("elementos"), _("elemento de gestión"), claim, mode, by_part)


def claim_of(body: Body) -> str:
    """The first sentence of its notice: «Basado en CAF 2020 (EIPA), no oficial»; empty of an official model."""
    return str(body["model"].get("notice", "")).partition(".")[0].strip()


def standing(version: PackVersion) -> str:
    """Title, version and what the model says of itself, as every screen and paper of stages 3 to 7 says it."""
    told, claim = standing_of(version), claim_of(body_of(version))
    return told if claim.lower() in told.lower() else f"{told} · {claim}"


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
