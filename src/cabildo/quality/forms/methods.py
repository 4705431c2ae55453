"""What people write of how a stage is run, of how progress is followed, and of what works well."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.accounts.models import Department
from cabildo.accounts.queries import people_here
from cabildo.accounts.scoping import formfield
from cabildo.quality.choices import Every
from cabildo.quality.forms.committee import departments_field, fill_departments
from cabildo.quality.models import FollowUp, GoodPractice, InterventionMethod
from cabildo.ui.revised_forms import RevisedForm, options

CHOOSE = _("Elija una opción")


class MethodForm(RevisedForm):
    departments = departments_field(_("Direcciones que participan"))
    field_order = ("departments", "people", "how", "revision")

    class Meta:
        formfield_callback = formfield
        model = InterventionMethod
        fields = ["people", "how"]
        widgets = {"people": forms.Textarea(attrs={"rows": 3}), "how": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "people": _("Por su nombre o su cargo: quién escribe, quién revisa y quién decide."),
            "how": _("A quién se entrevista, cómo se reúnen los antecedentes y cómo se llega a un acuerdo."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_departments(self)

    def as_shown(self, row: Any, name: str) -> str:
        if name == "departments":
            return ", ".join(str(one) for one in row.departments.all())
        return super().as_shown(row, name)


class FollowUpForm(RevisedForm):
    every = forms.ChoiceField(label=_("Cada cuánto"), choices=options(Every), widget=forms.RadioSelect)
    starts_on = day(_("Primera revisión"))

    class Meta:
        formfield_callback = formfield
        model = FollowUp
        fields = ["what", "reviewer", "every", "starts_on", "when_late"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("what", "when_late")}
        help_texts = {
            "what": _("Por ejemplo: las actividades del mes, los elementos sin evidencia, las tareas atrasadas."),
            "when_late": _("Por ejemplo: se avisa a la jefatura y, a la segunda vez, se lleva al comité."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["reviewer"].queryset = people_here()
        fields["reviewer"].empty_label = CHOOSE


class PracticeForm(RevisedForm):
    since_on = day(_("Desde cuándo"), _("Si no sabe el día exacto, ponga el primero del mes."))

    class Meta:
        formfield_callback = formfield
        model = GoodPractice
        fields = ["title", "department", "what", "since_on", "contact"]
        widgets = {"what": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "what": _("Qué se hacía antes, qué se hace ahora y qué cambió, para que otra unidad pueda copiarlo."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["department"].queryset = Department.objects.filter(is_active=True)
        fields["contact"].queryset = people_here()
        for name in ("department", "contact"):
            fields[name].empty_label = CHOOSE
