"""Several departments told of the validated plan in one meeting, noted in one form."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo.accounts.models import Department
from cabildo.audit.models import Entry
from cabildo.quality.actions import diffusion, implementation
from cabildo.quality.actions.diffusion import ReachOf
from cabildo.quality.errors import QualityError
from cabildo.quality.gates.implementation import plan_validation_diffused
from cabildo.quality.models import DiffusionReach
from conftest import make_member

pytestmark = pytest.mark.django_db
STAGE = "/m/puerto-claro/mesa/calidad/1/implementacion/"
HERE = f"{STAGE}difusion/"
TODAY = date(2026, 11, 20)
MEETING = {"how": "Reunión general", "on": "2026-11-20"}


@pytest.fixture
def desk(cycle, counterpart, as_user):
    return as_user(counterpart)


def numbers(department: Department, staff: object, reached: object, revision: int = 0) -> dict[str, object]:
    values = {"staff": staff, "reached": reached, "revision": revision}
    return {f"{name}_{department.code}": value for name, value in values.items()}


def errors_of(answer) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return answer.context["form"].errors


def test_one_form_notes_every_department_of_a_meeting(desk, cycle, obras, aseo) -> None:
    departments = list(Department.objects.filter(is_active=True))
    assert {obras, aseo} <= set(departments)
    assert f'href="{HERE}"' in desk.get(STAGE).content.decode()

    rows = {name: value for one in departments for name, value in numbers(one, 12, 9).items()}
    answer = desk.post(HERE, {**MEETING, **rows})

    assert answer.url == f"{STAGE}#difusion"
    noted = set(DiffusionReach.objects.values_list("department", "staff", "reached", "how", "on"))
    assert noted == {(one.pk, 12, 9, "Reunión general", TODAY) for one in departments}
    assert list(plan_validation_diffused(cycle)) == []
    assert f'href="{HERE}"' not in desk.get(STAGE).content.decode()
    assert Entry.objects.get(action="diffusion_reach.saved_many").data == {
        "departments": sorted(one.pk for one in departments)
    }


def test_a_department_left_empty_was_not_there(desk, obras, aseo) -> None:
    desk.post(HERE, {**MEETING, **numbers(obras, 12, 9), **numbers(aseo, "", "")})

    assert [one.department for one in DiffusionReach.objects.all()] == [obras]
    left = [one for one, *_fields in desk.get(HERE).context["form"].rows()]
    assert aseo in left
    assert obras not in left


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ((12, 13), ("reached_obras", "12 personas")),
        ((12, ""), ("reached_obras", "a cuántas llegó")),
        (("", 9), ("staff_obras", "cuántas personas tiene")),
        ((0, 0), ("staff_obras", "1")),
    ],
)
def test_what_is_wrong_in_a_row_is_said_at_its_number_and_nothing_is_noted(written, said, desk, obras, aseo) -> None:
    found = errors_of(desk.post(HERE, {**MEETING, **numbers(aseo, 5, 5), **numbers(obras, *written)}))

    assert list(found) == [said[0]]
    assert said[1] in found[said[0]][0]
    assert not DiffusionReach.objects.exists()


def test_a_form_without_any_department_is_refused(desk, obras) -> None:
    found = errors_of(desk.post(HERE, {**MEETING, **numbers(obras, "", "")}))

    assert "al menos una dirección" in found["__all__"][0]


def test_a_day_to_come_is_refused_at_its_field(desk, obras) -> None:
    later = timezone.localdate() + timedelta(days=1)

    found = errors_of(desk.post(HERE, {**MEETING, "on": later, **numbers(obras, 12, 9)}))

    assert list(found) == ["on"]


def test_what_another_person_noted_meanwhile_is_not_written_over(desk, cycle, counterpart, obras, aseo) -> None:
    told = {"how": "Correo", "on": TODAY, "today": TODAY, "by": counterpart}
    implementation.save_reach(cycle, obras, revision=0, staff=14, reached=3, **told)

    found = errors_of(desk.post(HERE, {**MEETING, **numbers(aseo, 5, 5), **numbers(obras, 12, 9)}))

    assert "Otra persona ya anotó" in found["reached_obras"][0]
    assert list(DiffusionReach.objects.values_list("staff", "reached")) == [(14, 3)]


def test_a_department_noted_with_nobody_is_offered_again_and_written(desk, cycle, counterpart, obras) -> None:
    told = {"how": "Correo", "on": TODAY, "today": TODAY, "by": counterpart}
    held = implementation.save_reach(cycle, obras, revision=0, staff=14, reached=0, **told)
    row = next(row for row in desk.get(HERE).context["form"].rows() if row[0] == obras)
    assert row[1].value() == 14

    desk.post(HERE, {**MEETING, **numbers(obras, 14, 9, held.revision)})

    assert list(DiffusionReach.objects.values_list("staff", "reached", "how")) == [(14, 9, "Reunión general")]


def test_the_action_refuses_what_the_form_would(cycle, counterpart, obras) -> None:
    given = {"how": "Correo", "on": TODAY, "today": TODAY, "by": counterpart}

    with pytest.raises(QualityError, match="nobody_noted"):
        diffusion.save_reaches(cycle, [], **given)
    with pytest.raises(QualityError, match="more_than_staff") as refused:
        diffusion.save_reaches(cycle, [ReachOf(obras, 0, 3, 4)], **given)
    assert refused.value.field == "reached_obras"


@pytest.mark.parametrize(
    ("role", "status"), [("quality_counterpart", 200), ("quality_committee", 403), ("department_officer", 403)]
)
def test_who_leads_notes_it(role, status, cycle, puerto_claro, as_user) -> None:
    assert as_user(make_member("Otra Persona", puerto_claro, role)).get(HERE).status_code == status


def test_more_departments_cost_no_more_queries(desk, cycle, puerto_claro) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert desk.get(HERE).status_code == 200
        return len(found)

    desk.get(HERE)
    few = cost()
    for number in range(3):
        Department.objects.create(municipality=puerto_claro, code=f"otra-{number}", name=f"Otra {number}")

    assert cost() == few
