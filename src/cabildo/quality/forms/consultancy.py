"""What is written of a consultancy: its contract, its people, whom it accompanies; of a visit, agenda and report."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.documents.actions import most_megabytes
from cabildo.documents.choices import Kind
from cabildo.quality.models import Consultancy, Visit
from cabildo.ui.revised_forms import RevisedForm


class ConsultancyForm(RevisedForm):
    awarded_on = day(_("Se adjudicó el"))
    starts_on = day(_("Primer día del contrato"))
    ends_on = day(_("Último día del contrato"))

    class Meta:
        model = Consultancy
        fields = ["firm", "tender_number", "awarded_on", "contract_number", "starts_on", "ends_on"]


class ConsultantForm(forms.Form):
    """The account of whoever visits; it is made when there is none."""

    full_name = forms.CharField(label=_("Nombre y apellidos"), max_length=120)
    email = forms.EmailField(label=_("Correo electrónico"), help_text=_("Con él entrará a la plataforma."))


class AgendaForm(RevisedForm):
    class Meta:
        model = Visit
        fields = ["agenda"]
        widgets = {"agenda": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["agenda"].help_text = _("Qué se tratará, con quiénes y qué debe estar listo antes.")


class VisitReportForm(RevisedForm):
    held_on = day(_("Se hizo el"))
    effort_days = forms.DecimalField(
        label=_("Días de trabajo"),
        help_text=_("Media jornada es 0,5."),
        min_value=Decimal("0.5"),
        max_value=Decimal(20),
        decimal_places=1,
        localize=True,
    )
    report = forms.CharField(
        label=_("Informe de la visita"),
        help_text=_("Qué se hizo, quiénes estuvieron y qué quedó acordado."),
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    paper = forms.FileField(label=_("Informe en archivo"), required=False)

    class Meta:
        model = Visit
        fields = ["held_on", "effort_days", "report"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["paper"].help_text = _("Un archivo de hasta %s MB.") % most_megabytes(Kind.EVIDENCE)
