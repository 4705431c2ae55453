"""Named questions about cycles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cabildo.accounts.models import Membership
from cabildo.accounts.queries import in_force
from cabildo.accounts.scoping import current_municipality
from cabildo.content import queries as packs
from cabildo.content.kinds import Adopted
from cabildo.content.models import PackVersion
from cabildo.documents.models import Document
from cabildo.documents.queries import kept_documents_of
from cabildo.meetings.choices import Role as MeetingRole
from cabildo.meetings.choices import State
from cabildo.meetings.models import Meeting
from cabildo.quality.choices import MovementKind
from cabildo.quality.models import Agreement, Clause, Counterpart, Cycle, Support, SupportMovement
from cabildo.quality.rules import support as rules
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.models import ProcessRun

QUESTIONNAIRES = "questionnaires"
FIRST_GATE = "quality.diagnosis_answered"


def cycles() -> QuerySet[Cycle]:
    """Those of the municipality, the newest first, each with its diagnosis."""
    return Cycle.objects.select_related("diagnosis__version__pack").defer("diagnosis__version__body")


def open_cycle() -> Cycle | None:
    return cycles().filter(closed_on=None).first()


def questionnaire_in_use() -> Adopted | None:
    """The questionnaire that the municipality adopted; with several, the first by name."""
    return next(iter(packs.adopted(current_municipality().pk, QUESTIONNAIRES)), None)


def process_version(today: date) -> PackVersion | None:
    """The process of the programme: the one that begins with a diagnosis of ours."""
    for version in processes.available_processes(current_municipality().pk, today):
        gates = (gate for stage in processes.process_of(version).stages for gate in stage.gates)
        if any(gate.check == FIRST_GATE for gate in gates):
            return version
    return None


def run_of(cycle: Cycle) -> ProcessRun | None:
    """The process in which the cycle goes from stage to stage."""
    return processes.runs_about(cycle._meta.label_lower, str(cycle.number)).first()


def cycle_of(run: ProcessRun) -> Cycle | None:
    return cycles().filter(number=int(run.on_id)).first() if run.on_id.isdigit() else None


def diagnosis_meeting(cycle: Cycle) -> Meeting | None:
    """The working meeting of the diagnosis, the last that was not cancelled."""
    mine = Meeting.objects.filter(on_type=cycle._meta.label_lower, on_id=str(cycle.pk))
    return mine.exclude(state=State.CANCELLED).order_by("-planned_start_at").first()


def was_led_by(meeting: Meeting, role: str, day: date) -> bool:
    """Did somebody who holds this role preside?"""
    presided = meeting.attendances.filter(role=MeetingRole.CHAIR, came=True).exclude(user=None)
    held = Membership.objects.filter(in_force(day), role=role)
    return presided.filter(user__in=held.values("user")).exists()


@dataclass(frozen=True)
class Entry:
    """Stage 1 of a cycle, read once: the agreement with its clauses and papers, the counterparts, the supports."""

    cycle: Cycle
    agreement: Agreement | None
    clauses: tuple[Clause, ...]
    papers: tuple[Document, ...]
    counterparts: tuple[Counterpart, ...]
    supports: tuple[Support, ...]

    @property
    def counterparts_in_force(self) -> list[Counterpart]:
        return [one for one in self.counterparts if one.ended_on is None]


def entry_of(cycle: Cycle) -> Entry:
    """Six queries, however many rows there are."""
    agreement = Agreement.objects.filter(cycle=cycle).first()
    return Entry(
        cycle=cycle,
        agreement=agreement,
        clauses=tuple(agreement.clauses.select_related("met_by")) if agreement else (),
        papers=tuple(kept_documents_of(agreement)) if agreement else (),
        counterparts=tuple(cycle.counterparts.select_related("user")),
        supports=tuple(cycle.supports.prefetch_related("movements")),
    )


def book_of(movements: Iterable[SupportMovement]) -> list[rules.Line]:
    """The movements of a support as the rules read them."""
    return [rules.Line(one.on, one.amount_clp, one.kind == MovementKind.TRANSFER) for one in movements]
