"""The pages of the accreditation line: who may write what, what is said at which field, the result and its papers."""

import subprocess

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo.kit.rounding import share
from cabildo.quality import accreditation_paper
from cabildo.quality.actions import accreditation as actions
from cabildo.quality.choices import PointsSide
from cabildo.quality.models import Points, PointsLayer, Service
from cabildo.quality.queries import accreditation as queries
from cabildo.quality.shown import accreditation as shown
from cabildo.ui.spanish import clock, long_date, number
from cabildo.workflow.processes.models import TaskRun
from conftest import make_member
from factories.accreditation import TODAY, accredited, declared, licences, paper, rules, stated
from factories.validation import agency, send, vera
from quality.test_report_files import values_as_text

__all__ = ["accredited", "agency", "declared", "licences", "rules", "vera"]
pytestmark = pytest.mark.django_db
CYCLE = "/m/puerto-claro/mesa/calidad/1/"
HERE = f"{CYCLE}acreditacion/"
STORED = (Service, PointsLayer, Points)
KEPT_OUT = {
    "id": "a number of the database",
    "municipality": "the whole paper is of one",
    "cycle": "the whole paper is of one",
    "revision": "how often it was written",
    "touched": "which field was written when, so that two people do not undo each other",
    "layer": "its points stand below it",
    "total": "its label is told",
}


@pytest.fixture
def desk(accredited, counterpart, as_user):
    return as_user(counterpart)


@pytest.fixture
def sent(accredited, vera):
    """A validator without conflict, sent to the cycle."""
    send(accredited, vera)
    return vera.user


def text(answer) -> str:
    return answer.content.decode()


def points(service: Service, each: str = "110", **more) -> dict[str, object]:
    totals = {"total_gestion_global": each, "total_gestion_servicios": each, f"servicio_{service.pk}": each}
    return {**totals, "paper": "Acta N° 12", "file": paper(), "seen": 0, **more}


def test_the_page_of_the_cycle_follows_the_new_process_after_the_stage_that_was_closed(desk) -> None:
    page = text(desk.get(CYCLE))

    assert "1 de 8 etapas cerradas" in page
    assert page.index("0. Aplicación del diagnóstico") < page.index("1. Compromiso") < page.index("7. Acreditación")
    assert f'href="{HERE}"' in page
    assert "Elegir los servicios que se presentan" in page
    assert "1. Ingreso al programa" not in page


def test_my_work_follows_the_new_process(desk, counterpart) -> None:
    TaskRun.objects.update(responsible=counterpart)
    page = text(desk.get("/m/puerto-claro/mesa/"))

    assert "Línea de acreditación · Ciclo 1" in page
    assert "Programa de calidad · Ciclo 1" not in page


def test_a_service_is_added_changed_and_taken_out(desk, obras) -> None:
    told = {"name": "Patentes", "department": obras.pk, "delivers": "La patente.", "reason": "Hay datos."}
    assert "Patentes" in text(desk.post(f"{HERE}servicios/agregar/", {**told, "revision": 0}, follow=True))
    place = f"{HERE}servicios/{Service.objects.get().pk}/"
    desk.post(place, {**told, "name": "Patentes comerciales", "revision": 1})
    assert Service.objects.get().name == "Patentes comerciales"

    late = desk.post(place, {**told, "name": "Patentes nuevas", "revision": 1})
    assert (late.status_code, "Otra persona escribió: «Patentes comerciales»." in text(late)) == (422, True)
    desk.post(f"{place}quitar/")
    assert not Service.objects.exists()


def test_an_error_of_the_points_is_at_its_field(desk, licences) -> None:
    refused = desk.post(f"{HERE}puntos/declarar/", points(licences, each="251"))

    assert {*refused.context["form"].errors} == {
        "total_gestion_global",
        "total_gestion_servicios",
        f"servicio_{licences.pk}",
    }
    assert not PointsLayer.objects.exists()


def test_a_form_older_than_the_last_seal_is_refused(desk, licences, declared) -> None:
    late = desk.post(f"{HERE}puntos/declarar/", points(licences, reason="Se sumó mal."))

    assert late.status_code == 422
    assert "Otra persona selló puntos mientras usted escribía." in text(late)
    assert PointsLayer.objects.get() == declared


def test_the_committee_declares_the_validator_validates_and_each_is_refused_the_other(
    licences, desk, sent, as_user
) -> None:
    place = licences.municipality
    member, validator = as_user(make_member("Raúl Vega", place, "quality_committee")), as_user(sent)
    assert validator.post(f"{HERE}puntos/declarar/", points(licences)).status_code == 403
    assert "Puntos sellados." in text(member.post(f"{HERE}puntos/declarar/", points(licences, "110,5"), follow=True))
    for browser in (member, desk):
        assert browser.post(f"{HERE}puntos/validar/", points(licences)).status_code == 403
    assert "Puntos sellados." in text(validator.post(f"{HERE}puntos/validar/", points(licences, "100"), follow=True))

    page = text(desk.get(f"{HERE}resultado/"))
    assert page.index("Inicial") < page.index("200 de 500 puntos")
    assert page.index("Intermedio", page.index("200 de 500")) < page.index("221 de 500 puntos")


@pytest.mark.parametrize("role", ["control_unit", "quality_committee"])
def test_who_does_not_lead_reads_and_does_not_choose(accredited, licences, puerto_claro, as_user, role) -> None:
    browser = as_user(make_member("Otra Persona", puerto_claro, role))

    assert browser.get(HERE).status_code == 200
    for place in ("seguir/", "servicios/agregar/", f"servicios/{licences.pk}/", f"servicios/{licences.pk}/quitar/"):
        assert browser.post(f"{HERE}{place}").status_code == 403


def test_who_has_nothing_to_do_with_quality_is_refused(accredited, licences, diego, as_user) -> None:
    for place in ("", "resultado/", "puntos/declarar/", "puntos/validar/"):
        assert as_user(diego).get(f"{HERE}{place}").status_code == 403


def test_before_going_on_the_line_says_what_the_diagnosis_lacks(cycle, rules, counterpart, as_user) -> None:
    page = text(as_user(counterpart).get(HERE))

    assert "Este ciclo no sigue la línea de acreditación." in page
    assert f'{HERE}servicios/agregar/"' not in page
    assert "Todavía no hay servicios" not in page


def test_the_result_without_points_says_what_to_do(desk) -> None:
    page = text(desk.get(f"{HERE}resultado/"))

    assert page.count("sin dato") >= 2
    assert "El nivel se calcula cuando hay puntos de gestión global y de cada servicio." in page
    assert "emostración" in page


def test_a_bar_is_drawn_against_the_maximum_of_its_own_total_or_service(accredited, licences, declared) -> None:
    told = shown.told(queries.accreditation_of(accredited), timezone.localdate())
    assert told is not None
    whole = next(row for row in told.rows if row.label == "Total")
    (label, portion), (_unsaid, unknown) = shown._bars(whole)

    points = f"{number(shown.plain(whole.declared))} de {whole.maximum} puntos"
    assert label == f"Declarado: Total, {points}"
    assert portion == share(whole.declared, whole.maximum)
    assert unknown is None
    assert "La barra completa es 100." in str(shown.panel(told).drawing.listed)


def test_everything_that_is_stored_is_on_the_paper(accredited, licences, declared, sent, counterpart) -> None:
    second = stated(licences, each=120, seen=declared.pk, reason="Se sumó mal.", paper="Acta N° 13")
    actions.declare_points(accredited, second, today=TODAY, by=counterpart)
    actions.validate_points(accredited, stated(licences, each=105), today=TODAY, by=sent)
    told = shown.told(queries.accreditation_of(accredited), timezone.localdate())
    words = repr(accreditation_paper.report(told))

    for model in STORED:
        for row in model.objects.all():
            for field in model._meta.fields:
                if field.name not in KEPT_OUT:
                    assert on_paper(row, field.name) in words, (model, field.name)


def on_paper(row, name: str) -> str:
    """How the paper says a stored value; nothing when the row has none."""
    value = getattr(row, name)
    if value is None:
        return ""
    special = {
        "read": "('Responden a', 'Puntos declarados, versión 2')",
        "previous": "('Corrigen', 'Puntos declarados, versión 1')",
        "side": f"Puntos {PointsSide(value).label}, versión 1" if name == "side" else "",
        "rules": value.pack.title if name == "rules" else "",
        "sealed_at": f"{long_date(value)}, {clock(value)}" if name == "sealed_at" else "",
        "points": f"'{value.normalize():f}'" if name == "points" else "",
    }
    return special.get(name) or str(value)


def test_the_pdf_is_tagged_and_keeps_both_sides_apart(desk, licences, declared, tmp_path) -> None:
    answer = desk.get(f"{HERE}resultado/?formato=pdf")
    kept = tmp_path / "a.pdf"
    kept.write_bytes(answer.content)
    read = subprocess.run(["pdftotext", "-layout", str(kept), "-"], capture_output=True, text=True, check=True).stdout

    assert b"/MarkInfo" in answer.content or b"/StructTreeRoot" in answer.content
    for words in ("Declarados", "Validados", "demostración, no oficial", "Licencias de conducir", "sin dato"):
        assert words in read
    assert desk.get(f"{HERE}resultado/?formato=docx").content[:2] == b"PK"
    assert values_as_text(desk.get(f"{HERE}resultado/?formato=xlsx").content) == []


@pytest.mark.parametrize("place", ["", "resultado/"])
def test_more_services_cost_no_more_queries(desk, declared, counterpart, obras, place) -> None:
    def asked() -> int:
        desk.get(f"{HERE}{place}")
        with CaptureQueriesContext(
            connection,
        ) as found:
            desk.get(f"{HERE}{place}")
        return len(found)

    before = asked()
    for name in ("Patentes", "Aseo"):
        told = {"department": obras, "delivers": "Algo.", "reason": "Hay datos."}
        actions.choose_service(declared.cycle, name=name, by=counterpart, **told)
    assert asked() == before
