"""How a refusal travels: a stable code and its facts inside, a Spanish sentence at the edge."""

from collections.abc import Mapping
from typing import Any


class DomainError(Exception):
    """A refused action. `code` is stable; `facts` fill the sentence of that code.

    Every app derives one class and sets `sentences`: code -> Spanish sentence with `{fact}` places, and `fields`:
    code -> the field of a form that is to blame, when one is and the fact `field` does not say which.
    """

    sentences: Mapping[str, Any] = {}
    fields: Mapping[str, str] = {}
    is_about_a_file = False

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def field(self) -> str:
        """The field to blame; nothing when it is the whole."""
        return str(self.facts.get("field") or self.fields.get(self.code, ""))

    @property
    def sentence(self) -> str:
        """What the person reads: what happened and what to do."""
        return str(self.sentences[self.code]).format(**self.facts)
