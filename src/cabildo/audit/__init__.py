"""Who did or read what, when. The public verbs are imported lazily: models load later."""

from typing import Any


def __getattr__(name: str) -> Any:
    if name in {"Actor", "SYSTEM", "entry", "gathering", "record", "record_reads", "record_together", "seal_pending"}:
        from cabildo.audit import actions

        return getattr(actions, name)
    raise AttributeError(name)
