"""The register of gate checks: an app that knows a fact says whether it holds for a run, and what is missing."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from cabildo.workflow.processes.blueprint import Gate, Process
from cabildo.workflow.processes.models import GatePass, ProcessRun


@dataclass(frozen=True)
class Missing:
    """One thing that is missing, in words, and the address at which it is done.

    `fix` says how to go on when what the pack says of its gate does not serve as things stand.
    """

    what: str
    url: str
    fix: str = ""


# Everything that is missing for the run; nothing when the gate may be passed.
Check = Callable[[ProcessRun], Iterable[Missing]]
_checks: dict[str, Check] = {}
_ends: dict[str, frozenset[str]] = {}


@dataclass(frozen=True)
class Verdict:
    """A gate with what is missing; `passed_by` is who passed a manual one, or None."""

    gate: Gate
    missing: tuple[Missing, ...]
    passed: GatePass | None = None

    @property
    def holds(self) -> bool:
        return not self.missing

    @property
    def fix(self) -> str:
        """How it is passed, as things stand."""
        return next((item.fix for item in self.missing if item.fix), self.gate.fix)


def register(name: str, check: Check, *, ends: Collection[str] = ()) -> None:
    """Declare a check, from `AppConfig.ready()`, under the name that packs write: `app.noun_verb`.

    `ends`: codes of tasks that are done when nothing is missing for it. While something is, its words stand for them.
    """
    _checks[name] = check
    _ends[name] = frozenset(ends)


def unregistered(process: Process) -> list[str]:
    """Names of checks that this process asks for and nobody registered: their gates will not open."""
    asked = {gate.check for stage in process.stages for gate in stage.gates if not gate.is_manual}
    return sorted(asked - set(_checks))


def told_by(found: Iterable[Verdict]) -> frozenset[str]:
    """Codes of the tasks for which the words of these gates stand, as long as something is missing for them."""
    return frozenset(code for one in found if not one.holds for code in _ends.get(one.gate.check, ()))


def verdict(gate: Gate, run: ProcessRun, passed: Mapping[str, GatePass]) -> Verdict:
    """How a gate stands now; `passed` are the passes in force by code of gate."""
    if gate.is_manual:
        given = passed.get(gate.code)
        return Verdict(gate, () if given else (Missing(gate.label, manual_url(run, gate)),), given)
    check = _checks.get(gate.check)
    if check is None:
        words = _("«%(gate)s» no se puede revisar: este sistema no tiene la revisión «%(check)s».")
        return Verdict(gate, (Missing(words % {"gate": gate.label, "check": gate.check}, fix_url(gate, run)),))
    missing = [Missing(item.what, item.url or fix_url(gate, run), item.fix) for item in check(run)]
    return Verdict(gate, tuple(missing))


def manual_url(run: ProcessRun, gate: Gate) -> str:
    """Where a gate is passed by hand."""
    return f"{reverse('processes:run', args=[run.pk])}#{anchor(gate)}"


def anchor(gate: Gate) -> str:
    return f"requisito-{gate.code}"


def fix_url(gate: Gate, run: ProcessRun) -> str:
    """The page that a pack names, of the subject of the run or of nothing; the place of the gate otherwise."""
    for arguments in ([run.on_id] if run.on_id else [], []):
        try:
            if gate.address:
                return reverse(gate.address, args=arguments)
        except NoReverseMatch:
            continue
    return manual_url(run, gate)
