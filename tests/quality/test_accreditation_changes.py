"""The line is corrected after the cycle went on in it, a service with points drops out: nothing recorded is lost."""

from datetime import timedelta

import pytest

from cabildo.accounts.links import addresses
from cabildo.quality import accreditation_paper
from cabildo.quality import queries as cycles
from cabildo.quality.actions import accreditation as actions
from cabildo.quality.actions.programme import confirm_line
from cabildo.quality.errors import QualityError
from cabildo.quality.gates import accreditation as gates
from cabildo.quality.models import Cycle, LineDecision, PointsLayer, Service
from cabildo.quality.queries import accreditation as queries
from cabildo.quality.shown import accreditation as shown
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.models import ProcessRun
from conftest import make_member
from factories.accreditation import TODAY, accredited, declared, licences, rules, stated

__all__ = ["accredited", "declared", "licences", "rules"]
pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/1/"
WHY = "El diagnóstico se leyó mal."


def refused(code: str):
    return pytest.raises(QualityError, match=f"^{code}$")


def decide(cycle: Cycle, line: str, by) -> LineDecision:
    with addresses():
        return confirm_line(cycle, line=line, reason=WHY, today=TODAY, by=by)


def follow(cycle: Cycle, by) -> None:
    with addresses():
        actions.follow_line(cycle, today=TODAY, by=by)


def stages_of(cycle: Cycle) -> dict[str, str]:
    return {one.code: one.state for one in processes.stages_of(cycles.run_of(cycle))}


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def patents(accredited, obras, counterpart) -> Service:
    told = {"name": "Patentes", "delivers": "La patente.", "reason": "Hay datos."}
    return actions.choose_service(accredited, department=obras, by=counterpart, **told)


def both(licences: Service, patents: Service, **more):
    told = stated(licences, **more)
    return type(told)(**{**vars(told), "services": {**told.services, patents.pk: told.totals["gestion_global"]}})


def drop(service: Service, by, on=TODAY, reason="Pasó a otra institución.") -> Service:
    return actions.withdraw_service(service, on=on, reason=reason, today=TODAY, by=by)


def test_another_line_takes_the_cycle_back_to_where_it_was_and_keeps_what_was_recorded(
    accredited, declared, alcaldesa
) -> None:
    left = cycles.run_of(accredited)

    decide(accredited, "progressive", alcaldesa)

    run = cycles.run_of(accredited)
    assert (run.pack_version.pack.slug, run.is_open) == ("mejoramiento-progresivo", True)
    assert [stages_of(accredited)[code] for code in ("diagnostico", "ingreso")] == ["closed", "running"]
    left.refresh_from_db()
    assert (left.state, cycles.left_runs(accredited)) == ("withdrawn", [left])
    assert PointsLayer.objects.get() == declared
    assert not queries.follows_the_line(accredited)


def test_what_the_left_line_holds_is_read_and_not_written(accredited, licences, alcaldesa, counterpart, obras) -> None:
    decide(accredited, "progressive", alcaldesa)

    for act in (
        lambda: actions.declare_points(accredited, stated(licences), today=TODAY, by=counterpart),
        lambda: drop(licences, counterpart),
        lambda: actions.remove_service(licences, by=counterpart),
    ):
        with refused("line_not_accreditation"):
            act()


def test_the_line_decided_again_goes_on_in_the_accreditation_where_it_was(accredited, alcaldesa, counterpart) -> None:
    first = cycles.run_of(accredited)
    decide(accredited, "progressive", alcaldesa)
    decide(accredited, "accreditation", alcaldesa)

    follow(accredited, counterpart)

    assert cycles.run_of(accredited) == first
    assert stages_of(accredited)["compromiso"] == "running"
    assert ProcessRun.objects.count() == 2
    assert [one.reason for one in cycles.line_decisions(accredited)] == [WHY, WHY, "Ya acreditó un servicio."]


def test_with_levelling_the_stage_of_the_diagnosis_is_done_again(accredited, alcaldesa) -> None:
    decide(accredited, "levelling", alcaldesa)

    assert stages_of(accredited)["diagnostico"] == "reopened"
    assert stages_of(accredited)["ingreso"] == "to_begin"


def test_once_the_accreditation_has_ended_its_line_stays(accredited, alcaldesa) -> None:
    ProcessRun.objects.filter(pk=cycles.run_of(accredited).pk).update(state="ended", ended_on=TODAY)

    with refused("line_fixed"):
        decide(accredited, "progressive", alcaldesa)
    assert LineDecision.objects.count() == 1


def test_a_service_that_drops_out_keeps_its_points_and_the_next_layer_leaves_it_out(
    accredited, licences, patents, counterpart
) -> None:
    first = actions.declare_points(accredited, both(licences, patents), today=TODAY, by=counterpart)
    with refused("service_has_points"):
        actions.remove_service(patents, by=counterpart)
    dropped = drop(patents, counterpart)

    assert [one.label for one in first.points.exclude(service=None)] == ["Licencias de conducir", "Patentes"]
    with addresses():
        assert [one.what for one in gates.points_declared(accredited)] == [
            "Anotar de nuevo los puntos sin el servicio que se retiró: Patentes"
        ]
    again = stated(licences, seen=first.pk, reason="Patentes se retiró.")
    second = actions.declare_points(accredited, again, today=TODAY, by=counterpart)
    assert [one.service for one in second.points.exclude(service=None)] == [licences]
    with addresses():
        assert not list(gates.points_declared(accredited))
    assert queries.accreditation_of(accredited).withdrawn == [dropped]


def test_a_sealed_level_counts_every_service_it_was_sealed_with(accredited, licences, patents, counterpart) -> None:
    weak = both(licences, patents)
    weak = type(weak)(**{**vars(weak), "services": {**weak.services, patents.pk: 10}})
    actions.declare_points(accredited, weak, today=TODAY, by=counterpart)
    before = shown.told(queries.accreditation_of(accredited), TODAY).declared
    drop(patents, counterpart)

    found = shown.told(queries.accreditation_of(accredited), TODAY)

    assert found.declared == before
    assert [row.label for row in found.rows if "retirado" in row.label]
    assert shown.dropped_words(found.found) == [
        "Los puntos vigentes todavía cuentan un servicio retirado, «Patentes». Séllelos de nuevo sin él."
    ]


def test_a_service_drops_out_once_with_a_day_that_came_and_a_reason(licences, declared, counterpart) -> None:
    with refused("in_future"):
        drop(licences, counterpart, on=TODAY + timedelta(days=1))
    with refused("reason_missing"):
        drop(licences, counterpart, reason="  ")
    drop(licences, counterpart)

    with refused("service_withdrawn"):
        drop(licences, counterpart)
    with refused("service_withdrawn"):
        actions.change_service(licences, revision=2, name="Otro", by=counterpart)


def test_one_that_dropped_out_may_be_presented_again(licences, declared, counterpart, obras) -> None:
    drop(licences, counterpart)

    told = {"name": licences.name, "department": obras, "delivers": "La licencia.", "reason": "Volvió."}
    again = actions.choose_service(declared.cycle, by=counterpart, **told)

    assert queries.services_of(declared.cycle) == [again]


def test_the_page_says_what_stays_before_a_service_drops_out_and_afterwards(
    licences, declared, counterpart, as_user
) -> None:
    desk, place = as_user(counterpart), f"{HERE}acreditacion/servicios/{licences.pk}/retirar/"
    assert "Los puntos que ya se sellaron quedan como están" in text(desk.get(place))
    late = desk.post(place, {"on": TODAY + timedelta(days=1), "reason": "Pasó a otra institución."})
    assert (late.status_code, list(late.context["form"].errors)) == (422, ["on"])

    page = text(desk.post(place, {"on": TODAY, "reason": "Pasó a otra institución."}, follow=True))

    for words in ("Servicios que se retiraron", "Pasó a otra institución.", "por sellar otra vez"):
        assert words in page
    assert "Licencias de conducir (retirado el" in page
    assert "retirado el" in text(desk.get(f"{HERE}acreditacion/resultado/"))
    told = shown.told(queries.accreditation_of(declared.cycle), TODAY)
    for words in ("Servicios que se retiraron", "Pasó a otra institución.", "todavía cuentan un servicio retirado"):
        assert words in repr(accreditation_paper.report(told))


def test_who_confirms_the_line_reads_what_another_would_change(
    accredited, declared, puerto_claro, counterpart, as_user
) -> None:
    professional = as_user(make_member("Paz Inda", puerto_claro, "programme_professional"))
    assert "deja ese proceso y retoma el anterior donde quedó" in text(professional.get(f"{HERE}linea/confirmar/"))

    told = {"line": "progressive", "reason": WHY}
    page = text(professional.post(f"{HERE}linea/confirmar/", told, follow=True))

    assert "Lo que quedó de otra línea" in page
    desk = as_user(counterpart)
    read = text(desk.get(f"{HERE}acreditacion/"))
    assert "La siguió antes. Lo que se registró entonces queda como está." in read
    assert "Licencias de conducir" in read
    assert "puntos/declarar/" not in read
    decide(accredited, "accreditation", counterpart)
    assert "retoma la acreditación donde quedó" in text(desk.get(f"{HERE}acreditacion/seguir/"))
