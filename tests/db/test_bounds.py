"""A number that no column holds is in no row, asked for alone or in a list, and in every choice of a form."""

import pytest
from django import forms

from cabildo.accounts.models import Department, Membership, User

pytestmark = pytest.mark.django_db
HUGE = [2**63, 10**20, -(2**63) - 1]


@pytest.mark.parametrize("huge", HUGE)
def test_a_list_with_a_number_too_big_finds_the_others(obras, aseo, huge) -> None:
    assert [*Department.objects.filter(pk__in=[obras.pk, huge])] == [obras]
    assert not Department.objects.filter(pk__in=[huge]).exists()
    assert {*Department.objects.exclude(pk__in=[huge])} == {obras, aseo}


@pytest.mark.parametrize("huge", HUGE)
def test_a_relation_to_a_number_too_big_is_of_nobody(carmen, obras, huge) -> None:
    mine = Membership.objects.filter(user=carmen)

    assert mine.filter(department__in=[huge, obras.pk]).exists()
    assert not mine.filter(department__in=[huge]).exists()
    assert not mine.filter(department=huge).exists()
    assert mine.exclude(department=huge).exists()
    assert not User.objects.filter(memberships=huge).exists()
    assert not User.objects.filter(memberships__department__in=[huge]).exists()


@pytest.mark.parametrize("huge", [str(number) for number in HUGE])
@pytest.mark.parametrize("field", [forms.ModelMultipleChoiceField, forms.ModelChoiceField])
def test_a_choice_of_a_number_too_big_is_an_error_at_its_field(obras, field, huge) -> None:
    asked = field(queryset=Department.objects.all())
    given = [str(obras.pk), huge] if field is forms.ModelMultipleChoiceField else huge

    with pytest.raises(forms.ValidationError):
        asked.clean(given)


def test_lists_of_rows_that_fit_are_asked_as_before(obras, aseo, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        found = {*Department.objects.filter(pk__in=[obras.pk, aseo.pk])}

    assert found == {obras, aseo}
