"""How a refusal travels: a stable code and its facts inside, a Spanish sentence at the edge."""

from collections.abc import Mapping
from typing import Any


class DomainError(Exception):
    """A refused action. `code` is stable; `facts` fill the sentence of that code.

    Every app derives one class and sets `sentences`: code -> Spanish sentence with `{fact}` places.
    """

    sentences: Mapping[str, Any] = {}

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def sentence(self) -> str:
        """What the person reads: what happened and what to do."""
        return str(self.sentences[self.code]).format(**self.facts)
