"""What indicators refuse, in words."""

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError


class IndicatorsError(DomainError):
    sentences = {
        "definition_unknown": _("El paquete no define el indicador «{name}». Elija uno de los que trae."),
        "band_missing": _("Indique desde y hasta qué valor es correcto; el primero no puede ser mayor."),
        "baseline_undated": _("Indique de qué fecha es la línea base, o déjela en blanco si no se conoce."),
        "counts_incomplete": _(
            "Escriba el numerador y el denominador, o sólo un valor. Sin dato, deje todo en blanco."
        ),
        "denominator_not_positive": _("El denominador debe ser mayor que cero. Si no hubo casos, deje todo en blanco."),
        "note_missing": _("Explique en la nota por qué no hay dato."),
        "already_measured": _("Ya hay una medición de ese corte, área y estado. Corríjala en vez de agregar otra."),
        "already_corrected": _("Esa medición ya fue corregida. Corrija la última."),
        "correction_without_note": _("Explique en la nota qué se corrige."),
        "cut_off_in_future": _("La fecha de corte no puede ser posterior a hoy."),
    }
    fields = {
        "band_missing": "band_high",
        "baseline_undated": "baseline_on",
        "counts_incomplete": "denominator",
        "denominator_not_positive": "denominator",
        "note_missing": "note",
        "cut_off_in_future": "cut_off",
    }
