"""A municipality whose line is accreditation: from the confirmed line to the last of its seven stages."""

from pathlib import Path

import pytest
from django.conf import settings

from cabildo.accounts.models import Department
from cabildo.content.packs import load_directory
from cabildo.quality import queries
from cabildo.quality.models import PointsLayer, Service
from cabildo.quality.queries import accreditation as line
from cabildo.workflow.processes import queries as processes
from journeys import programme_stages as stages
from journeys.programme import Stage, Walk, paper, walk

__all__ = ["walk"]
HERE = f"{stages.HERE}acreditacion/"
PACKS = ("processes/acreditacion-demo", "level_rules/acreditacion-demo")
SERVICE = {"name": "Licencias de conducir", "delivers": "La licencia.", "reason": "Hay registros.", "revision": 0}


@pytest.fixture
def accredited(walk) -> Walk:
    """The line is confirmed, and nobody went on in it."""
    for pack in PACKS:
        load_directory(Path(settings.CONTENT_DIR) / pack)
    stages.invitation(walk)
    stages.diagnosis(walk)
    decided = {"line": "accreditation", "reason": "Ya acreditó un servicio."}
    walk.does("profesional", f"{stages.HERE}linea/confirmar/", **decided)
    return walk


def test_a_cycle_goes_through_the_accreditation_to_its_last_stage(accredited) -> None:
    follow(accredited)
    for code, work in WORK.items():
        stage = Stage(accredited, code)
        stage.begins()
        work(accredited)
        stage.closes()

    run = queries.run_of(accredited.cycle)
    assert (run.state, [one.state for one in processes.stages_of(run)]) == ("ended", ["closed"] * 7)
    page = accredited.reads("control", f"{HERE}resultado/")
    assert "Intermedio" in page
    assert "Comenzar otro ciclo" in accredited.reads("calidad", f"{HERE}resultado/")
    assert "Terminó el ciclo 1 y comenzó el 2." in accredited.does("calidad", f"{stages.HERE}nuevo-ciclo/")


def follow(walk: Walk) -> None:
    """Stage 0 does not close into the other process; it closes with the step into this one, and is not repeated."""
    first, before = Stage(walk, "diagnostico"), queries.run_of(walk.cycle)
    first._finish_tasks()
    first.is_not_closed()
    assert first.missing() == {"linea_confirmada": ["Seguir en el proceso de la línea de acreditación"]}
    assert walk.is_refused("comite", f"{HERE}seguir/")
    walk.does("calidad", f"{HERE}seguir/")
    before.refresh_from_db()
    assert (before.state, before.stages.get(code="diagnostico").state) == ("withdrawn", "closed")
    assert processes.stages_of(queries.run_of(walk.cycle))[0].code == "compromiso"


def commitment(walk: Walk) -> None:
    stages.entry(walk)
    stages.committee(walk)
    told = {**SERVICE, "department": Department.objects.get(code="transito").pk}
    assert walk.is_refused("comite", f"{HERE}servicios/agregar/", **told)
    assert "Licencias de conducir" in walk.does("calidad", f"{HERE}servicios/agregar/", **told)


def self_assessment(walk: Walk) -> None:
    """The points are declared besides the report."""
    stages.self_assessment(walk)
    told = points(walk, 120)
    assert walk.is_refused("profesional", f"{HERE}puntos/declarar/", **told, file=paper("acta"))
    walk.does("comite", f"{HERE}puntos/declarar/", **told, file=paper("acta"))


def points(walk: Walk, each: int, seen: int = 0) -> dict[str, object]:
    service = Service.objects.get(cycle=walk.cycle)
    totals = {"total_gestion_global": each, "total_gestion_servicios": each, f"servicio_{service.pk}": each}
    return {**totals, "paper": "Acta N° 12", "seen": seen}


def accreditation(walk: Walk) -> None:
    """The validators write what they found; the other two requirements are passed by hand."""
    told = points(walk, 110)
    assert walk.is_refused("calidad", f"{HERE}puntos/validar/", **told, file=paper("visita"))
    walk.does("valida1", f"{HERE}puntos/validar/", **told, file=paper("visita"))
    assert [one.side for one in PointsLayer.objects.all()] == ["declared", "validated"]
    stage = Stage(walk, "acreditacion")
    for code in ("nivel_comunicado", "mantencion_programada"):
        walk.does("calidad", f"{stage.address.removesuffix('paso/')}requisitos/{code}/", said="Consta en el oficio.")
    assert line.verdict_of(line.accreditation_of(walk.cycle).validated, [*Service.objects.all()]).total == 220


WORK = {
    "compromiso": commitment,
    "autoevaluacion": self_assessment,
    "validacion_autoevaluacion": stages.validation,
    "diseno_plan": stages.plan,
    "validacion_plan": stages.plan_validation,
    "implementacion": stages.implementation,
    "acreditacion": accreditation,
}
