"""The services and the points of the accreditation line: what is refused, what is sealed, which level it gives."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from cabildo.accounts.links import addresses
from cabildo.db.revised import StaleError
from cabildo.quality import queries as cycles
from cabildo.quality.actions import accreditation as actions
from cabildo.quality.choices import PointsSide
from cabildo.quality.errors import QualityError
from cabildo.quality.gates import accreditation as gates
from cabildo.quality.models import Cycle, Points, PointsLayer, Service
from cabildo.quality.queries import accreditation as queries
from cabildo.quality.shown import accreditation as shown
from factories.accreditation import PAPER, TODAY, accredited, declared, licences, rules, stated
from factories.validation import agency, bruno, send, vera

__all__ = ["accredited", "agency", "bruno", "declared", "licences", "rules", "vera"]
pytestmark = pytest.mark.django_db


def refused(code: str):
    return pytest.raises(QualityError, match=f"^{code}$")


def words(check, cycle: Cycle) -> list[str]:
    with addresses():
        return [missing.what for missing in check(cycle)]


def test_without_that_line_no_service_is_presented_and_nobody_goes_on_in_it(cycle, counterpart, obras) -> None:
    told = {"name": "Licencias", "department": obras, "delivers": "La licencia.", "reason": "Hay datos."}
    with refused("line_not_accreditation"):
        actions.choose_service(cycle, by=counterpart, **told)
    with refused("line_not_accreditation"):
        actions.follow_line(cycle, today=TODAY, by=counterpart)


def test_the_step_into_the_line_is_taken_once(accredited, counterpart) -> None:
    assert queries.follows_the_line(accredited)
    with refused("line_followed"):
        actions.follow_line(accredited, today=TODAY, by=counterpart)


def test_the_diagnosis_closed_before_stays_first_among_the_stages(accredited) -> None:
    run = cycles.run_of(accredited)

    assert [one.code for one in cycles.stages_before(accredited, run)] == ["diagnostico"]
    assert run.on_id == "1"


def test_a_service_is_presented_once_and_what_two_write_is_not_lost(licences, counterpart, accredited) -> None:
    with refused("service_known"):
        told = {"department": licences.department, "delivers": "Otra.", "reason": "Otra."}
        actions.choose_service(accredited, by=counterpart, name=licences.name, **told)
    actions.change_service(licences, revision=1, reason="Lo piden 4.000 personas.", by=counterpart)

    with pytest.raises(StaleError):
        actions.change_service(licences, revision=1, reason="Otra razón.", by=counterpart)
    assert Service.objects.get().reason == "Lo piden 4.000 personas."


def test_a_service_with_points_is_not_taken_out(declared, licences, counterpart) -> None:
    with refused("service_has_points"):
        actions.remove_service(licences, by=counterpart)


def test_points_are_whole_within_the_rules_and_on_a_paper(accredited, licences, counterpart) -> None:
    def sealing(**more):
        return actions.declare_points(accredited, stated(licences, **more), today=TODAY, by=counterpart)

    with refused("points_missing"):
        sealing(services={})
    with refused("points_refused"):
        sealing(totals={"gestion_global": Decimal(251), "gestion_servicios": Decimal(100)})
    with refused("points_refused"):
        sealing(totals={"gestion_global": Decimal(100)})
    with refused("paper_missing"):
        sealing(paper=" ")
    assert not PointsLayer.objects.exists()


def test_the_database_keeps_what_was_sealed_and_a_correction_names_it(
    declared, licences, accredited, alcaldesa
) -> None:
    for rows in (PointsLayer.objects.filter(pk=declared.pk), Points.objects.filter(layer=declared)):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Points.objects.filter(layer=declared).update(points=Decimal(250))
    with refused("points_meanwhile"):
        actions.declare_points(accredited, stated(licences), today=TODAY, by=alcaldesa)
    with refused("correction_reason"):
        actions.declare_points(accredited, stated(licences, seen=declared.pk), today=TODAY, by=alcaldesa)

    told = stated(licences, seen=declared.pk, reason="Se sumó mal.", global_points=90)
    second = actions.declare_points(accredited, told, today=TODAY, by=alcaldesa)
    assert (second.previous, second.sealed_by, second.reason) == (declared, alcaldesa, "Se sumó mal.")


def test_only_a_validator_sent_to_the_cycle_validates_and_answers_what_is_declared(
    accredited, licences, vera, bruno, counterpart
) -> None:
    send(accredited, vera)
    with refused("points_undeclared"):
        actions.validate_points(accredited, stated(licences), today=TODAY, by=vera.user)
    first = actions.declare_points(accredited, stated(licences), today=TODAY, by=counterpart)
    with refused("not_acting"):
        actions.validate_points(accredited, stated(licences), today=TODAY, by=bruno.user)

    layer = actions.validate_points(accredited, stated(licences), today=TODAY, by=vera.user)

    assert (layer.side, layer.read) == (PointsSide.VALIDATED, first)
    actions.declare_points(accredited, stated(licences, seen=first.pk, reason="Subió."), today=TODAY, by=counterpart)
    assert queries.accreditation_of(accredited).is_stale


def test_the_gates_ask_for_services_then_points_then_the_visit(accredited, obras, counterpart, vera) -> None:
    assert words(gates.services_chosen, accredited) == ["Elegir los servicios que se presentan"]
    told = {"name": "Licencias", "department": obras, "delivers": "La licencia.", "reason": "Hay datos."}
    first = actions.choose_service(accredited, by=counterpart, **told)
    assert words(gates.points_declared, accredited) == ["Declarar los puntos de gestión global y de cada servicio"]
    layer = actions.declare_points(accredited, stated(first), today=TODAY, by=counterpart)
    assert words(gates.points_declared, accredited) == []
    actions.choose_service(accredited, by=counterpart, **{**told, "name": "Patentes"})
    assert words(gates.points_declared, accredited) == ["Anotar los puntos del servicio: Patentes"]
    assert words(gates.points_validated, accredited) == [
        "Los validadores deben anotar los puntos que resulten de la visita"
    ]
    assert layer.paper == PAPER


def test_the_level_says_which_rule_keeps_from_the_next_and_unknown_is_not_none(accredited, licences, declared) -> None:
    found = shown.told(queries.accreditation_of(accredited), TODAY)

    assert (shown.level_words(found.validated), shown.total_words(found.validated)) == ("sin dato", "faltan puntos")
    assert (found.declared.label, shown.total_words(found.declared)) == ("Intermedio", "220 de 500 puntos")
    assert shown.reasons(found.declared) == ["Para el nivel Avanzado el total debe llegar a 301 puntos; llega a 220."]


def test_the_doubt_about_the_bands_is_told_in_plain_words(rules) -> None:
    first, second, third = shown.doubts(queries.award_of(rules))

    assert first == "Leído a la letra, el nivel Inicial existe sólo con 200 puntos exactos."
    assert "va de 201 a 300 puntos. Entre 200 y 201 las reglas no dicen nada: vale el nivel menor, Inicial." in second
    assert "Entre 300 y 301" in third


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(figures=some.lists(some.tuples(some.sampled_from(PointsSide.values), some.integers(0, 250)), max_size=5))
def test_whatever_is_sealed_no_side_ever_moves_the_other(figures, accredited, licences, counterpart, vera) -> None:
    with transaction.atomic():
        _sealed_in_turn(figures, accredited, licences, counterpart, vera)
        transaction.set_rollback(True)


def _sealed_in_turn(figures, cycle: Cycle, service: Service, lead, vera) -> None:
    send(cycle, vera)
    last: dict[str, Fraction | None] = dict.fromkeys(PointsSide.values)
    sealed: dict[int, Decimal] = {}
    for side, value in [("declared", 100), *figures]:
        before = queries.accreditation_of(cycle).last(side)
        told = stated(service, seen=before.layer.pk if before else 0, reason="Otra vez." if before else "", each=value)
        verb, by = (actions.declare_points, lead) if side == "declared" else (actions.validate_points, vera.user)
        layer = verb(cycle, told, today=TODAY, by=by)
        last[side], sealed[layer.pk] = Fraction(value), Decimal(value)
        found = queries.accreditation_of(cycle)
        for each in PointsSide.values:
            standing = found.last(each)
            assert (standing.services[service.pk] if standing else None) == last[each]
        assert {one.layer.pk: one.services[service.pk] for one in found.layers} == sealed
