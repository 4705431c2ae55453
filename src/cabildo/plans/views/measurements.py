"""What was measured of an indicator of a node: all of it, and the page that corrects one."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.indicators import actions as indicators
from cabildo.indicators.actions import Reading
from cabildo.indicators.models import Measurement
from cabildo.indicators.queries import measured, value_of
from cabildo.indicators.queries import measurements as in_force
from cabildo.plans import forms
from cabildo.plans.choices import PlansPermission
from cabildo.plans.models import NodeIndicator
from cabildo.plans.queries.record import find_link
from cabildo.plans.views.writing import chosen, node_crumbs
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.parts import Crumb
from cabildo.ui.spanish import NO_DATA, number, short_date

READING = ("numerator", "denominator", "value", "source_records", "note")


@requires(PlansPermission.VIEW, on=find_link)
def measurements(request: StaffRequest, link: NodeIndicator) -> HttpResponse:
    """Every measurement, the last first; one that was corrected stays, with what replaced it."""
    context = {
        "link": link,
        "heading": _("Mediciones de «%s»") % link.indicator.label,
        "lead": link.indicator.formula,
        "rows": [_row(one, link) for one in measured(link.indicator)],
        "may_correct": can(request.user, PlansPermission.REPORT, on=link),
        "crumbs": [*node_crumbs(link.node), Crumb(_("Mediciones"))],
    }
    return render(request, "plans/measurements.html", context)


def _row(one: Measurement, link: NodeIndicator) -> dict[str, Any]:
    replaced = getattr(one, "corrected_by", None)
    return {
        "measurement": one,
        "value": _value(one, link),
        "counts": _("%(part)s de %(whole)s") % {"part": _plain(one.numerator), "whole": _plain(one.denominator)}
        if one.numerator is not None
        else "",
        "is_correction": one.corrects_id is not None,
        "replaced_at": replaced.at if replaced else None,
    }


def _value(one: Measurement, link: NodeIndicator) -> str:
    value = value_of(one)
    return NO_DATA if value is None else f"{number(value)} {link.indicator.unit}"


def _plain(value: Any) -> str:
    return number(value.normalize()) if value is not None else NO_DATA


@requires(PlansPermission.REPORT, on=find_link)
def correct(request: StaffRequest, link: NodeIndicator) -> HttpResponseBase:
    """Write what should have been written in place of the measurement that `medicion` names, else of the last one."""
    back = reverse("plans:measurements", args=[link.pk])
    wrong = _wrong(link, request.GET.get("medicion", ""))
    if wrong is None:
        return redirect(back)
    page = Page(
        heading=_("Corregir la medición al %s") % short_date(wrong.cut_off),
        submit=_("Guardar la corrección"),
        act=lambda data: indicators.correct(wrong, Reading(**chosen(data, *READING)), by=request.user),
        done=_("Medición corregida. La anterior se conserva."),
        back=back,
        crumbs=[*node_crumbs(link.node), Crumb(_("Mediciones"), back)],
        lead=_("Se había escrito: %s.") % _value(wrong, link),
    )
    kept = {name: getattr(wrong, name) for name in READING if name != "note"}
    return answer(request, forms.CorrectionForm(sent(request), indicator=link.indicator, initial=kept), page)


def _wrong(link: NodeIndicator, asked: str) -> Measurement | None:
    """The measurement to correct: one in force of this indicator."""
    found = in_force([link.indicator])
    return found.filter(pk=asked).first() if asked.isdecimal() else found.last()
