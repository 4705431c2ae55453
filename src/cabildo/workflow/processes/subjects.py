"""The register of what runs are about: the app that owns a run says where its end and its next cycle are decided.

Some runs stand for more than their stages: withdrawing one, taking it up again or opening its next cycle changes what
it is about too. The pages of a process then lead to those of the owner, which call the actions of this app. A process
whose gates look at what it is about begins there as well: started by itself, they would never open.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from cabildo.ui.parts import Words
from cabildo.workflow.processes.blueprint import Process
from cabildo.workflow.processes.models import ProcessRun


@dataclass(frozen=True)
class Pages:
    """The addresses at which a run is withdrawn, taken up again, and followed by its next cycle; empty: not by hand."""

    withdraw: str
    resume: str
    next_cycle: str


@dataclass(frozen=True)
class Beginning:
    """Where the processes begin that ask for checks whose names begin so: a name for people, the name of an address."""

    checks: str
    label: Words
    address: str

    @property
    def url(self) -> str:
        return reverse(self.address)


Owner = Callable[[ProcessRun], Pages]
_owners: dict[str, Owner] = {}
_beginnings: dict[str, Beginning] = {}


def register(on_type: str, owner: Owner, beginning: Beginning) -> None:
    """Runs about this type are decided on these pages, and begin there. From `AppConfig.ready()`."""
    _owners[on_type] = owner
    _beginnings[on_type] = beginning


def beginning_of(process: Process) -> Beginning | None:
    """Where a process begins that is about something; None when it is started by itself."""
    checks = {gate.check for stage in process.stages for gate in stage.gates}
    owned = (one for one in _beginnings.values() if any(check.startswith(one.checks) for check in checks))
    return next(owned, None)


def owned_pages(run: ProcessRun) -> Pages | None:
    """The pages of the app that owns the run; None when the pages of a process serve it."""
    owner = _owners.get(run.on_type)
    return owner(run) if owner and run.on_id else None


def pages_of(run: ProcessRun) -> Pages:
    """Where a person does it: at the owner's, or here."""
    here = Pages(*(reverse(f"processes:{name}", args=[run.pk]) for name in ("withdraw", "resume", "new_cycle")))
    return owned_pages(run) or here
