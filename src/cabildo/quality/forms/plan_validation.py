"""What validators write of the plan, and what the municipality decides of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.plans.models import PlanNode
from cabildo.quality.models import PlanValidation, Recommendation
from cabildo.ui.revised_forms import RevisedForm

TAKEN, LEFT = "si", "no"


class RecommendationForm(RevisedForm):
    """`nodes`: the parts of the plan, in the order in which it is read."""

    node = forms.ModelChoiceField(
        label=_("Parte del plan"),
        queryset=PlanNode._default_manager.none(),
        required=False,
        empty_label=_("El plan en su conjunto"),
    )

    class Meta:
        model = Recommendation
        fields = ["node", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, nodes: Sequence[PlanNode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        part = fields["node"]
        part.queryset = PlanNode.objects.filter(pk__in=[node.pk for node in nodes])
        part.choices = [("", part.empty_label), *((node.pk, str(node)) for node in nodes)]
        fields["text"].help_text = _("Qué conviene hacer distinto, y para qué.")


class ConclusionForm(RevisedForm):
    class Meta:
        model = PlanValidation
        fields = ["conclusion"]
        widgets = {"conclusion": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["conclusion"].required = True
        fields["conclusion"].help_text = _("Si el plan responde a lo que se encontró y se puede hacer en su plazo.")


class DecideForm(RevisedForm):
    is_taken = forms.ChoiceField(
        label=_("¿La acogen?"), choices=[(TAKEN, _("Sí")), (LEFT, _("No"))], widget=forms.RadioSelect
    )

    class Meta:
        model = Recommendation
        fields = ["answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["answer"].required = True
        if self.instance.is_taken is not None:
            fields["is_taken"].initial = TAKEN if self.instance.is_taken else LEFT
        self.order_fields(["is_taken", "answer", "revision"])
