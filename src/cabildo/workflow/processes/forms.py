"""What officials type about a process under way."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.access import departments_where, holds_everywhere, roles_with
from cabildo.accounts.fields import day
from cabildo.accounts.models import Department, User
from cabildo.accounts.queries import people_here
from cabildo.content.models import PackVersion
from cabildo.workflow.processes.actions.runs import Holder
from cabildo.workflow.processes.choices import ProcessPermission
from cabildo.workflow.processes.models import RunRole, TaskRun

CHOOSE = _("Elija una opción")
MOST_YEARS_BACK = 5  # a process that began before is history: its dates would all be past


def text_area(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}), **more)


class RevisionForm(forms.Form):
    """Carries the revision that the person had before them."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReasonForm(RevisionForm):
    reason = text_area(_("Motivo"), max_length=300, help_text=_("Queda en la historia del proceso."))


class SpanForm(ReasonForm):
    """New days, and why."""

    starts_on = day(_("Empieza el"))
    ends_on = day(_("Termina el"))
    field_order = ["starts_on", "ends_on", "reason"]


class SaidForm(forms.Form):
    """On what a requirement is founded."""

    said = text_area(
        _("En qué se funda"), max_length=400, help_text=_("Por ejemplo: el decreto, el acta o quién lo comprobó.")
    )


class DoneForm(RevisionForm):
    """When a task was done, and what others should know."""

    ended_on = day(_("Se hizo el"))
    note = text_area(_("Nota"), max_length=2000, required=False)


class NoteForm(RevisionForm):
    note = text_area(_("Nota"), max_length=2000, required=False)


class PaperForm(forms.Form):
    file = forms.FileField(label=_("Documento"))


class HolderForm(RevisionForm):
    """A person, a department, or both."""

    responsible = forms.ModelChoiceField(
        label=_("Persona"), queryset=User.objects.none(), empty_label=_("Nadie en particular"), required=False
    )
    department = forms.ModelChoiceField(
        label=_("Dirección"), queryset=Department.objects.none(), empty_label=_("Ninguna"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        responsible: Any = self.fields["responsible"]
        department: Any = self.fields["department"]
        responsible.queryset = people_here()
        department.queryset = Department.objects.filter(is_active=True)

    @property
    def holder(self) -> Holder:
        return Holder(self.cleaned_data["responsible"], self.cleaned_data["department"])

    @staticmethod
    def of(row: TaskRun | RunRole) -> dict[str, Any]:
        """What the form shows of who answers now."""
        return {"responsible": row.responsible, "department": row.department}


def leader_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=_("Persona que lo conduce"),
        help_text=_("Comienza y cierra sus etapas. Sin nadie en particular, lo hace la jefatura de la dirección."),
        queryset=User.objects.none(),
        empty_label=_("Nadie en particular"),
        required=False,
    )


def possible_leaders() -> Any:
    return people_here(roles_with(ProcessPermission.LEAD))


class LeaderForm(ReasonForm):
    """Who leads from now on, and why it changes."""

    to = leader_field()
    field_order = ["to", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = possible_leaders()


class StartForm(forms.Form):
    """Which process, when, and who leads it."""

    process = forms.ModelChoiceField(label=_("Proceso"), queryset=PackVersion.objects.none(), empty_label=CHOOSE)
    title = forms.CharField(
        label=_("Nombre"), max_length=160, help_text=_("Con el que se reconoce en las listas, con su año si sirve.")
    )
    planned_start_on = day(_("Empieza el"), years_back=MOST_YEARS_BACK)
    department = forms.ModelChoiceField(
        label=_("Dirección que lo conduce"), queryset=Department.objects.none(), empty_label=_("Ninguna en particular")
    )
    leader = leader_field()

    def __init__(self, *args: Any, user: Any, offered: list[PackVersion], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        process: Any = self.fields["process"]
        process.queryset = PackVersion.objects.filter(pk__in=[version.pk for version in offered])
        process.choices = [("", CHOOSE), *((version.pk, version.pack.title) for version in offered)]
        self.fields["planned_start_on"].initial = today
        self._offer_departments(user)
        leader: Any = self.fields["leader"]
        leader.queryset = possible_leaders()

    def _offer_departments(self, user: Any) -> None:
        """Who directs in a department starts what it leads; who directs everywhere may name none."""
        department: Any = self.fields["department"]
        department.queryset = Department.objects.filter(is_active=True)
        department.required = not holds_everywhere(user, ProcessPermission.DIRECT)
        if department.required:
            department.queryset = department.queryset.filter(pk__in=departments_where(user, ProcessPermission.DIRECT))


class CycleForm(forms.Form):
    title = forms.CharField(label=_("Nombre"), max_length=160)
    planned_start_on = day(_("Empieza el"), years_back=MOST_YEARS_BACK)
