"""What is typed to moderate, to fix how long persons are kept, and to exercise and answer rights over data."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import RunField
from cabildo.people.actions import Contact
from cabildo.people.models import Requester
from cabildo.people.rules import masked_run
from cabildo.tickets.actions.data_requests import Exercise
from cabildo.tickets.choices import Channel, DataRight, Kind, RetentionScope
from cabildo.tickets.engine_photos import Box
from cabildo.tickets.models import Category

MOST_PARTS = 4


COUNTER_CHANNELS = [(channel.value, channel.label) for channel in (Channel.COUNTER, Channel.PAPER)]

SEEN, UNSEEN = "seen", "unseen"
IDENTITY = [(SEEN, _("Sí, vi su cédula de identidad")), (UNSEEN, _("Todavía no: llegó en papel"))]


class ModerationForm(forms.Form):
    """The text that anyone will read, and why it is not the one that came."""

    text = forms.CharField(
        label=_("Texto que se publica"),
        help_text=_("Quite nombres, direcciones de casas y todo lo que señale a una persona."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("Obligatorio al cambiar o retirar lo publicado. Lo leerá quien hizo la solicitud."),
        max_length=300,
        required=False,
    )


class BlurForm(forms.Form):
    """A rectangle of a photo, in percent from its top left corner."""

    left = forms.IntegerField(label=_("Izquierda, %"), min_value=0, max_value=100)
    top = forms.IntegerField(label=_("Arriba, %"), min_value=0, max_value=100)
    width = forms.IntegerField(label=_("Ancho, %"), min_value=1, max_value=100)
    height = forms.IntegerField(label=_("Alto, %"), min_value=1, max_value=100)


class BlurParts(forms.BaseFormSet):
    """The parts of one photo; at least one, and the empty ones do not count."""

    def clean(self) -> None:
        if not any(self.errors) and not self.boxes:
            raise forms.ValidationError(_("Marque al menos una parte, sobre la foto o con números."))

    @property
    def boxes(self) -> list[Box]:
        return [Box(**form.cleaned_data) for form in self.forms if form.has_changed()]


BlurPartsForm = forms.formset_factory(BlurForm, formset=BlurParts, extra=MOST_PARTS, max_num=MOST_PARTS)


class RetentionForm(forms.Form):
    """For how long, of what, by which norm. Without subject and kind it is the rule of all requests."""

    scope = forms.ChoiceField(
        label=_("De qué y desde cuándo"),
        choices=RetentionScope.choices,
        initial=RetentionScope.TICKETS,
        widget=forms.RadioSelect,
    )
    category = forms.ModelChoiceField(
        label=_("Materia"), queryset=Category.objects.none(), required=False, empty_label=_("Todas las materias")
    )
    kind = forms.ChoiceField(label=_("Tipo"), choices=[("", _("Todos los tipos")), *Kind.choices], required=False)
    months = forms.IntegerField(label=_("Meses"), min_value=1, max_value=600)
    basis = forms.CharField(
        label=_("Norma o acto que fija el plazo"),
        help_text=_("Por ejemplo: Decreto alcaldicio 123 de 2026."),
        max_length=300,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.all()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("scope") != RetentionScope.TICKETS and (cleaned.get("category") or cleaned.get("kind")):
            self.add_error("category", _("La materia y el tipo son sólo de las solicitudes. Déjelos sin elegir."))
        return cleaned


class DataRequestForm(forms.Form):
    """Which right, who exercises it and how to answer. Identity is proved afterwards, before anything is shown."""

    right = forms.ChoiceField(label=_("¿Qué pide?"), choices=DataRight.choices, widget=forms.RadioSelect)
    detail = forms.CharField(
        label=_("Explique qué datos y por qué"),
        help_text=_("Si pide corregir, escriba el dato como debe quedar."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = forms.CharField(label=_("Nombre y apellidos"), max_length=160)
    run = RunField(label=_("RUN"), help_text=_("Por ejemplo: 12.345.678-5"), max_length=14, required=False)
    email = forms.EmailField(label=_("Correo electrónico"), help_text=_("Aquí recibirá la respuesta."))
    phone = forms.CharField(label=_("Teléfono"), max_length=20, required=False)
    # of this form: resending it asks nothing new
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("right") == DataRight.RECTIFICATION and not cleaned.get("detail"):
            self.add_error("detail", _("Escriba qué dato está mal y cómo debe quedar."))
        return cleaned

    @property
    def contact(self) -> Contact:
        given = self.cleaned_data
        return Contact(name=given["name"], run=given["run"], email=given["email"], phone=given["phone"])


class CounterDataRequestForm(DataRequestForm):
    """What an official puts on record for somebody who came, or who wrote on paper."""

    channel = forms.ChoiceField(label=_("¿Cómo llegó?"), choices=COUNTER_CHANNELS, initial=Channel.COUNTER)
    identity = forms.ChoiceField(
        label=_("¿Comprobó quién es?"),
        help_text=_("Mire la cédula. No la copie ni la fotografíe."),
        choices=IDENTITY,
        widget=forms.RadioSelect,
    )

    field_order = ("channel", "right", "detail", "name", "run", "identity", "email", "phone", "key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["run"].required = True
        self.fields["email"].required = False
        self.fields["email"].help_text = _("Sin correo, la respuesta se entrega en el mesón o por carta.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("channel") == Channel.COUNTER and cleaned.get("identity") == UNSEEN:
            self.add_error("identity", _("En el mesón pida la cédula antes de ingresarla."))
        return cleaned

    @property
    def exercise(self) -> Exercise:
        given = self.cleaned_data
        key = str(given["key"]) if given["key"] else None
        seen = str(_("Cédula de identidad vista.")) if given["identity"] == SEEN else ""
        return Exercise(given["right"], self.contact, given["detail"], given["channel"], key, seen)


class VerifyForm(forms.Form):
    """How identity was proved, and which records are of this person."""

    how = forms.CharField(
        label=_("Cómo comprobó su identidad"),
        help_text=_("Por ejemplo: cédula vista en el mesón. No copie la cédula."),
        max_length=300,
    )
    subjects = forms.ModelMultipleChoiceField(
        label=_("Registros que son de esta persona"),
        queryset=Requester.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Marque al menos un registro que sea de esta persona.")},
    )

    def __init__(self, *args: Any, candidates: list[Requester], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["subjects"]
        field.queryset = Requester.objects.filter(pk__in=[one.pk for one in candidates]).order_by("created_at", "pk")
        field.label_from_instance = described


def described(who: Requester) -> str:
    """Enough to tell two records apart."""
    known = [str(who), masked_run(who.run) if who.run else "", who.email or "", who.phone or ""]
    return " · ".join(part for part in known if part)


class ReasonForm(forms.Form):
    """The words of a decision, as the person will read them."""

    text = forms.CharField(
        label=_("Decisión y sus razones"),
        help_text=_("La lee la persona tal como la escriba."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class RectifyForm(ReasonForm):
    """The data as they must stand; they come filled with what is on record."""

    name = forms.CharField(label=_("Nombre y apellidos"), max_length=160, required=False)
    run = RunField(label=_("RUN"), max_length=14, required=False)
    email = forms.EmailField(label=_("Correo electrónico"), required=False)
    phone = forms.CharField(label=_("Teléfono"), max_length=20, required=False)
    address = forms.CharField(label=_("Domicilio"), max_length=200, required=False)

    field_order = ("name", "run", "email", "phone", "address", "text")

    @property
    def contact(self) -> Contact:
        given = self.cleaned_data
        return Contact(**{name: given[name] for name in ("name", "run", "email", "phone", "address")})
