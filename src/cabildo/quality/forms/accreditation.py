"""What people write in the accreditation line: a service that is presented, and the points of one side."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.accounts.models import Department
from cabildo.documents.actions import most_megabytes
from cabildo.documents.choices import Kind
from cabildo.instruments.rules.awards import Award
from cabildo.quality.actions.accreditation import Given
from cabildo.quality.models import Service
from cabildo.quality.queries.accreditation import Stated
from cabildo.ui.revised_forms import RevisedForm

TOTAL, SERVICE = "total_", "servicio_"


class ServiceForm(RevisedForm):
    department = forms.ModelChoiceField(
        label=_("Dirección responsable"), queryset=Department.objects.none(), empty_label=_("Elija una dirección")
    )

    class Meta:
        model = Service
        fields = ["name", "department", "delivers", "reason"]
        widgets = {"delivers": forms.Textarea(attrs={"rows": 4}), "reason": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        known = Department.objects.filter(is_active=True)
        held = self.instance.department_id
        fields["department"].queryset = (known | Department.objects.filter(pk=held)).order_by("name")
        fields["delivers"].help_text = _("Qué recibe la persona que lo pide, y dónde.")
        fields["reason"].help_text = _("Por ejemplo, cuántas personas lo usan y qué registros hay.")


class WithdrawForm(forms.Form):
    on = day(_("Se retiró el"))
    reason = forms.CharField(
        label=_("Por qué se retira"),
        help_text=_("Por ejemplo, «El servicio pasó a otra institución». La razón queda en las páginas y papeles."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PointsForm(forms.Form):
    """A figure for each total of the rules and for each service; the paper; why, when another layer stands."""

    paper = forms.CharField(
        label=_("Documento que los respalda"),
        max_length=200,
        help_text=_("Por ejemplo, «Acta del comité N° 12» o «Informe de visita N° 3»."),
    )
    file = forms.FileField(label=_("El documento"))
    reason = forms.CharField(
        label=_("Por qué se corrigen"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, award: Award, services: Sequence[Service], standing: Stated | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.totals, self.services = [one.id for one in award.totals], [one.pk for one in services]
        fields: Any = self.fields
        fields["file"].help_text = _("Un archivo PDF de hasta %s MB.") % most_megabytes(Kind.EVIDENCE)
        fields["seen"].initial = standing.layer.pk if standing else 0
        if standing is None:
            del fields["reason"]
        else:
            fields["reason"].required = True
        before: Any = (standing.totals, standing.services) if standing else ({}, {})
        for total in award.totals:
            fields[f"{TOTAL}{total.id}"] = _figure(total.label, total.maximum, before[0].get(total.id))
        for service in services:
            fields[f"{SERVICE}{service.pk}"] = _figure(service.name, award.service_maximum, before[1].get(service.pk))
        names = [*(f"{TOTAL}{one}" for one in self.totals), *(f"{SERVICE}{one}" for one in self.services)]
        self.order_fields([*names, "paper", "file", "reason"])

    @property
    def given(self) -> Given:
        """What was written, once it is valid."""
        data = self.cleaned_data
        return Given(
            totals={name: data[f"{TOTAL}{name}"] for name in self.totals},
            services={pk: data[f"{SERVICE}{pk}"] for pk in self.services},
            paper=data["paper"],
            file=data["file"],
            seen=data["seen"],
            reason=data.get("reason", ""),
        )


def _figure(label: str, maximum: int | None, before: Decimal | None) -> forms.DecimalField:
    """`before` is what the layer that is corrected says."""
    most = None if maximum is None else Decimal(maximum)
    words = _("Puntos, desde 0.") if maximum is None else _("Puntos, de 0 a %s.") % maximum
    return forms.DecimalField(
        label=label,
        help_text=words,
        min_value=0,
        max_value=most,
        max_digits=7,
        decimal_places=2,
        localize=True,
        initial=before,
    )
