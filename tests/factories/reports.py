"""A self-assessment written to the end, with everything its report needs; each value can be told from the others."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cabildo import audit
from cabildo.accounts import actions as accounts
from cabildo.accounts.models import User
from cabildo.content import actions as packs
from cabildo.documents.actions import store_upload
from cabildo.instruments import actions as instruments
from cabildo.instruments.actions.sheets import open_sheets
from cabildo.instruments.models import Evidence, EvidenceUse, PartSummary, YearFigure
from cabildo.instruments.queries.items import items_of
from cabildo.meetings.actions import holding, minutes, planning, signing
from cabildo.meetings.models import Meeting
from cabildo.quality.actions import report as actions
from cabildo.quality.models import Consultancy, ConsultancyPlace, Cycle
from conftest import make_member
from factories import sheets as models

__all__ = ["wide_model"]
wide_model = models.wide_model
TODAY = date(2026, 11, 23)
WROTE, AGREED = datetime(2026, 11, 2, 13, 5, tzinfo=UTC), datetime(2026, 11, 9, 14, 10, tzinfo=UTC)
OPENED, ADDED = datetime(2026, 11, 6, 15, 20, tzinfo=UTC), datetime(2026, 10, 30, 16, 25, tzinfo=UTC)


@pytest.fixture
def written(cycle, wide_model, counterpart, obras, aseo) -> Cycle:
    """Every element agreed at three, with a paper and a series of three years; closed."""
    packs.adopt(municipality=cycle.municipality, version=wide_model, follows_updates=True, by=audit.SYSTEM)
    cycle.self_assessment = instruments.open_assessment(
        version=wide_model, title="Autoevaluación", on=cycle, by=counterpart
    )
    cycle.save(update_fields=["self_assessment"])
    open_sheets(cycle.self_assessment, by=counterpart)
    paper = _evidence(cycle, counterpart)
    for item in items_of(cycle.self_assessment):
        _agree(cycle, item.id, counterpart, obras, aseo)
        use = {"municipality": cycle.municipality, "element": item.id}
        EvidenceUse.objects.create(evidence=paper, **use)
        for year in (2023, 2024, 2025):
            _figure(cycle, item.id, year, paper, counterpart)
        PartSummary.objects.get_or_create(
            municipality=cycle.municipality,
            assessment=cycle.self_assessment,
            part=item.part["id"],
            defaults={"strengths": "Hay una fortaleza escrita.", "gaps": "Hay una brecha escrita."},
        )
    cycle.self_assessment.closed_at = timezone.now()
    cycle.self_assessment.save(update_fields=["closed_at"])
    return cycle


def _agree(cycle: Cycle, element: str, by: User, obras, aseo) -> None:
    sheet = cycle.self_assessment.sheets.get(element=element)
    sheet.department, sheet.due_on, sheet.text = obras, date(2026, 11, 13), "Se hace así en la dirección."
    sheet.attested, sheet.score = {"1": True, "2": True, "3": True}, 2
    sheet.written_at, sheet.written_by, sheet.consensus_opened_at = WROTE, by, OPENED
    sheet.agreed_score, sheet.agreement_note, sheet.agreed_at, sheet.agreed_by = 3, "Se acordó por el acta.", AGREED, by
    sheet.save()
    sheet.helpers.set([aseo])


def _evidence(cycle: Cycle, by: User) -> Evidence:
    here = {"municipality": cycle.municipality, "assessment": cycle.self_assessment, "added_at": ADDED, "added_by": by}
    earlier = Evidence.objects.create(title="Decreto anterior", kind="plan", **here)
    paper: Evidence = Evidence.objects.create(
        title="Decreto de organización",
        kind="regulation",
        issued_on=date(2025, 3, 4),
        valid_until=date(2027, 5, 6),
        note="Muestra las funciones de cada unidad.",
        carried_from=earlier,
        **here,
    )
    store_upload(models.paper("organizacion.pdf"), owner=earlier, kind="evidence", visibility="internal", by=by)
    return paper


def _figure(cycle: Cycle, element: str, year: int, paper: Evidence, by: User) -> None:
    YearFigure.objects.create(
        municipality=cycle.municipality,
        assessment=cycle.self_assessment,
        element=element,
        indicator="Respuestas en plazo",
        unit="respuestas",
        year=year,
        value=Decimal("1234.5"),
        source="Registro de la oficina",
        evidence=paper,
        noted_by=by,
    )


@pytest.fixture
def signed_meeting(committee, counterpart) -> Meeting:
    """Of the committee, held, minuted and signed by hand by all who must."""
    starts = datetime(2026, 11, 20, 13, tzinfo=UTC)
    ends = starts + timedelta(hours=1)
    meeting = planning.plan_meeting(
        title="Acuerdo de puntajes",
        kind="ordinary",
        starts_at=starts,
        ends_at=ends,
        place="Salón",
        body=committee.body,
        agenda=[planning.Point("Puntajes", 30)],
        by=counterpart,
    )
    holding.note_times(meeting, started_at=starts, ended_at=ends, now=ends, by=counterpart)
    people = {person.pk: holding.Noted("came") for person in meeting.attendances.all()}
    holding.take_attendance(meeting, people, by=counterpart)
    holding.state_quorum(meeting, note="", at=ends, by=counterpart)
    for item in meeting.items.all():
        minutes.write_minute(item, {"text": "Se acordaron los puntajes."}, base=0, by=counterpart)
    acta = minutes.close_minutes(Meeting.objects.get(pk=meeting.pk), at=ends, by=counterpart)
    for person in meeting.attendances.select_related("user"):
        signing.sign(acta, person, method="account", by=person.user)
    return Meeting.objects.get(pk=meeting.pk)


@pytest.fixture
def complete(written, signed_meeting, counterpart) -> Cycle:
    """With its five contents."""
    by = {"today": TODAY, "by": counterpart}
    letter = SimpleUploadedFile("oficio.pdf", models.PDF)
    first = actions.save_letter(
        written, letter_number="ORD 77", letter_on=date(2026, 11, 21), revision=0, paper=letter, **by
    )
    actions.choose_acta(written, meeting=signed_meeting, revision=first.revision, by=counterpart)
    told = {"organisation": "Ocho direcciones dependen de la alcaldía.", "challenges": "Llegar al borde rural."}
    actions.save_background(written, revision=0, by=counterpart, **told)
    figure = {"kind": "population", "asked_year": None, "revision": 0, "year": 2024, "source": "Censo 2024, INE"}
    actions.save_figure(written, value=Decimal(12345), **figure, **by)
    rural = {"kind": "rural", "asked_year": None, "revision": 0, "year": 2017, "source": "Censo 2017, INE"}
    actions.save_figure(written, value=Decimal(3086), whole=Decimal(12001), **rural, **by)
    return Cycle.objects.get(pk=written.pk)


@pytest.fixture
def consultant(puerto_claro) -> User:
    return make_member("Nora Ley", puerto_claro, "consultant")


@pytest.fixture
def contract(puerto_claro) -> ConsultancyPlace:
    """A consultancy accompanies the municipality, so that somebody can review."""
    agency = accounts.create_agency(slug="programa", name="Programa de calidad", by=audit.SYSTEM)
    days = {"awarded_on": TODAY, "starts_on": TODAY, "ends_on": TODAY + timedelta(days=300)}
    firm = Consultancy.objects.create(
        agency=agency, firm="Gestión SpA", tender_number="1-LP26", contract_number="77", **days
    )
    covered: ConsultancyPlace = ConsultancyPlace.objects.create(
        municipality=puerto_claro, consultancy=firm, starts_on=TODAY
    )
    return covered
