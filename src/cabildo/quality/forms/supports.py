"""What people write of a support: what it gives and why, and each movement of its money."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.quality.choices import MovementKind, SupportKind
from cabildo.quality.models import Support, SupportMovement
from cabildo.ui.revised_forms import DecidedForm, RevisedForm, options


class SupportForm(RevisedForm):
    kind = forms.ChoiceField(label=_("Tipo de apoyo"), choices=options(SupportKind), widget=forms.RadioSelect)
    granted_on = day(_("Otorgado el"))

    class Meta:
        model = Support
        fields = ["kind", "pays", "reason", "amount_clp", "granted_on"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["amount_clp"].help_text = _("Sin puntos. En blanco si todavía no se sabe: no es lo mismo que cero.")


class MovementForm(DecidedForm):
    kind = forms.ChoiceField(label=_("Qué es"), choices=options(MovementKind), widget=forms.RadioSelect)
    on = day(_("Fecha"))

    class Meta:
        model = SupportMovement
        fields = ["kind", "on", "amount_clp", "paper"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["amount_clp"].help_text = _("Sin puntos.")
        fields["paper"].help_text = _("Por ejemplo, «Resolución exenta N° 812» o «Informe de rendición N° 3».")
