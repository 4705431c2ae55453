"""What people write in stage 7: whom the news reached in a department, and which scores were reached."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.quality.forms.improvement import DecidedForm
from cabildo.quality.models import DiffusionReach


class ReachForm(DecidedForm):
    staff = forms.IntegerField(label=_("Personas de la dirección"), min_value=1)
    reached = forms.IntegerField(label=_("A cuántas llegó la noticia"), min_value=0)
    on = day(_("Fecha"))

    class Meta:
        model = DiffusionReach
        fields = ["staff", "reached", "how", "on"]
        help_texts = {"how": _("Por ejemplo, «Reunión de la dirección» o «Correo y afiche en el acceso».")}
