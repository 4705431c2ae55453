"""What stands in a list of options before one is chosen."""

from django import forms

from cabildo.accounts.models import Municipality


def test_the_empty_option_asks_in_spanish(db) -> None:
    class Chooser(forms.Form):
        where = forms.ModelChoiceField(Municipality.objects.all())

    assert "Elija una opción" in str(Chooser()["where"])
