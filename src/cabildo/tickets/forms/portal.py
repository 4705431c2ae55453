"""What a neighbour types in the portal, one step at a time."""

from typing import Any
from uuid import uuid4

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import RunField
from cabildo.documents.actions import most_megabytes
from cabildo.people.actions import Contact
from cabildo.tickets.choices import Kind, LowGradeReason
from cabildo.tickets.forms.questions import CategoryQuestions
from cabildo.tickets.models import Category
from cabildo.tickets.rules.folio import normal_folio, normal_secret, shown_secret
from cabildo.tickets.rules.publication import may_publish
from cabildo.tickets.rules.satisfaction import is_low
from cabildo.ui.file_fields import MOST_FILES, FilesField

WILL_BE_READ = _("Lo que escriba aquí lo podrá leer cualquier persona, sin su nombre.")
MAY_BE_SEEN = _("Después de revisarla podemos publicarla: la podrá ver cualquier persona, sin su nombre.")


def is_published(category: Category) -> bool:
    """Is what is asked of this subject read by anyone, unless its reserve is asked for?"""
    return may_publish(
        publishes=category.publishes_text,
        is_reserved=category.is_reserved,
        concerns_official=category.concerns_official,
    )


def _how_it_is_published() -> SafeString:
    address = reverse("tickets:moderation_notice")
    return format_html('<a href="{}">{}</a>', address, _("Qué se publica y quién lo revisa"))


class DetailsForm(CategoryQuestions):
    """What is asked: its kind, the words, and the category's own questions."""

    kind = forms.ChoiceField(label=_("¿Qué quiere hacer?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Cuéntenos qué pasa"),
        help_text=_("Diga qué necesita, desde cuándo y a quién afecta. No escriba aquí su RUN ni su teléfono."),
        max_length=4000,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, category: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category = category
        allowed = category.definition.get("kinds") or Kind.values
        self.fields["kind"].choices = [(value, label) for value, label in Kind.choices if value in allowed]
        if len(allowed) == 1:
            self.fields["kind"].initial = allowed[0]
        if is_published(category):
            self.fields["text"].help_text = format_html(
                "{}<br><strong>{}</strong> {}", self.fields["text"].help_text, WILL_BE_READ, _how_it_is_published()
            )
        self.add_questions()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check_questions(cleaned)
        return cleaned

    @property
    def kept(self) -> dict[str, Any]:
        """What a draft keeps of it."""
        return {name: self.cleaned_data[name] for name in ("kind", "text", "answers")}


class PlaceForm(forms.Form):
    """Where it happens: a point on the map, words, or both."""

    place = forms.CharField(
        label=_("Dirección o referencia"),
        help_text=_("Por ejemplo: Los Aromos 120, frente a la plaza."),
        max_length=200,
        required=False,
    )
    latitude = forms.FloatField(widget=forms.HiddenInput, required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(widget=forms.HiddenInput, required=False, min_value=-180, max_value=180)

    def __init__(self, *args: Any, required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must_say = required

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        has_point = cleaned.get("latitude") is not None and cleaned.get("longitude") is not None
        if not has_point:
            cleaned["latitude"] = cleaned["longitude"] = None
        if self.must_say and not has_point and not cleaned.get("place"):
            self.add_error("place", _("Indique el lugar: escriba la dirección o márquelo en el mapa."))
        return cleaned


class ContactForm(forms.Form):
    """Who asks and how to answer them; what is compulsory depends on the category."""

    name = forms.CharField(label=_("Nombre y apellidos"), max_length=160, required=False)
    run = RunField(label=_("RUN"), help_text=_("Por ejemplo: 12.345.678-5"), max_length=14, required=False)
    email = forms.EmailField(label=_("Correo electrónico"), help_text=_("Aquí recibirá la respuesta."), required=False)
    phone = forms.CharField(label=_("Teléfono"), max_length=20, required=False)
    reserve = forms.BooleanField(
        label=_("Pido reserva de mi identidad"),
        help_text=_("Sólo la dirección que responde sabrá quién es usted."),
        required=False,
    )
    photo = forms.FileField(label=_("Foto o documento"), required=False)

    def __init__(self, *args: Any, category: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        definition = category.definition
        self.identity = definition.get("identity", "required")
        self.fields["name"].required = self.identity == "required"
        if definition.get("photo", "none") == "none":
            del self.fields["photo"]
        else:
            self.fields["photo"].required = definition["photo"] == "required"
            self.fields["photo"].help_text = _("Hasta %s MB.") % most_megabytes("evidence")
            if is_published(category) and category.publishes_photo:
                self.fields["photo"].help_text = format_html(
                    "{} {} {}", self.fields["photo"].help_text, MAY_BE_SEEN, _how_it_is_published()
                )
        if "denuncia" not in (definition.get("kinds") or []):
            del self.fields["reserve"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        reachable = cleaned.get("email") or cleaned.get("phone")
        if self.identity != "anonymous_allowed" and not reachable and "email" not in self.errors:
            self.add_error("email", _("Déjenos un correo o un teléfono para responderle."))
        return cleaned

    @property
    def contact(self) -> Contact:
        given = self.cleaned_data
        return Contact(name=given["name"], run=given["run"], email=given["email"], phone=given["phone"])


class TrackingForm(forms.Form):
    """Folio and secret, as the receipt shows them."""

    folio = forms.CharField(label=_("Folio"), help_text=_("Por ejemplo: S-2026-000123-K"), max_length=30)
    secret = forms.CharField(label=_("Clave de seguimiento"), help_text=_("Diez letras y números."), max_length=20)

    def clean_folio(self) -> str:
        folio = normal_folio(self.cleaned_data["folio"])
        if folio is None:
            raise forms.ValidationError(_("El folio no está bien escrito. Cópielo tal como está en su comprobante."))
        return folio


class InformationForm(forms.Form):
    """What a neighbour adds to a request under way; the key makes resending harmless."""

    text = forms.CharField(
        label=_("Agregar información"), max_length=4000, min_length=3, widget=forms.Textarea(attrs={"rows": 4})
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    @property
    def sent_key(self) -> str:
        return str(self.cleaned_data["key"] or "")


class AdditionForm(InformationForm):
    """The same on one's own request: words, files, or both."""

    papers = FilesField(label=_("Fotos o documentos"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.fields["text"].must_answer = True
        limits = {"most": MOST_FILES, "limit": most_megabytes("evidence")}
        self.fields["papers"].help_text = _("A lo más %(most)s archivos, de hasta %(limit)s MB cada uno.") % limits

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("text") and not cleaned.get("papers"):
            self.add_error("text", _("Escriba lo que quiere agregar, o elija un archivo."))
        return cleaned


class InvitationForm(forms.Form):
    """The code printed beside the QR of an invitation."""

    code = forms.CharField(
        label=_("Código"), help_text=_("Diez letras y números. Por ejemplo: K7QMA-2WXAB."), max_length=20
    )

    def clean_code(self) -> str:
        return shown_secret(normal_secret(self.cleaned_data["code"]))


GRADES = [(str(grade), str(grade)) for grade in range(1, 8)]


class SatisfactionForm(forms.Form):
    """Two questions about a closed request, a third one for a low grade, and others for who wants to answer them."""

    solved = forms.ChoiceField(
        label=_("¿Se resolvió lo que pidió?"), choices=[("yes", _("Sí")), ("no", _("No"))], widget=forms.RadioSelect
    )
    grade = forms.ChoiceField(
        label=_("¿Qué nota le pone a la atención, de 1 a 7?"), choices=GRADES, widget=forms.RadioSelect
    )
    low_reason = forms.ChoiceField(
        label=_("¿Qué fue lo que más falló?"),
        help_text=_("Responda sólo si su nota es de 1 a 3."),
        choices=LowGradeReason.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    low_reason.show_when, low_reason.must_answer = "grade=1|2|3", True
    treatment = forms.ChoiceField(label=_("Trato"), choices=[("", _("Sin nota")), *GRADES], required=False)
    time = forms.ChoiceField(label=_("Tiempo de respuesta"), choices=[("", _("Sin nota")), *GRADES], required=False)
    clarity = forms.ChoiceField(
        label=_("Claridad de la respuesta"), choices=[("", _("Sin nota")), *GRADES], required=False
    )
    comment = forms.CharField(
        label=_("¿Algo más que quiera decir?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("grade") and is_low(int(cleaned["grade"])) and not cleaned.get("low_reason"):
            self.add_error("low_reason", _("Cuéntenos qué falló, para poder mejorarlo."))
        return cleaned

    @property
    def opinion(self) -> dict[str, Any]:
        given = self.cleaned_data
        grades = {name: int(given[name]) if given[name] else None for name in ("treatment", "time", "clarity")}
        return {
            "solved": given["solved"] == "yes",
            "grade": int(given["grade"]),
            "low_reason": given["low_reason"],
            "comment": given["comment"],
            **grades,
        }
