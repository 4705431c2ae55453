"""A cycle that goes on in the accreditation line, with a service, and what is stated of it."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cabildo.accounts.links import addresses
from cabildo.content.models import PackVersion
from cabildo.content.packs import load_directory
from cabildo.content.queries import pack_named, version_of
from cabildo.instruments import actions as instruments
from cabildo.instruments import queries as answered
from cabildo.instruments.rules.answers import Answer
from cabildo.quality import actions as cycles
from cabildo.quality import queries
from cabildo.quality.actions import accreditation as actions
from cabildo.quality.actions.accreditation import Given
from cabildo.quality.actions.programme import confirm_line
from cabildo.quality.models import Cycle, PointsLayer, Service
from cabildo.workflow.processes.choices import StageState
from cabildo.workflow.processes.models import StageRun
from factories.sheets import PDF

TODAY = timezone.localdate()
PAPER = "Acta del comité N° 12"


@pytest.fixture
def rules(db, settings) -> PackVersion:
    """The rules that ship, with the process that ships."""
    for kind in ("processes", "level_rules"):
        load_directory(Path(settings.CONTENT_DIR) / kind / "acreditacion-demo")
    return version_of(pack_named("level_rules", "acreditacion-demo"))


@pytest.fixture
def accredited(rules, cycle, counterpart, alcaldesa) -> Cycle:
    """The line is confirmed, stage 0 was closed, and the cycle went on."""
    for question in answered.questionnaire(cycle.diagnosis).questions():
        said = Answer(question.alternatives[-1].id)
        instruments.answer(assessment=cycle.diagnosis, question=question.id, said=said, confirms=True, by=counterpart)
    closed = cycles.close_diagnosis(cycle, by=counterpart)
    confirm_line(closed, today=TODAY, line="accreditation", reason="Ya acreditó un servicio.", by=alcaldesa)
    stage = StageRun.objects.filter(run=queries.run_of(closed), code="diagnostico")
    stage.update(state=StageState.CLOSED, ended_on=TODAY)
    with addresses():
        actions.follow_line(closed, today=TODAY, by=counterpart)
    return Cycle.objects.get(pk=closed.pk)


@pytest.fixture
def licences(accredited, obras, counterpart) -> Service:
    told = {"name": "Licencias de conducir", "delivers": "La licencia, en el mesón.", "reason": "Hay registros."}
    return actions.choose_service(accredited, department=obras, by=counterpart, **told)


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("acta.pdf", PDF)


def stated(service: Service, *, each: int = 110, global_points: int | None = None, **more) -> Given:
    """The same points for all, unless `more` says otherwise."""
    first = each if global_points is None else global_points
    told = {
        "totals": {"gestion_global": Decimal(first), "gestion_servicios": Decimal(each)},
        "services": {service.pk: Decimal(each)},
        "paper": PAPER,
        "file": paper(),
    }
    return Given(**{**told, **more})


@pytest.fixture
def declared(accredited, licences, counterpart) -> PointsLayer:
    return actions.declare_points(accredited, stated(licences), today=TODAY, by=counterpart)
