"""Departments and officials from a spreadsheet: template, review, confirmation."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabildo.accounts import actions
from cabildo.accounts.access import StaffRequest, requires
from cabildo.accounts.choices import AccountsPermission
from cabildo.site.setup import uploads
from cabildo.site.setup.forms import SheetForm
from cabildo.site.setup.sheets import SHEETS, Plan, Sheet, as_rows
from cabildo.site.setup.views.frame import crumbs, form_page
from cabildo.ui.engine_xlsx import workbook
from cabildo.ui.exports import csv_lines
from cabildo.ui.parts import Column, Table

SESSION_KEY = "setup_sheet"
SHOWN = 200
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ERROR_HEADINGS = ("fila", "columna", "valor", "codigo", "problema", "que_hacer")
UNREADABLE = {
    "empty": gettext_lazy("La planilla no tiene filas bajo los títulos. Compruebe que eligió la hoja correcta."),
    "not_a_table": gettext_lazy("El archivo no es una planilla que se pueda leer. Guárdelo como XLSX o CSV."),
    "too_many_rows": gettext_lazy("La planilla pasa de 2.000 filas. Divídala en varias."),
}
OUTCOMES = {
    "created": gettext_lazy("se crea"),
    "updated": gettext_lazy("cambia"),
    "unchanged": gettext_lazy("queda igual"),
}


def _sheet(slug: str) -> Sheet:
    if slug not in SHEETS:
        raise Http404
    return SHEETS[slug]


@requires(AccountsPermission.MANAGE_PEOPLE)
def upload(request: StaffRequest, slug: str) -> HttpResponse:
    """The template to fill in, and the file that comes back."""
    sheet = _sheet(slug)
    if request.GET.get("formato") == "xlsx":
        return _file(workbook(str(sheet.title), sheet.columns, [sheet.example]), f"{slug}.xlsx", EXCEL)
    form = SheetForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            rows = uploads.read(form.cleaned_data["file"].read())
        except uploads.UnreadableError as problem:
            form.add_error("file", UNREADABLE[problem.code])
        else:
            request.session[SESSION_KEY] = {"slug": slug, "rows": rows}
            return redirect("setup:sheet_review", slug)
    submit = {"submit_label": _("Revisar la planilla"), "sheet": sheet}
    return form_page(request, form, str(sheet.title), template="site/setup/sheet.html", **submit)


@requires(AccountsPermission.MANAGE_PEOPLE)
def review(request: StaffRequest, slug: str) -> HttpResponse:
    """What each row would do, those refused with their reason; a POST carries out the good ones."""
    sheet = _sheet(slug)
    kept = request.session.get(SESSION_KEY, {})
    if kept.get("slug") != slug:
        return redirect("setup:sheet", slug)
    plan = sheet.plan([(number, cells) for number, cells in kept["rows"]])
    if request.method == "POST":
        del request.session[SESSION_KEY]
        _carry_out(request, sheet, plan)
        return redirect("setup:start")
    if request.GET.get("formato") == "csv":
        text = "".join(csv_lines(ERROR_HEADINGS, as_rows(plan.errors)))
        return _file(text.encode(), "filas-con-problemas.csv", "text/csv; charset=utf-8")
    return render(request, "site/setup/sheet_review.html", _context(sheet, plan))


def _carry_out(request: StaffRequest, sheet: Sheet, plan: Plan) -> None:
    invites = bool(request.POST.get("invitar"))
    for planned in plan.changes:
        made = sheet.carry_out(planned, request.user)
        if invites and planned.outcome == "created":
            actions.invite_user(made, by=request.user)
    counts = plan.counts
    messages.success(
        request,
        _("Listo: %(created)s creadas, %(updated)s cambiadas, %(unchanged)s iguales y %(refused)s rechazadas.")
        % counts,
    )


def _context(sheet: Sheet, plan: Plan) -> dict[str, Any]:
    rows = [(row.row, OUTCOMES[row.outcome], *row.shown) for row in plan.rows[:SHOWN]]
    columns = [Column("row", _("Fila")), Column("outcome", _("Qué pasa")), *(Column(h, h) for h in plan.headings)]
    return {
        "sheet": sheet,
        "plan": plan,
        "counts": plan.counts,
        "table": Table(_("Lo que se cargaría"), columns, rows),
        "hidden_rows": max(0, len(plan.rows) - SHOWN),
        "errors": plan.errors[:SHOWN],
        "may_invite": sheet.slug == "funcionarios" and any(row.outcome == "created" for row in plan.rows),
        "crumbs": crumbs(_("Revisar la planilla")),
    }


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
