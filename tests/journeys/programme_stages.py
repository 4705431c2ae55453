"""What is done in each stage: the steps that decide on their pages, the mass of words as in the demonstration."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from cabildo.accounts.models import Agency, Department
from cabildo.meetings.actions import holding, minutes, planning
from cabildo.meetings.actions.holding import Noted
from cabildo.meetings.models import Meeting
from cabildo.quality import queries
from cabildo.quality.choices import Stage as Method
from cabildo.quality.models import Agreement, Committee, Enrolment, Support, Training, TrainingAttendance, Validator
from cabildo.quality.queries.validators import assignment_for
from cabildo.site.demo import (
    programme,
    quality,
    quality_committee,
    quality_committee_plans,
    quality_entry,
    quality_plan,
    quality_self_assessment,
    quality_validation,
)
from journeys.programme import DESK, LEADS, PLACE, VALIDATES, Walk, paper

HERE = f"{DESK}1/"
MEETINGS = "/m/puerto-claro/mesa/reuniones/"


def invitation(walk: Walk) -> None:
    """The programme invites, the mayor accepts, a professional is sent, and a cycle begins."""
    body = Agency.objects.get(slug=programme.VALIDATES)
    asked = {"municipality": walk.municipality.pk, "invitation": programme.INVITATION, "validating_agency": body.pk}
    assert walk.is_refused("profesional", f"{LEADS}invitar/", **asked)
    walk.does("conduccion", f"{LEADS}invitar/", **asked)
    assert walk.is_refused("comite", f"{DESK}programa/aceptar/")
    walk.does("alcaldia", f"{DESK}programa/aceptar/")
    assert Enrolment.objects.get().answered_by == walk.person("alcaldia")
    sent = {"professional": walk.person("profesional").pk, "validating_agency": body.pk}
    walk.does("conduccion", f"{LEADS}{PLACE}acompanamiento/", **sent)
    assert walk.is_refused("comite", f"{DESK}comenzar/")
    walk.does("calidad", f"{DESK}comenzar/")


def diagnosis(walk: Walk) -> None:
    """They meet, answer, close, sign; the professional confirms the line."""
    lead, cycle = walk.person("calidad"), walk.cycle
    quality.meet(cycle, walk.today, lead)
    walk.does("calidad", f"{HERE}diagnostico/cerrar/")
    assert walk.cycle.diagnosis.is_open
    quality.answer(walk.cycle.diagnosis, lead)
    assert walk.is_refused("comite", f"{HERE}diagnostico/cerrar/")
    walk.does("calidad", f"{HERE}diagnostico/cerrar/")
    sign(walk, queries.diagnosis_meeting(walk.cycle), ("alcaldia", "calidad"))
    decided = {"line": "progressive", "reason": programme.REASON}
    assert walk.is_refused("alcaldia", f"{HERE}linea/confirmar/", **decided)
    walk.does("profesional", f"{HERE}linea/confirmar/", **decided)


def sign(walk: Walk, meeting: Meeting, signers: tuple[str, ...]) -> None:
    """What is still blank is written, the acta closed on its page, and each signs with the own account."""
    lead = walk.person("calidad")
    for item in meeting.items.filter(minute=None):
        minutes.write_minute(item, {"text": "Se revisó y se acordó."}, base=0, by=lead)
    walk.does("calidad", f"{MEETINGS}{meeting.pk}/acta/cerrar/")
    for name in signers:
        seat = meeting.attendances.get(user=walk.person(name))
        walk.does(name, f"{MEETINGS}{meeting.pk}/firmas/{seat.pk}/")


def entry(walk: Walk) -> None:
    """The municipality wrote its part; the agency signed, the file is kept and the first money comes."""
    quality_entry.write(walk.cycle, walk.today, walk.person("calidad"))
    agreement = Agreement.objects.get()
    signed = {"agency": "SUBDERE", "municipality_signed_on": walk.today, "agency_signed_on": walk.today}
    assert walk.is_refused("comite", f"{HERE}ingreso/convenio/", **signed)
    told = {**signed, "revision": agreement.revision, "number": "", "note": "", "paper": paper("convenio")}
    walk.does("calidad", f"{HERE}ingreso/convenio/", **told)
    came = {"kind": "transfer", "on": walk.today, "amount_clp": 6_000_000, "paper": "Resolución exenta N° 812"}
    moves = f"{HERE}ingreso/apoyos/{Support.objects.get().pk}/movimientos/agregar/"
    assert walk.is_refused("comite", moves, **came)
    walk.does("profesional", moves, **came)


def committee(walk: Walk) -> None:
    """Appointed, with its plans; the programme trains it."""
    quality_committee.write(walk.cycle, walk.today, walk.person("calidad"))
    quality_committee_plans.start(walk.cycle, walk.today, walk.person("calidad"))
    declare_the_last_method(walk)
    begins, ends = walk.today - timedelta(days=2), walk.today - timedelta(days=1)
    about = {"title": "Taller del programa", "kind": "programme", "place": "Salón", "trainers": "Ema Paz"}
    told = {**about, "starts_on": begins, "ends_on": ends, "revision": 0}
    assert walk.is_refused("profesional", f"{LEADS}capacitaciones/planificar/", **told)
    walk.does("conduccion", f"{LEADS}capacitaciones/planificar/", **told)
    here = f"{LEADS}capacitaciones/{Training.objects.get().pk}/"
    walk.does("conduccion", f"{here}convocar/", municipality=walk.municipality.pk)
    came = {f"persona_{one.pk}": "si" for one in TrainingAttendance.objects.all()}
    walk.does("conduccion", f"{here}asistencia/puerto-claro/", **came)


def declare_the_last_method(walk: Walk) -> None:
    page = f"{HERE}comite/metodologia/{Method.IMPLEMENTATION}/"
    departments = [*Department.objects.values_list("pk", flat=True)[:2]]
    told = {"people": "Quien lleva cada línea.", "how": "Cada mes.", "departments": departments, "revision": 0}
    assert walk.is_refused("comite", page, **told)
    walk.does("calidad", page, **told)


def self_assessment(walk: Walk) -> None:
    """All is written and agreed, closed on its page; the report is put together, read by the consultant, sent."""
    quality_self_assessment.fill(walk.cycle, walk.today, walk.person("calidad"))
    assert walk.is_refused("comite", f"{HERE}autoevaluacion/cerrar/")
    walk.does("calidad", f"{HERE}autoevaluacion/cerrar/")
    report_contents(walk)
    review(walk, "informe")
    sent = {"to": "Centro Validador"}
    assert walk.is_refused("consultora", f"{HERE}informe/enviar/", **sent)
    walk.does("calidad", f"{HERE}informe/enviar/", **sent)


def report_contents(walk: Walk) -> None:
    letter = {"letter_number": "ORD 77", "letter_on": walk.today, "revision": 0, "paper": paper("oficio")}
    walk.does("calidad", f"{HERE}informe/oficio/", **letter)
    meeting = scores_agreed(walk)
    sign(walk, meeting, ("alcaldia", "calidad"))
    walk.does("calidad", f"{HERE}informe/acta/", meeting=meeting.pk, revision=1)
    words = {"organisation": "Ocho direcciones.", "challenges": "Llegar al borde rural.", "revision": 0}
    walk.does("calidad", f"{HERE}informe/antecedentes/textos/", **words)
    people = {"value": "12345", "year": 2024, "source": "Censo 2024, INE", "revision": 0}
    walk.does("calidad", f"{HERE}informe/antecedentes/poblacion/", **people)


def scores_agreed(walk: Walk) -> Meeting:
    """The session of the committee, held yesterday."""
    lead, body = walk.person("calidad"), Committee.objects.get(cycle=walk.cycle).body
    starts = timezone.make_aware(datetime.combine(walk.today - timedelta(days=1), time(10)))
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=1), "place": "Salón", "kind": "ordinary"}
    agenda = [planning.Point("Puntajes", 30)]
    meeting = planning.plan_meeting(title="Acuerdo de puntajes", body=body, agenda=agenda, by=lead, **times)
    ended = {"started_at": starts, "ended_at": starts + timedelta(hours=1)}
    holding.note_times(meeting, **ended, now=timezone.now(), by=lead)
    holding.take_attendance(meeting, {one.pk: Noted("came") for one in meeting.attendances.all()}, by=lead)
    holding.state_quorum(meeting, note="", at=timezone.now(), by=lead)
    return Meeting.objects.get(pk=meeting.pk)


def review(walk: Walk, what: str) -> None:
    """The consultant reads it whole and says something; nobody of the municipality may in their place."""
    page = f"{HERE}{what}/revisar/"
    seen = walk.browser("consultora").get(page).context["form"]["seen"].value()
    said = {"remarks": "Se entiende y está completo.", "seen": seen}
    assert walk.is_refused("calidad", page, **said)
    walk.does("consultora", page, **said)


def validation(walk: Walk) -> None:
    """Two are entered in the register, sent, and declare; they mark, talk, agree, and issue the report."""
    for name in quality_validation.PEOPLE:
        send_validator(walk, name)
    quality_validation.validate(walk.cycle, walk.today)


def send_validator(walk: Walk, name: str) -> None:
    user = walk.person(name)
    dates = {"trained_on": walk.today, "valid_until": walk.today + timedelta(days=700), "revision": 0}
    told = {"full_name": user.full_name, "email": user.email, "employer": "Universidad", "note": "", **dates}
    assert walk.is_refused(name, f"{VALIDATES}validadores/inscribir/", **told)
    walk.does("coordinacion", f"{VALIDATES}validadores/inscribir/", **told)
    chosen = {"validator": Validator.objects.get(user=user).pk}
    walk.does("coordinacion", f"{VALIDATES}{PLACE}validadores/asignar/", **chosen)
    said = {"has_conflict": "no", "declaration": quality_validation.NO_CONFLICT}
    assert walk.is_refused("calidad", f"{HERE}validacion/declarar/", **said)
    walk.does(name, f"{HERE}validacion/declarar/", **said)
    assert assignment_for(user, walk.cycle).has_conflict is False


def plan(walk: Walk) -> None:
    """The feedback is told, the plan designed, read by the consultant and sent with its letter."""
    quality_plan.design(walk.cycle, walk.today, walk.person("calidad"))
    review(walk, "plan-de-mejoras")
    letter = {"to": "Centro Validador", "letter_number": "ORD 90", "letter_on": walk.today}
    assert walk.is_refused("consultora", f"{HERE}plan-de-mejoras/enviar/", **letter)
    walk.does("calidad", f"{HERE}plan-de-mejoras/enviar/", **letter, paper=paper("oficio-plan"))


def plan_validation(walk: Walk) -> None:
    """The same two read it and issue their report."""
    assert walk.is_refused("calidad", f"{HERE}validacion-plan/comenzar/")
    quality_validation.read_plan(walk.cycle, walk.today)


def implementation(walk: Walk) -> None:
    """Told to all, followed, carried out to the end, and compared."""
    lead, operations = walk.person("calidad"), Department.objects.get(code="operaciones")
    quality_plan.carry_out(walk.cycle, walk.today, lead)
    quality_plan.finish(walk.cycle, walk.today, lead)
    walk.reads("calidad", f"{HERE}implementacion/comparacion/")
    assert str(operations) in walk.reads("calidad", f"{HERE}implementacion/")


WORK = {
    "diagnostico": diagnosis,
    "ingreso": entry,
    "comite": committee,
    "autoevaluacion": self_assessment,
    "validacion_autoevaluacion": validation,
    "diseno_plan": plan,
    "validacion_plan": plan_validation,
    "implementacion": implementation,
}
