"""The register of what runs are about: the app that owns a run says where its end and its next cycle are decided.

Some runs stand for more than their stages: withdrawing one, taking it up again or opening its next cycle changes what
it is about too. The pages of a process then lead to those of the owner, which call the actions of this app.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from cabildo.workflow.processes.models import ProcessRun


@dataclass(frozen=True)
class Pages:
    """The addresses at which a run is withdrawn, taken up again, and followed by its next cycle; empty: not by hand."""

    withdraw: str
    resume: str
    next_cycle: str


Owner = Callable[[ProcessRun], Pages]
_owners: dict[str, Owner] = {}


def register(on_type: str, owner: Owner) -> None:
    """Runs about this type are decided on these pages. From `AppConfig.ready()`."""
    _owners[on_type] = owner


def owned_pages(run: ProcessRun) -> Pages | None:
    """The pages of the app that owns the run; None when the pages of a process serve it."""
    owner = _owners.get(run.on_type)
    return owner(run) if owner and run.on_id else None


def pages_of(run: ProcessRun) -> Pages:
    """Where a person does it: at the owner's, or here."""
    here = Pages(*(reverse(f"processes:{name}", args=[run.pk]) for name in ("withdraw", "resume", "new_cycle")))
    return owned_pages(run) or here
