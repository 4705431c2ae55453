"""The process of a cycle says by itself who leads it, and what people decide afterwards stays."""

import pytest

from cabildo.quality import queries
from cabildo.quality.actions import counterparts as actions
from cabildo.workflow.processes.actions import runs
from cabildo.workflow.processes.models import ProcessRun
from conftest import make_member
from quality.conftest import TODAY

pytestmark = pytest.mark.django_db


def name(cycle, user, by) -> None:
    actions.name_counterpart(cycle, user=user, act="Oficio N° 45", named_on=TODAY, today=TODAY, by=by)


def test_who_begins_the_cycle_leads_its_process(cycle, counterpart) -> None:
    assert queries.run_of(cycle).leader == counterpart


def test_a_counterpart_whose_role_does_not_lead_leaves_it_to_who_may(cycle, counterpart, externo) -> None:
    ProcessRun.objects.update(leader=None)

    name(cycle, externo, counterpart)

    assert queries.run_of(cycle).leader == counterpart


def test_the_counterpart_goes_before_who_only_writes_it_down(cycle, counterpart, puerto_claro) -> None:
    ProcessRun.objects.update(leader=None)
    other = make_member("Otra Contraparte", puerto_claro, "quality_counterpart")

    name(cycle, other, counterpart)

    assert queries.run_of(cycle).leader == other


def test_what_people_decided_about_the_leader_stays(cycle, counterpart, puerto_claro) -> None:
    runs.name_leader(queries.run_of(cycle), to=None, reason="Lo conduce la dirección.", by=counterpart)

    name(cycle, make_member("Otra Contraparte", puerto_claro, "quality_counterpart"), counterpart)

    assert queries.run_of(cycle).leader is None
