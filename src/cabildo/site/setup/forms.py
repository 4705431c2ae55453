"""The forms of the guided set-up."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.accounts.models import Department, Municipality
from cabildo.accounts.scoping import formfield
from cabildo.site.setup.uploads import MAX_BYTES
from cabildo.territory.models import Area, Commune
from cabildo.tickets.choices import Kind
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Category
from cabildo.tickets.models.catalogue import UNITS
from cabildo.tickets.rules import answer_terms
from cabildo.workflow.choices import HolidayEffect

MAX_ARMS = 3 * 1024 * 1024
MAX_CALENDAR = 1024 * 1024
HUES = (0, 30, 60, 90, 110, 145, 180, 207, 230, 250, 280, 310, 340)


class IdentityForm(forms.ModelForm):
    arms = forms.FileField(
        label=_("Escudo"),
        help_text=_(
            "Imagen PNG, JPEG o WebP de hasta 3 MB, ojalá con fondo transparente. Se ve arriba de cada página."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    without_arms = forms.BooleanField(label=_("Quitar el escudo que hay"), required=False)

    class Meta:
        model = Municipality
        fields = ["name", "notice", "requires_second_factor"]
        help_texts = {
            "name": _("Completo: Municipalidad de Puerto Claro."),
            "notice": _("Una línea que se ve en todas las páginas. Déjelo vacío si no hace falta."),
            "requires_second_factor": _("Además de la clave: huella, rostro o un código del teléfono."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.arms_sha256:
            del self.fields["without_arms"]

    def clean_arms(self) -> UploadedFile | None:
        return limited(self.cleaned_data["arms"], MAX_ARMS)


def limited(file: Any, limit: int) -> Any:
    """The file, unless it weighs more than `limit` bytes."""
    if file is not None and file.size > limit:
        raise forms.ValidationError(_("El archivo pesa más de %s MB. Elija uno más liviano.") % (limit // 1024 // 1024))
    return file


class ColourForm(forms.Form):
    hue = forms.IntegerField(
        label=_("Tono"),
        min_value=0,
        max_value=359,
        help_text=_("De 0 a 359. Los rojos se apagan: son para lo atrasado."),
    )


class CommuneForm(forms.Form):
    commune = forms.ModelChoiceField(
        label=_("Comuna"),
        queryset=Commune.objects.select_related("province__region").order_by("province__region__code", "name"),
        empty_label=_("Elija la comuna"),
    )


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("Planilla"),
        help_text=_("Excel (XLSX) o CSV. Primero se revisa: nada cambia hasta que usted confirme."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = limited(self.cleaned_data["file"], MAX_BYTES)
        return file


class HolidayForm(forms.Form):
    on = day(_("Fecha"))
    effect = forms.ChoiceField(label=_("Qué hace"), choices=HolidayEffect.choices)
    name = forms.CharField(label=_("Nombre"), max_length=120)
    act = forms.CharField(
        label=_("Ley, decreto o acuerdo que lo dispone"),
        max_length=160,
        help_text=_("Queda en la explicación de los plazos."),
    )


class CalendarForm(forms.Form):
    file = forms.FileField(
        label=_("Archivo de calendario"),
        help_text=_("Formato iCalendar (.ics), como lo exportan Outlook y Google."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = limited(self.cleaned_data["file"], MAX_CALENDAR)
        return file


class CalendarChoiceForm(forms.Form):
    """Which days of the file become holidays, and by which act."""

    days = forms.MultipleChoiceField(label=_("Días que serán feriado"), widget=forms.CheckboxSelectMultiple)
    act = forms.CharField(label=_("Ley, decreto o acuerdo que lo dispone"), max_length=160)

    def __init__(self, *args: Any, options: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = options


class TermForm(forms.Form):
    kind = forms.ChoiceField(label=_("Tipo de solicitud"))
    category = forms.ModelChoiceField(
        label=_("Solo para una categoría"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=_("Para todas"),
    )
    days = forms.IntegerField(
        label=_("Días"), min_value=1, widget=forms.NumberInput(attrs={"max": answer_terms.MAX_DAYS})
    )
    unit = forms.ChoiceField(label=_("Tipo de días"), choices=UNITS)
    article = forms.CharField(
        label=_("Norma y artículo"),
        max_length=200,
        help_text=_("Se muestra al vecino junto a la fecha. Por ejemplo: Ordenanza de participación, artículo 32."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Todos los tipos")), *Kind.choices]
        self.fields["kind"].required = False
        self.fields["category"].queryset = Category.objects.filter(is_open=True)

    def clean_days(self) -> int:
        """Not above the law's cap, said as the loader of packs says it."""
        days: int = self.cleaned_data["days"]
        if answer_terms.is_over_law(days):
            raise forms.ValidationError(TicketsError("term_over_law", limit=answer_terms.MAX_DAYS).sentence)
        return days


class CategoryForm(forms.ModelForm):
    class Meta:
        model = Category
        formfield_callback = formfield
        fields = [
            "department",
            "is_open",
            "goal_days",
            "radius_m",
            "needs_approval",
            "publishes_text",
            "publishes_photo",
            "is_reserved",
        ]
        labels = {"department": _("Quién responde")}
        help_texts = {
            "goal_days": _("Más exigente que el plazo legal, y aparte de él. Vacía: sin meta."),
            "radius_m": _("Al ingresar se ofrecen las abiertas a esta distancia. Cero: no se ofrecen."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.filter(is_active=True)
        self.fields["department"].empty_label = _("Nadie todavía")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("is_open") and not given.get("department"):
            self.add_error("department", _("Una categoría abierta necesita quién responda. Elija una dirección."))
        return given


class RouteForm(forms.Form):
    """In one area, another department answers."""

    area = forms.ModelChoiceField(
        label=_("En este sector"), queryset=Area.objects.none(), empty_label=_("Elija un sector")
    )
    department = forms.ModelChoiceField(
        label=_("Responde"), queryset=Department.objects.none(), empty_label=_("Elija una dirección")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_force = Area.objects.filter(layer__replaced_at__isnull=True).defer("geometry", "outline")
        self.fields["area"].queryset = in_force.order_by("code")
        self.fields["department"].queryset = Department.objects.filter(is_active=True)
