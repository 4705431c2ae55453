"""Every page with a form works alike: shown, sent, refused at its field, or done and back to where it came from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest
from cabildo.documents.errors import DocumentsError
from cabildo.kit.errors import DomainError
from cabildo.plans.models import Plan, PlanNode
from cabildo.ui.parts import Crumb

# where a refusal belongs, when one field is to blame
FIELDS = {
    "stale": "",
    "code_taken": "code",
    "dates_reversed": "ends_on",
    "manual_reason_needed": "manual_reason",
    "percent_out_of_range": "percent",
    "report_in_future": "on",
    "reason_needed": "reason",
    "band_missing": "band_high",
    "baseline_undated": "baseline_on",
    "counts_incomplete": "denominator",
    "denominator_not_positive": "denominator",
    "note_missing": "note",
    "cut_off_in_future": "cut_off",
}


@dataclass(frozen=True)
class Page:
    """What a form's page says. `act` does it with the cleaned data; `done` is said on the page `back`."""

    heading: str
    submit: str
    act: Callable[[dict[str, Any]], Any]
    done: str
    back: str
    crumbs: Sequence[Crumb]
    lead: str = ""
    draft_key: str = ""
    fresh: Callable[[], Any] | None = None  # the row as another person left it


def answer(request: StaffRequest, form: Any, page: Page) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            made = page.act(form.cleaned_data)
        except DomainError as refusal:
            _place(form, refusal, page)
        else:
            messages.success(request, page.done, extra_tags=page.draft_key)
            return redirect(page.back or _page_of(made))
    context = {
        "heading": page.heading,
        "lead": page.lead,
        "form": form,
        "submit_label": page.submit,
        "cancel_url": page.back or reverse("plans:list"),
        "draft_key": page.draft_key,
        "crumbs": [*page.crumbs, Crumb(page.heading)],
    }
    return render(request, "ui/form_page.html", context, status=422 if form.is_bound else 200)


def _place(form: Any, refusal: DomainError, page: Page) -> None:
    field = "file" if isinstance(refusal, DocumentsError) else FIELDS.get(refusal.code, "")
    form.add_error(field if field in form.fields else None, refusal.sentence)
    if refusal.code == "stale" and page.fresh is not None:
        form.show_conflict(refusal.facts["names"], page.fresh())


def _page_of(made: Any) -> str:
    return reverse("plans:plan" if isinstance(made, Plan) else "plans:node", args=[made.pk])


def sent(request: StaffRequest) -> Any:
    """What a form is given: what was sent, be it nothing at all, or None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def plan_url(plan: Plan) -> str:
    return reverse("plans:plan", args=[plan.pk])


def node_url(node: PlanNode) -> str:
    return reverse("plans:node", args=[node.pk])


def plan_crumbs(plan: Plan) -> list[Crumb]:
    return [Crumb(_("Planes"), reverse("plans:list")), Crumb(plan.title, plan_url(plan))]


def node_crumbs(node: PlanNode) -> list[Crumb]:
    return [*plan_crumbs(node.plan), Crumb(str(node), node_url(node))]


def chosen(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """These of the cleaned data, where the form has them: a reason is asked only of an approved plan."""
    return {name: data[name] for name in names if name in data}
