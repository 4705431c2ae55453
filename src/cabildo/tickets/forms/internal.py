"""What officials type about the work between departments: internal requests, protocols, the directory."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.models import Department, User
from cabildo.accounts.queries import department_ids
from cabildo.accounts.scoping import formfield
from cabildo.tickets.actions.silence import claim_refusal
from cabildo.tickets.choices import Channel, InternalKind, Kind, ProtocolStep, SilenceEffect
from cabildo.tickets.forms.desk import VersionedForm
from cabildo.tickets.models import Category, Protocol, Ticket
from cabildo.tickets.queries.reasons import pause_reasons
from cabildo.tickets.rules.internal import USUAL_DAYS, longest_term
from cabildo.ui.file_fields import FilesField


def _attachments() -> FilesField:
    return FilesField(
        label=_("Documentos"),
        help_text=_(
            "Planos, fotos, oficios: a lo más cinco archivos. Los leen las dos direcciones y, si la solicitud no es "
            "reservada, quien ve todas."
        ),
        required=False,
    )


class AskFields(forms.Form):
    """What is asked, of whom, and for when."""

    to = forms.ModelChoiceField(
        label=_("Dirección a la que se pide"), queryset=Department.objects.none(), empty_label=_("Elija una opción")
    )
    kind = forms.ChoiceField(label=_("Qué se pide"), choices=InternalKind.choices, widget=forms.RadioSelect)
    asks = forms.CharField(
        label=_("Antecedentes o informe que necesita"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    days = forms.IntegerField(
        label=_("Plazo en días hábiles"),
        help_text=_("Un informe tiene a lo más 10 días hábiles (Ley 19.880, art. 24)."),
        min_value=1,
        max_value=20,
        initial=USUAL_DAYS,
    )
    papers = _attachments()
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    def clean_key(self) -> str | None:
        return str(self.cleaned_data["key"]) if self.cleaned_data["key"] else None

    def offer(self, but: int | None) -> None:
        self.fields["to"].queryset = Department.objects.filter(is_active=True).exclude(pk=but)
        self.fields["kind"].initial = InternalKind.ANTECEDENTS

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind, days = given.get("kind"), given.get("days")
        if kind and days and days > longest_term(kind):
            message = _("Escriba a lo más %(most)s días hábiles.") % {"most": longest_term(kind)}
            self.add_error("days", message)
        return given


class AskOnTicketForm(AskFields, VersionedForm):
    """Asked from a request: its department asks, and its folio is the procedure."""

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(but=ticket.department_id)


class FreeAskForm(AskFields):
    """Free-standing: it says for which procedure, and on behalf of which department."""

    procedure = forms.CharField(
        label=_("Para qué procedimiento"),
        help_text=_("Por ejemplo: modificación de la ordenanza de aseo."),
        max_length=200,
    )
    from_department = forms.ModelChoiceField(
        label=_("Dirección que pide"), queryset=Department.objects.none(), empty_label=_("Elija una opción")
    )
    field_order = ("from_department", "to", "procedure", "kind", "asks", "days", "papers", "key")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(but=None)
        mine = Department.objects.filter(pk__in=department_ids(user), is_active=True)
        self.fields["from_department"].queryset = mine
        self.fields["from_department"].initial = mine.first()


class InternalAnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Lo que se informa"),
        help_text=_("Lo lee la dirección que debe responder al vecino."),
        max_length=12_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    papers = _attachments()


class ReasonForm(forms.Form):
    text = forms.CharField(label=_("Motivo"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ProtocolForm(forms.ModelForm):
    """A version being written. With nothing ticked it applies to every channel or category."""

    channels = forms.MultipleChoiceField(
        label=_("Canales"),
        help_text=_("Sin marcar ninguno vale para todos."),
        choices=[choice for choice in Channel.choices if choice[0] != Channel.IMPORT],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Tipos de atención"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    groups = forms.MultipleChoiceField(
        label=_("Grupos de materias"), widget=forms.CheckboxSelectMultiple, required=False
    )
    categories = forms.MultipleChoiceField(
        label=_("Materias"),
        help_text=_("Mantenga presionada la tecla Control para elegir varias."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
        required=False,
    )

    department = forms.ModelChoiceField(
        label=_("Dirección que lo escribe"), queryset=Department.objects.none(), empty_label=_("Elija una opción")
    )
    review_months = forms.IntegerField(label=_("Se revisa cada cuántos meses"), min_value=1, max_value=36, initial=12)

    class Meta:
        formfield_callback = formfield
        model = Protocol
        fields = ["title", "department", "step", "body", "channels", "kinds", "groups", "categories", "review_months"]
        widgets = {"body": forms.Textarea(attrs={"rows": 12}), "step": forms.RadioSelect}

    def __init__(self, *args: Any, user: User, everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        departments = Department.objects.filter(is_active=True)
        fields["department"].queryset = departments if everywhere else departments.filter(pk__in=department_ids(user))
        fields["step"].choices = ProtocolStep.choices
        tree = list(Category.objects.filter(is_open=True).only("code", "label", "group_code", "group_label"))
        fields["groups"].choices = list({c.group_code: c.group_label for c in tree}.items())
        fields["categories"].choices = [(c.code, f"{c.group_label} · {c.label}") for c in tree]


class ReviewForm(forms.Form):
    review_on = forms.DateField(
        label=_("Se revisa el"),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
        help_text=_("Si lo deja en blanco se calcula con los meses del protocolo."),
    )


class DepartmentForm(forms.ModelForm):
    """What the directory says of a department."""

    class Meta:
        model = Department
        fields = ["name", "does", "phone", "email", "address", "hours"]
        widgets = {"does": forms.Textarea(attrs={"rows": 4})}


class PauseForm(VersionedForm):
    reason = forms.ChoiceField(label=_("Motivo"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Nota interna"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(reason.code, _worded(reason)) for reason in pause_reasons()]


def _worded(reason: Any) -> str:
    unit = _("días hábiles") if reason.unit == "habiles" else _("días corridos")
    what = _("detiene también el plazo legal (%s)") % reason.norm if reason.norm else _("detiene sólo la meta interna")
    return f"{reason.label}: {what}; {_('a lo más')} {reason.max_days} {unit}"


class KeepInternal(forms.BooleanField):
    """The tick of a step that closes a request on which other departments still owe something."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Mantener lo pedido a otras direcciones"),
            help_text=_("Sólo si todavía lo necesita. Si no lo marca, se retira y se les avisa."),
            required=False,
        )


class SilenceForm(VersionedForm):
    effect = forms.ChoiceField(label=_("Efecto"), choices=SilenceEffect.choices, widget=forms.RadioSelect)
    claimed_on = forms.DateField(
        label=_("La persona reclamó la falta de respuesta el"),
        help_text=_(
            "Sólo para el silencio positivo: un día posterior al vencimiento, hace más de cinco días hábiles (art. 64)."
        ),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    text = forms.CharField(
        label=_("Fundamento"),
        help_text=_("Queda en el certificado y lo lee el vecino."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ticket = ticket
        self.fields["effect"].initial = SilenceEffect.REJECTED

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "effect" in given and "claimed_on" in given:
            effect, claimed_on = given["effect"], given["claimed_on"]
            if refusal := claim_refusal(self.ticket, effect=effect, claimed_on=claimed_on, today=timezone.localdate()):
                self.add_error("claimed_on", refusal.sentence)
        return given
