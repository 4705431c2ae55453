"""What is typed about a meeting: its plan, its call, its attendance, its minutes, its agreements."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.accounts.models import Department, User
from cabildo.accounts.queries import people_here
from cabildo.meetings.actions.holding import Noted
from cabildo.meetings.choices import CallChannel, Mark, MeetingKind, Role
from cabildo.meetings.forms.bodies import WhoFields
from cabildo.meetings.models import AgendaItem, Attendance, Body, Meeting

MOST_YEARS_BACK = 10  # who writes down a meeting of the past does so within a mayor's two terms


def hour(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))


class TimesForm(forms.Form):
    """A day and two hours of it."""

    on = day(_("Día"), years_back=MOST_YEARS_BACK)
    starts = hour(_("Hora de inicio"))
    ends = hour(_("Hora de término"))

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """When it was; while nobody noted that, when it was to be."""
        start = timezone.localtime(meeting.begins_at)
        end = timezone.localtime(meeting.ended_at or meeting.planned_end_at)
        return {"on": start.date(), "starts": start.time(), "ends": end.time()}

    def start(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["on"], self.cleaned_data["starts"]))

    def end(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["on"], self.cleaned_data["ends"]))


class PlanForm(TimesForm):
    title = forms.CharField(label=_("Título"), max_length=160)
    kind = forms.ChoiceField(label=_("Tipo"), choices=MeetingKind.choices)
    place = forms.CharField(label=_("Lugar"), max_length=200, required=False)
    link = forms.URLField(label=_("Enlace para conectarse"), max_length=300, required=False, assume_scheme="https")
    field_order: tuple[str, ...] = ("title", "kind", "on", "starts", "ends", "place", "link")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "kind", "place", "link")}

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        start, end = timezone.localtime(meeting.planned_start_at), timezone.localtime(meeting.planned_end_at)
        plain = {name: getattr(meeting, name) for name in ("title", "kind", "place", "link")}
        return {**plain, "on": start.date(), "starts": start.time(), "ends": end.time()}


class FreePlanForm(PlanForm):
    """A meeting of a body of those this person leads, or a free-standing one."""

    body = forms.ModelChoiceField(
        label=_("Cuerpo que sesiona"), queryset=Body.objects.none(), required=False, empty_label=_("Ninguno")
    )
    field_order = ("body", *PlanForm.field_order)


class PointForm(forms.Form):
    title = forms.CharField(label=_("Punto"), max_length=200)
    minutes = forms.IntegerField(label=_("Minutos"), min_value=1, max_value=480, initial=10)
    presenter = forms.CharField(label=_("Quien expone"), max_length=160, required=False)


class CallForm(forms.Form):
    """Whom to call, and how."""

    channel = forms.ChoiceField(label=_("Medio"), choices=CallChannel.choices, widget=forms.RadioSelect)
    people = forms.MultipleChoiceField(label=_("A quiénes"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Sequence[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["channel"].initial = CallChannel.MAIL
        fields["people"].choices = [(str(person.pk), _listed(person)) for person in people]
        fields["people"].initial = [
            str(person.pk) for person in people if person.mail_address and not person.calls.all()
        ]


def _listed(person: Attendance) -> str:
    """Name, organisation, and how the person was called before."""
    told = [call.get_channel_display() for call in person.calls.all()]
    before = str(_("ya convocada por %s")) % ", ".join(str(word) for word in told) if told else ""
    without = "" if person.mail_address else str(_("sin correo"))
    return " · ".join(word for word in (person.full_name, person.organisation, without, before) if word)


class InviteForm(WhoFields):
    role = forms.ChoiceField(label=_("Papel"), choices=Role.choices, initial=Role.MEMBER)


class AttendanceForm(forms.Form):
    """A mark for each person of the list, and who came in their name."""

    def __init__(self, *args: Any, people: Sequence[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for person in people:
            mark = forms.ChoiceField(
                label=person.full_name, choices=Mark.choices, widget=forms.RadioSelect, required=False
            )
            mark.initial = person.mark
            by = forms.CharField(
                label=_("Le representa"), max_length=160, required=False, initial=person.represented_by
            )
            self.fields[f"mark_{person.pk}"], self.fields[f"by_{person.pk}"] = mark, by

    def rows(self) -> Iterator[tuple[Attendance, Any, Any]]:
        for person in self.people:
            yield person, self[f"mark_{person.pk}"], self[f"by_{person.pk}"]

    def marks(self) -> dict[int, Noted]:
        """What was marked, by the id of the line; lines without a mark are left alone."""
        given = self.cleaned_data
        return {
            person.pk: Noted(given[f"mark_{person.pk}"], given[f"by_{person.pk}"])
            for person in self.people
            if given[f"mark_{person.pk}"]
        }


class QuorumForm(forms.Form):
    note = forms.CharField(
        label=_("Qué se resolvió si no hay quórum"),
        help_text=_("Por ejemplo: se esperó media hora y se sesionó sin tomar acuerdos."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MinuteForm(forms.Form):
    """One field of one point, with the revision in which it was read."""

    field = forms.ChoiceField(choices=[("text", "text"), ("dissent", "dissent")])
    words = forms.CharField(max_length=20_000, required=False, strip=False)
    revision = forms.IntegerField(min_value=0)


class AgreementForm(forms.Form):
    what = forms.CharField(label=_("Qué se acuerda"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    item = forms.ModelChoiceField(
        label=_("Punto de la tabla"), queryset=AgendaItem.objects.none(), required=False, empty_label=_("Ninguno")
    )
    user = forms.ModelChoiceField(
        label=_("Funcionario responsable"), queryset=User.objects.none(), required=False, empty_label=_("Ninguno")
    )
    department = forms.ModelChoiceField(
        label=_("Dirección responsable"), queryset=Department.objects.none(), required=False, empty_label=_("Ninguna")
    )
    outsider = forms.CharField(label=_("Responsable de fuera"), max_length=160, required=False)
    due_on = day(_("Plazo"))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["item"].queryset = meeting.items.all()
        fields["user"].queryset = people_here()
        fields["department"].queryset = Department.objects.filter(is_active=True)


class DoneForm(forms.Form):
    done_on = day(_("Se cumplió el"))
    evidence = forms.CharField(
        label=_("Cómo consta"),
        help_text=_("El documento, el acto o el hecho que lo muestra."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Motivo"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class SignedCopyForm(forms.Form):
    file = forms.FileField(
        label=_("PDF firmado"),
        help_text=_("La misma copia que descargó, con las firmas electrónicas dentro."),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )
    signers = forms.MultipleChoiceField(label=_("Quiénes firmaron"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Sequence[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["signers"].choices = [(str(person.pk), person.full_name) for person in people]
