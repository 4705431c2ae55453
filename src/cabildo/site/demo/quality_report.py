"""The Informe de Autoevaluación of Puerto Claro and its Plan de Mejoras, as they were put together, read and sent."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from cabildo.accounts.models import User
from cabildo.documents import papers
from cabildo.meetings.actions import holding, planning
from cabildo.meetings.actions.holding import Noted
from cabildo.meetings.choices import MeetingKind
from cabildo.meetings.models import Meeting
from cabildo.quality.actions import report as actions
from cabildo.quality.actions import sending
from cabildo.quality.choices import BackgroundKind, Subject
from cabildo.quality.models import Committee, Cycle, Report
from cabildo.quality.queries import report as queries
from cabildo.quality.queries.improvement import plan_of
from cabildo.quality.shown import plan_paper, report, report_paper
from cabildo.site.demo import quality_stages
from cabildo.site.demo.people import official
from cabildo.site.demo.quality_papers import pdf

ORGANISATION = (
    "Las direcciones trabajan en el edificio consistorial, y hay una delegación en Las Gaviotas. La alcaldía reúne cada"
    " lunes al equipo directivo. En verano se suman cuadrillas de aseo, salvavidas y un mesón en la costanera."
)
CHALLENGES = (
    "Atender bien a una población que se triplica en febrero sin descuidar los sectores altos.\nMedir cada año lo que"
    " hoy se sabe por experiencia.\nPreparar la costa para marejadas más frecuentes."
)
CENSUS, OWN = "Censo 2024 (cifra ficticia)", "Registro propio (cifra ficticia)"
MILLION = 1_000_000
# kind: value, whole, source
FIGURES: tuple[tuple[BackgroundKind, int, int | None, str], ...] = (
    (BackgroundKind.POPULATION, 18_460, None, CENSUS),
    (BackgroundKind.SURFACE, 212, None, OWN),
    (BackgroundKind.RURAL, 2_910, 18_460, CENSUS),
    (BackgroundKind.STAFF_PERMANENT, 84, None, OWN),
    (BackgroundKind.STAFF_ANNUAL, 61, None, OWN),
    (BackgroundKind.STAFF_FEES, 47, None, OWN),
)
SPENT = (9_870 * MILLION, 9_140 * MILLION, 8_655 * MILLION)  # of the last years, the latest first
READ = "Se entiende y está completo. Corrijan dos títulos de evidencia antes de enviarlo la próxima vez."
READ_PLAN = "Las líneas responden a las brechas y sus medios de verificación son papeles que existirán."
BODY = "Centro Validador (demostración)"


def agree_scores(cycle: Cycle, today: date, lead: User) -> Meeting:
    """The session in which the committee agreed the scores, yesterday, with its acta signed."""
    body = Committee.objects.select_related("body").get(cycle=cycle).body
    starts_at = timezone.make_aware(datetime.combine(today - timedelta(days=1), time(9)))
    ends_at = starts_at + timedelta(hours=3)
    meeting = planning.plan_meeting(
        title="Acuerdo de los puntajes de la autoevaluación",
        kind=MeetingKind.ORDINARY,
        starts_at=starts_at,
        ends_at=ends_at,
        place="Salón de reuniones",
        body=body,
        agenda=[planning.Point("Elementos en que las propuestas difieren", 120), planning.Point("Resumen", 60)],
        by=lead,
    )
    holding.note_times(meeting, started_at=starts_at, ended_at=ends_at, now=timezone.now(), by=lead)
    holding.take_attendance(meeting, {one.pk: Noted("came") for one in meeting.attendances.all()}, by=lead)
    holding.state_quorum(Meeting.objects.get(pk=meeting.pk), note="", at=timezone.now(), by=lead)
    meeting = Meeting.objects.get(pk=meeting.pk)
    quality_stages.sign(meeting, lead)
    return meeting


def complete(cycle: Cycle, meeting: Meeting, today: date, lead: User) -> None:
    """The five contents: background and letter, and the acta of that meeting."""
    actions.save_background(cycle, organisation=ORGANISATION, challenges=CHALLENGES, revision=0, by=lead)
    year = today.year - 1
    for kind, value, whole, source in FIGURES:
        _figure(cycle, kind, None, today, lead, value=Decimal(value), whole=whole, source=source, year=year)
    for asked, spent in zip(queries.budget_years(cycle), SPENT, strict=False):
        told: dict[str, Any] = {"value": Decimal(spent), "source": "Balance de ejecución (cifra ficticia)"}
        _figure(cycle, BackgroundKind.BUDGET, asked, today, lead, year=asked, **told)
    letter: dict[str, Any] = {"letter_number": f"ORD {76 + cycle.number}", "letter_on": today, "revision": 0}
    actions.save_letter(cycle, today=today, by=lead, paper=_letter("Informe de Autoevaluación"), **letter)
    revision = Report.objects.get(cycle=cycle).revision
    actions.choose_acta(cycle, meeting=meeting, revision=revision, by=lead)


def _figure(cycle: Cycle, kind: str, asked: int | None, today: date, lead: User, **told: Any) -> None:
    whole = told.pop("whole", None)
    if whole is not None:
        told["whole"] = Decimal(whole)
    actions.save_figure(cycle, kind=kind, asked_year=asked, revision=0, today=today, by=lead, **told)


def _letter(what: str) -> ContentFile:
    return ContentFile(pdf([f"Oficio de la alcaldía que envía: {what}"]), name="oficio.pdf")


def review(cycle: Cycle, today: date) -> None:
    """The consultant reads it whole and says what they think."""
    seen = report.now(queries.told(cycle, today))
    actions.review(cycle, subject=Subject.REPORT, seen=seen, remarks=READ, by=official("consultora"))


def send(cycle: Cycle, today: date, lead: User) -> None:
    """Sent with its copy, and the declared scores are sealed."""
    told = queries.told(cycle, today)
    copy = sending.Copy(
        name=f"Informe de Autoevaluación, ciclo {cycle.number}",
        pdf=report_paper.pdf(told, at=timezone.now()),
        data=report_paper.xlsx(told),
        content_sha256=report.now(told),
    )
    sending.send_report(cycle, to=BODY, copy=copy, today=today, by=lead)


def review_plan(cycle: Cycle) -> None:
    plan = plan_of(cycle)
    if plan is not None:
        seen = queries.plan_fingerprint(plan)
        actions.review(cycle, subject=Subject.PLAN, seen=seen, remarks=READ_PLAN, by=official("consultora"))


def send_plan(cycle: Cycle, today: date, lead: User) -> None:
    """Sent with its letter; from now on it is no draft."""
    plan = plan_of(cycle)
    if plan is None:
        return
    copy = sending.Copy(
        name=f"Plan de Mejoras, ciclo {cycle.number}",
        pdf=papers.pdf(plan_paper.report(cycle, plan, today, at=timezone.now())),
        data=plan_paper.xlsx(cycle, plan, today),
        content_sha256=queries.plan_fingerprint(plan),
    )
    letter: dict[str, Any] = {"letter_number": f"ORD {103 + cycle.number}", "letter_on": today}
    paper = _letter("Plan de Mejoras")
    sending.send_plan(cycle, to=BODY, copy=copy, today=today, by=lead, paper=paper, **letter)
