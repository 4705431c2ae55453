"""What validators write in stage 4, and what the municipality observes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.instruments.queries.items import Item
from cabildo.quality.choices import ChangeReason, FindingKind
from cabildo.quality.forms.consensus import MarkForm
from cabildo.quality.models import DraftMark, Finding, Validation
from cabildo.quality.queries.validation import mark_of
from cabildo.ui.revised_forms import RevisedForm, options

NO_CONFLICT, CONFLICT = "no", "si"


class DeclareForm(forms.Form):
    has_conflict = forms.ChoiceField(
        label=_("¿Tiene un conflicto de interés con esta municipalidad o con su consultoría?"),
        help_text=_("Por ejemplo: trabajó o asesoró ahí, tiene parientes, o un contrato con alguna de las dos."),
        choices=[(NO_CONFLICT, _("No tengo conflictos de interés")), (CONFLICT, _("Sí, tengo uno"))],
        widget=forms.RadioSelect,
    )
    declaration = forms.CharField(
        label=_("Su declaración"),
        help_text=_("Con sus palabras. Queda escrita en los informes."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ValidatedForm(MarkForm):
    """A mark that may be left half done, and why it differs from the declared one."""

    reason_code = forms.ChoiceField(label=_("Por qué cambia"), required=False)
    reason = forms.CharField(
        label=_("Explicación"),
        help_text=_("Qué falta o qué se vio. La municipalidad la leerá en el informe."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Item, draft: DraftMark, may_be_excluded: bool, **kwargs: Any) -> None:
        super().__init__(*args, item=item, mark=mark_of(draft), may_be_excluded=may_be_excluded, **kwargs)
        self.draft = draft
        fields: Any = self.fields
        del fields["note"]
        if "score" in fields:
            fields["score"].required = False
        fields["reason_code"].choices = [("", _("No cambia el puntaje declarado")), *options(ChangeReason)()]
        fields["reason_code"].initial, fields["reason"].initial = draft.reason_code, draft.reason
        fields["revision"].initial = draft.revision if draft.pk else 0
        self.order_fields(
            [*(name for name in fields if name not in {"reason_code", "reason"}), "reason_code", "reason"]
        )

    @property
    def written(self) -> dict[str, Any]:
        """As the action takes it."""
        mark = self.mark
        return {
            "score": mark.score,
            "attributes": dict(mark.attributes),
            "is_excluded": mark.is_excluded,
            "reason_code": self.cleaned_data["reason_code"],
            "reason": self.cleaned_data["reason"].strip(),
        }


class SealForm(forms.Form):
    """Asked only of whoever sealed before."""

    reason = forms.CharField(
        label=_("Motivo de la corrección"),
        help_text=_("Los puntajes sellados antes se conservan."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InterviewForm(forms.Form):
    day = day(_("Día"))
    hour = forms.TimeField(label=_("Hora"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    how = forms.CharField(
        label=_("Teléfono o enlace"), help_text=_("Con qué número o por qué enlace hablarán."), max_length=200
    )

    @property
    def starts_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"]))


class FindingForm(RevisedForm):
    kind = forms.ChoiceField(label=_("Qué es"), choices=options(FindingKind), widget=forms.RadioSelect)
    element = forms.ChoiceField(label=_("Elemento de gestión"), required=False)

    class Meta:
        model = Finding
        fields = ["kind", "element", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, items: Iterable[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        items = list(items)
        if any(one.is_part for one in items):
            fields["element"].choices, fields["element"].widget = [("", "")], forms.HiddenInput()
        else:
            fields["element"].choices = [("", _("De todo el subcriterio")), *((one.id, one.label) for one in items)]
        fields["text"].help_text = _("Con el hecho que lo muestra: qué documento, qué cifra, qué se dijo.")


class FeedbackSummaryForm(RevisedForm):
    class Meta:
        model = Validation
        fields = ["summary"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 10})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["summary"].required = True
        fields["summary"].help_text = _("Lo primero que se lee: lo mejor logrado, lo que más falta y por qué.")


class ObservationForm(forms.Form):
    subcriterion = forms.ChoiceField(label=_("Sobre qué"), required=False)
    text = forms.CharField(
        label=_("Observación"),
        help_text=_("Qué error de hecho hay y qué documento lo muestra."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, parts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["subcriterion"].choices = [("", _("El informe en su conjunto")), *parts]


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=_("Respuesta"),
        help_text=_("Diga si el informe cambia, y por qué."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
