"""The report of a self-assessment, read once: its five contents, what was said of it and what was sent."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cabildo.accounts.scoping import current_municipality
from cabildo.content.validation import digest as content_digest
from cabildo.documents.models import Document
from cabildo.documents.queries import kept_documents_of
from cabildo.instruments.models import Assessment, Evidence, YearFigure
from cabildo.instruments.queries.sheets import Whole, files_of, read
from cabildo.meetings.choices import State
from cabildo.meetings.models import Acta, Attendance, Meeting
from cabildo.meetings.queries.signing import acta_in_force, paper_of
from cabildo.plans.models import Plan
from cabildo.plans.queries.snapshot import snapshot
from cabildo.quality.choices import BackgroundKind, Subject
from cabildo.quality.models import (
    Background,
    BackgroundFigure,
    Committee,
    ConsultantReview,
    Cycle,
    Enrolment,
    Report,
    Sending,
)

BUDGET_YEARS = 3


@dataclass(frozen=True)
class Told:
    """Everything the report says. `filled` is None until stage 3 begins; `files` are those of each evidence."""

    cycle: Cycle
    municipality: str
    report: Report | None
    letter_files: Sequence[Document]
    committee: Committee | None
    acta: Acta | None
    attended: Sequence[Attendance]
    background: Background | None
    figures: Sequence[BackgroundFigure]
    filled: Whole | None
    series: Sequence[YearFigure]
    evidence: Sequence[Evidence]
    files: Mapping[int, Sequence[Document]]

    @property
    def meeting(self) -> Meeting | None:
        return self.report.meeting if self.report else None

    @property
    def acta_is_signed(self) -> bool:
        return self.meeting is not None and self.acta is not None and self.meeting.state == State.SIGNED

    @cached_property
    def evidence_numbers(self) -> dict[int, str]:
        """How the report calls each evidence: «E1», «E2»."""
        return {paper.pk: f"E{number}" for number, paper in enumerate(self.evidence, start=1)}

    def figure(self, kind: str, year: int | None = None) -> BackgroundFigure | None:
        """What is known of a kind, of one year when it is the budget."""
        found = (one for one in self.figures if one.kind == kind and (year is None or one.year == year))
        return next(found, None)


def told(cycle: Cycle, today: date) -> Told:
    """A fixed number of queries, however many elements and evidences there are."""
    report = Report.objects.filter(cycle=cycle).select_related("meeting__body").first()
    background = Background.objects.filter(cycle=cycle).first()
    acta = acta_in_force(report.meeting) if report and report.meeting else None
    assessment = cycle.self_assessment
    papers = _papers(assessment) if assessment else []
    return Told(
        cycle=cycle,
        municipality=current_municipality().name,
        report=report,
        letter_files=list(kept_documents_of(report)) if report else [],
        committee=Committee.objects.filter(cycle=cycle).select_related("body").first(),
        acta=acta,
        attended=list(acta.meeting.attendances.filter(came=True).order_by("pk")) if acta else [],
        background=background,
        figures=list(background.figures.all()) if background else [],
        filled=read(assessment, today, for_paper=True) if assessment else None,
        series=list(assessment.figures.select_related("noted_by")) if assessment else [],
        evidence=papers,
        files=files_of(papers) if papers else {},
    )


def acta_paper(acta: Acta | None) -> Document | None:
    """The issued paper of the acta that backs the scores, while it is kept. One query."""
    issued = paper_of(acta) if acta else None
    paper: Document | None = issued.document if issued else None
    return paper if paper is not None and paper.path else None


def backing_acta(cycle: Cycle) -> Acta | None:
    """The acta in force of the meeting that backs the scores. Two queries."""
    report = Report.objects.filter(cycle=cycle).select_related("meeting").first()
    return acta_in_force(report.meeting) if report and report.meeting else None


def _papers(assessment: Assessment) -> list[Evidence]:
    """With who added each and what it is used for. Two queries."""
    return list(assessment.evidence.select_related("added_by").prefetch_related("uses"))


def budget_years(cycle: Cycle) -> list[int]:
    """The last three whole years before the cycle began, the newest first."""
    return [cycle.opened_on.year - back for back in range(1, BUDGET_YEARS + 1)]


def asked_for(cycle: Cycle) -> list[tuple[BackgroundKind, int | None]]:
    """Every figure the background asks for; the budget, of each of its years."""
    single = [(kind, None) for kind in BackgroundKind if kind != BackgroundKind.BUDGET]
    return [*single, *((BackgroundKind.BUDGET, year) for year in budget_years(cycle))]


def known_figure(cycle: Cycle, kind: str, year: int | None) -> BackgroundFigure | None:
    """What is written of a kind, of one year when it is the budget."""
    found = BackgroundFigure.objects.filter(background__cycle=cycle, kind=kind)
    return (found.filter(year=year) if year else found).first()


def committee_meetings(cycle: Cycle) -> list[Meeting]:
    """Those of the committee of the cycle that were not called off, the newest first."""
    found = Meeting.objects.filter(body__in=Committee.objects.filter(cycle=cycle).values("body"))
    return list(found.exclude(state=State.CANCELLED).select_related("body").order_by("-planned_start_at"))


def reviews_of(cycle: Cycle, subject: str) -> list[ConsultantReview]:
    """What the consultant said, the newest first."""
    return list(cycle.consultant_reviews.filter(subject=subject).select_related("reviewed_by"))


def sendings_of(cycle: Cycle, subject: str) -> list[Sending]:
    """What was sent, the newest first."""
    return list(cycle.sendings.filter(subject=subject).select_related("sent_by"))


def last_sending(cycle: Cycle, subject: str = Subject.REPORT) -> Sending | None:
    found: Sending | None = cycle.sendings.filter(subject=subject).first()
    return found


def validating_body() -> str:
    """Who validates, as the programme enrolled the municipality; empty while nobody said so."""
    enrolled = Enrolment.objects.select_related("validating_agency").first()
    return str(enrolled.validating_agency) if enrolled and enrolled.validating_agency else ""


def plan_fingerprint(plan: Plan) -> str:
    """SHA-256 of the whole plan as it stands."""
    return content_digest(snapshot(plan))


def digest(content: object) -> str:
    """SHA-256 of plain content, whatever the order of its keys."""
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()


def digest_of_bytes(content: bytes) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()
