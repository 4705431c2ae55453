"""What officials type: intake at the counter, and each step of the work."""

from datetime import datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import RunField
from cabildo.accounts.models import Department, User
from cabildo.accounts.queries import members_of, people_here
from cabildo.people.actions import Contact
from cabildo.tickets.choices import Channel
from cabildo.tickets.forms.questions import CategoryQuestions
from cabildo.tickets.forms.subject import SubjectFields, grouped_choices, kind_choices
from cabildo.tickets.models import Category, Ticket
from cabildo.tickets.queries.catalogue import open_categories

PERSON_FIELDS = ("name", "run", "phone", "email", "address", "reserve")
PAPER_FIELDS = ("received_on", "backdated_reason", "document")
MOST_YEARS_BACK = 10  # a letter found later is not older
STAFF_CHANNELS = [Channel.COUNTER, Channel.PHONE, Channel.PAPER, Channel.SOCIAL, Channel.MAIL]


class VersionedForm(forms.Form):
    """A step on a request: it remembers which version of it the person was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)

    def renew(self, **now: str) -> None:
        """From now on it speaks of what is shown now; what was typed stays."""
        typed = self.data.copy()
        for name, value in now.items():
            typed[name] = value
        self.data = typed


class CategoryChoiceForm(forms.Form):
    """First step at the counter: what is it about, and how did it come?"""

    channel = forms.ChoiceField(label=_("Canal"), choices=[(c.value, c.label) for c in STAFF_CHANNELS])
    category = forms.ModelChoiceField(
        label=_("Materia"), queryset=Category.objects.none(), empty_label=_("Elija una opción")
    )
    persona = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = open_categories()
        self.fields["category"].queryset = categories
        self.fields["category"].choices = grouped_choices(categories)


class RegisterForm(CategoryQuestions):
    """What somebody asks at the counter, by telephone or on paper."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    kind = forms.ChoiceField(label=_("Tipo"))
    text = forms.CharField(
        label=_("Qué pide, con sus palabras"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    place = forms.CharField(label=_("Lugar de los hechos"), max_length=200, required=False)
    official = forms.ModelChoiceField(
        label=_("De qué funcionario o funcionaria reclama"),
        help_text=_("Esa persona no verá este reclamo. Si no está en la lista, elija «No sé»."),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("No sé"),
    )
    official.must_answer = True  # «no sé» is an answer too
    latitude = forms.FloatField(widget=forms.HiddenInput, required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(widget=forms.HiddenInput, required=False, min_value=-180, max_value=180)
    name = forms.CharField(label=_("Nombre y apellidos"), max_length=160, required=False)
    run = RunField(label=_("RUN"), max_length=14, required=False)
    phone = forms.CharField(label=_("Teléfono"), max_length=20, required=False)
    email = forms.EmailField(label=_("Correo electrónico"), required=False)
    address = forms.CharField(label=_("Domicilio"), max_length=200, required=False)
    reserve = forms.BooleanField(label=_("Pide reserva de su identidad"), required=False)
    received_on = forms.DateField(
        label=_("Fecha en que llegó"),
        help_text=_("Sólo si llegó antes de hoy, por ejemplo una carta."),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    backdated_reason = forms.CharField(label=_("Por qué se ingresa después"), max_length=200, required=False)
    document = forms.FileField(label=_("Carta, foto o documento"), required=False)

    def __init__(self, *args: Any, category: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category = category
        self.fields["kind"].choices = kind_choices(category)
        self._mark_what_is_needed()
        for name in PERSON_FIELDS:  # the counter's computer is shared: no draft of who asks stays on it
            self.fields[name].widget.attrs["data-autosave-skip"] = ""
        self.add_questions()
        if category.concerns_official:
            self.fields["official"].queryset = people_here()
        else:
            del self.fields["official"]

    def _mark_what_is_needed(self) -> None:
        """What this subject asks for is not called optional; a point on the map does for the words of the place."""
        self.asks_place = self.category.definition.get("location", "none") != "none"
        if self.asks_place:
            self.fields["place"].help_text = _("Escriba la dirección o una referencia, o marque el punto en el mapa.")
        self.fields["place"].must_answer = self.category.definition.get("location") == "required"
        self.fields["name"].required = self.category.definition.get("identity") == "required"
        self.fields["name"].error_messages["required"] = _("En esta materia hace falta el nombre.")

    def clean_received_on(self) -> datetime | None:
        day = self.cleaned_data["received_on"]
        if day is None or day == timezone.localdate():
            return None
        if day.year < timezone.localdate().year - MOST_YEARS_BACK:
            raise forms.ValidationError(_("Revise el año: esa fecha es de hace más de %s años.") % MOST_YEARS_BACK)
        return timezone.make_aware(datetime.combine(day, time(12)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check_questions(cleaned)
        has_point = cleaned.get("latitude") is not None and cleaned.get("longitude") is not None
        if not has_point:
            cleaned["latitude"] = cleaned["longitude"] = None
        if self.fields["place"].must_answer and not has_point and not cleaned.get("place"):
            self.add_error("place", _("En esta materia hace falta el lugar: escríbalo o márquelo en el mapa."))
        return cleaned

    def renew_key(self) -> None:
        """Sent again from now on, it is another request."""
        self.data = data = self.data.copy()
        data["key"] = str(uuid4())

    @property
    def asked_fields(self) -> list[forms.BoundField]:
        apart = (*PERSON_FIELDS, *PAPER_FIELDS)
        return [field for field in self.visible_fields() if field.name not in apart]

    @property
    def person_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in PERSON_FIELDS]

    @property
    def paper_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in PAPER_FIELDS]

    @property
    def contact(self) -> Contact:
        given = self.cleaned_data
        return Contact(**{name: given[name] for name in ("name", "run", "email", "phone", "address")})


class DeriveForm(VersionedForm):
    department = forms.ModelChoiceField(
        label=_("Dirección que debe responder"), queryset=Department.objects.none(), empty_label=_("Elija una opción")
    )
    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("Lo leerá también el vecino."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments = Department.objects.filter(is_active=True).exclude(pk=ticket.department_id)
        self.fields["department"].queryset = departments


class AssignForm(VersionedForm):
    person = forms.ModelChoiceField(
        label=_("Persona a cargo"), queryset=User.objects.none(), empty_label=_("Elija una opción")
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ticket.department is not None:
            self.fields["person"].queryset = members_of(ticket.department)


class ReclassifyForm(SubjectFields, VersionedForm):
    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].initial, self.fields["kind"].initial = ticket.category_id, ticket.kind
        self.offer()


class TextForm(VersionedForm):
    """One text: a note, a message, a reason. The step gives it its label."""

    text = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, ticket: Ticket, label: str, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, help_text


class ExtendForm(VersionedForm):
    days = forms.IntegerField(label=_("Días que se agregan"), min_value=1, max_value=180)
    text = forms.CharField(
        label=_("Motivo"),
        help_text=_("Lo leerá también el vecino."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
