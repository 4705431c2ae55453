"""What people write in stage 2: the decree, the launch, how a plan begins, whom a channel reaches."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.accounts.models import Department, User
from cabildo.documents.actions import most_megabytes
from cabildo.documents.choices import Kind
from cabildo.quality.forms.diagnosis import MeetingForm

PROPOSED, EMPTY = "proposed", "empty"


class DecreeForm(forms.Form):
    number = forms.CharField(label=_("Número del decreto"), max_length=40)
    on = day(_("Fecha del decreto"))
    paper = forms.FileField(label=_("El decreto"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].help_text = _("Un archivo PDF de hasta %s MB.") % most_megabytes(Kind.EVIDENCE)


class AppointForm(DecreeForm):
    secretary = forms.ModelChoiceField(
        label=_("Quién lleva las actas"),
        help_text=_("Una de las dos contrapartes técnicas."),
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    field_order = ("number", "on", "secretary", "paper")

    def __init__(self, *args: Any, counterparts: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["secretary"].queryset = User.objects.filter(pk__in=counterparts).order_by("full_name")


class LaunchForm(MeetingForm):
    expects_all = forms.BooleanField(
        label=_("Esperar a todas las personas con cuenta en la municipalidad"),
        help_text=_("Quedan en la lista para anotar quién asistió. A quienes no tienen cuenta se les agrega después."),
        required=False,
        initial=True,
    )


class StartPlanForm(forms.Form):
    begin = forms.ChoiceField(
        label=_("Cómo empezarlo"),
        choices=(
            (PROPOSED, _("Con actividades propuestas, para cambiarlas")),
            (EMPTY, _("Vacío, para escribir todas las actividades")),
        ),
        widget=forms.RadioSelect,
        initial=PROPOSED,
    )


def departments_field(label: Any, help_text: Any = "") -> forms.ModelMultipleChoiceField:
    """Boxes for the departments at work; the form fills them, inside the scope."""
    return forms.ModelMultipleChoiceField(
        label=label,
        help_text=help_text,
        queryset=Department.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Elija al menos una dirección.")},
    )


def fill_departments(form: Any) -> None:
    form.fields["departments"].queryset = Department.objects.filter(is_active=True)


class ReachForm(forms.Form):
    departments = departments_field(_("Direcciones a las que llega"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_departments(self)
