"""Stage 4, at the desk of its validators: declare, read each element beside its evidence, mark, seal, talk."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.instruments.models import Sheet
from cabildo.instruments.queries.filled import agreed_mark
from cabildo.instruments.queries.items import Item, items_of
from cabildo.kit.errors import DomainError
from cabildo.quality.actions import validation as actions
from cabildo.quality.actions import validators as assignments
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.validation import CONFLICT, DeclareForm, InterviewForm, SealForm, ValidatedForm
from cabildo.quality.marking import mark_words, reason_words
from cabildo.quality.model_words import standing, words_of
from cabildo.quality.models import Cycle, DraftMark, Validation, ValidatorAssignment
from cabildo.quality.queries import goes_on, validators
from cabildo.quality.queries import validation as queries
from cabildo.quality.queries.self_assessment import Place
from cabildo.quality.queries.validation import Whole, mark_of, reason_of
from cabildo.quality.rules.validation import AGREEING, BEFORE_INTERVIEW, MARKING, OUT
from cabildo.quality.shown import sheets as sheet_shown
from cabildo.quality.shown import validation as shown
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.quality.views.hub import cycle_crumbs
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.parts import Crumb

VALIDATE = QualityPermission.VALIDATE
OWN, AGREED = "own", "agreed"


@dataclass(frozen=True)
class Desk:
    """What a validator has before them: their cycle, their assignment, and the validation once it began."""

    cycle: Cycle
    assignment: ValidatorAssignment
    begun: Validation | None = None
    element: str = ""

    @property
    def municipality_id(self) -> int:
        """Whose it is: the door asks."""
        return self.cycle.municipality_id

    @property
    def number(self) -> int:
        return self.cycle.number

    @property
    def validation(self) -> Validation:
        """Only of a desk that `find_begun` let through."""
        if self.begun is None:
            raise LookupError(self.cycle.pk)
        return self.begun


def find_desk(user: Any, number: int) -> Desk:
    """Only for whoever is assigned to the cycle, with or without a declaration yet."""
    cycle = find_cycle(user, number)
    assignment = validators.assignment_for(user, cycle) if user.is_authenticated else None
    if assignment is None:
        raise PermissionDenied
    return Desk(cycle, assignment, queries.validation_of(cycle))


def find_acting(user: Any, number: int) -> Desk:
    """Only for whoever declared no conflict."""
    desk = find_desk(user, number)
    if not desk.assignment.may_act:
        raise PermissionDenied
    return desk


def find_begun(user: Any, number: int) -> Desk:
    desk = find_acting(user, number)
    if desk.begun is None:
        raise Http404
    return desk


def find_element(user: Any, number: int, element: str) -> Desk:
    """Of an element of the model: whose sheet, evidence and marks are shown."""
    desk = find_begun(user, number)
    if all(item.id != element for item in items_of(desk.validation.declared.assessment)):
        raise Http404
    return Desk(desk.cycle, desk.assignment, desk.begun, element)


def desk_url(cycle: Cycle) -> str:
    return reverse("quality:validation", args=[cycle.number])


def desk_crumbs(cycle: Cycle, *more: Crumb) -> list[Crumb]:
    return cycle_crumbs(cycle, Crumb(_("Validación"), desk_url(cycle) if more else ""), *more)


@requires(VALIDATE, on=find_desk)
def overview(request: StaffRequest, desk: Desk) -> HttpResponse:
    """Where the validation stands, what is next, every element with both marks."""
    validation = desk.begun if desk.assignment.may_act else None
    context: dict[str, Any] = {
        "cycle": desk.cycle,
        "assignment": desk.assignment,
        "validation": validation,
        "is_declared": desk.begun is not None or queries.declared_layer(desk.cycle) is not None,
        "steps": shown.steps(desk.begun),
        "crumbs": desk_crumbs(desk.cycle),
    }
    if validation is not None:
        context |= _marks(desk, validation)
    return render(request, "quality/validation/overview.html", context)


def _marks(desk: Desk, validation: Validation) -> dict[str, Any]:
    whole = queries.whole_of(validation)
    proposed = queries.own_marks(whole, desk.assignment)
    found = shown.rows(whole, proposed)
    sealed = whole.by_party.get(desk.assignment.party)
    done = sum(row.state in {"blank", "same", "changed"} for row in found)
    return {
        "whole": whole,
        "words": words_of(whole.assessment),
        "parts": shown.by_part(found),
        "next": next((row.item for row in found if row.state in {"missing", "unexplained"}), None),
        "done": done,
        "total": len(found),
        "sealed": sealed,
        "is_ready": proposed.is_whole and (sealed is None or sealed.marks != {**sealed.marks, **proposed.marks}),
        "validators": shown.validators_facts(whole.assignments),
        "interview": validation.interview,
        "may_mark": goes_on(desk.cycle) and validation.state in MARKING,
        "may_plan": goes_on(desk.cycle) and validation.state in BEFORE_INTERVIEW,
        "may_agree": goes_on(desk.cycle) and validation.state in AGREEING,
        "is_out": validation.state in OUT,
        "standing": standing(whole.assessment.version),
        "history": shown.history(validation),
    }


@requires(VALIDATE, on=find_desk)
def declare(request: StaffRequest, desk: Desk) -> HttpResponse:
    form = DeclareForm(sent(request))
    page = Page(
        heading=_("Declaración de conflictos de interés"),
        lead=_("Antes de leer nada, declare. Si tiene un conflicto, el organismo asigna a otra persona."),
        submit=_("Declarar"),
        act=lambda data: assignments.declare(
            desk.assignment,
            has_conflict=data["has_conflict"] == CONFLICT,
            declaration=data["declaration"],
            by=request.user,
        ),
        done=_("Su declaración quedó registrada."),
        back=desk_url(desk.cycle),
        crumbs=desk_crumbs(desk.cycle, Crumb(_("Declaración"))),
    )
    return answer(request, form, page)


@requires(VALIDATE, on=find_acting)
def begin(request: StaffRequest, desk: Desk) -> HttpResponse:
    asked = Question(
        heading=_("¿Comenzar la revisión?"),
        consequence=_("Se revisa lo que la municipalidad declaró al enviar su informe, con su huella."),
        confirm=_("Comenzar"),
        act=lambda: actions.begin_review(desk.cycle, by=request.user),
        done=_("La revisión comenzó."),
        back=desk_url(desk.cycle),
    )
    return confirm(request, asked)


@requires(VALIDATE, on=find_begun)
def take_anew(request: StaffRequest, desk: Desk) -> HttpResponse:
    """The municipality declared again after the review began."""
    asked = Question(
        heading=_("¿Revisar lo que la municipalidad declaró de nuevo?"),
        consequence=_("Los puntajes declarados cambian. Lo que usted anotó se conserva: vuelva a mirarlo."),
        confirm=_("Revisar lo nuevo"),
        act=lambda: actions.take_new_declaration(desk.validation, by=request.user),
        done=_("Ahora se revisa la última declaración."),
        back=desk_url(desk.cycle),
    )
    return confirm(request, asked)


@requires(VALIDATE, on=find_element)
def element(request: StaffRequest, desk: Desk) -> HttpResponse:
    """One element: what was declared, with its text and evidence, beside one's own mark."""
    return marking_page(request, desk, OWN)


@requires(VALIDATE, on=find_element)
def agreed_element(request: StaffRequest, desk: Desk) -> HttpResponse:
    """One element, with what each validator sealed, and the mark that all of them agree."""
    return marking_page(request, desk, AGREED)


def marking_page(request: StaffRequest, desk: Desk, kind: str) -> HttpResponse:
    """Shown, or kept: to the script, the line below the form; without it, this element again or the next."""
    whole = queries.whole_of(desk.validation)
    draft, form = _draft_form(request, desk, whole, kind)
    if request.method != "POST":
        return _page(request, desk, whole, kind, form)
    refusal = "" if form.is_valid() else _("Revise los campos marcados.")
    if form.is_valid():
        draft, refusal = _kept(request, desk, kind, form, draft)
    if request.headers.get("HX-Request"):
        context = {"draft": draft, "refusal": refusal}
        return render(request, "quality/validation/_saved.html", context)
    if refusal:
        return _page(request, desk, whole, kind, form, refusal=refusal)
    messages.success(request, _("Puntaje guardado."))
    return redirect(_after(desk, whole, kind, goes_on="next" in request.POST))


def _draft_form(request: StaffRequest, desk: Desk, whole: Whole, kind: str) -> tuple[DraftMark, ValidatedForm]:
    owner = desk.assignment if kind == OWN else None
    blank = DraftMark(validation=desk.validation, element=desk.element)
    draft = queries.drafts_of(desk.validation, owner).get(desk.element) or _common(whole, kind, blank)
    item = _item(whole, desk.element)
    may_be_excluded = whole.model.allow_excluded and item.element.is_optional
    return draft, ValidatedForm(sent(request), item=item, draft=draft, may_be_excluded=may_be_excluded)


def _common(whole: Whole, kind: str, blank: DraftMark) -> DraftMark:
    """What all of them sealed alike is proposed as agreed; nobody has written it yet."""
    proposed = queries.agreed_marks(whole) if kind == AGREED else None
    if proposed is not None and blank.element in proposed.marks:
        mark, reason = proposed.marks[blank.element], proposed.reasons.get(blank.element)
        blank.score, blank.attributes, blank.is_excluded = mark.score, dict(mark.attributes), mark.is_excluded
        blank.reason_code, blank.reason = (reason.code, reason.text) if reason else ("", "")
    return blank


def _kept(request: StaffRequest, desk: Desk, kind: str, form: ValidatedForm, draft: DraftMark) -> tuple[DraftMark, str]:
    write = actions.write_mark if kind == OWN else actions.write_agreed_mark
    revision = form.cleaned_data["revision"]
    try:
        return write(desk.validation, desk.element, revision=revision, by=request.user, **form.written), ""
    except DomainError as refusal:
        return draft, refusal.sentence


def _page(
    request: StaffRequest,
    desk: Desk,
    whole: Whole,
    kind: str,
    form: ValidatedForm,
    *,
    refusal: str = "",
) -> HttpResponse:
    item, draft = _item(whole, desk.element), form.draft
    here = [Crumb(_("Acuerdo"), reverse("quality:agreed_marks", args=[desk.number]))] if kind == AGREED else []
    context = {
        "cycle": desk.cycle,
        "item": item,
        "words": words_of(whole.assessment),
        "form": form,
        "refusal": refusal,
        "declared": mark_words(item, whole.declared.marks.get(item.id)),
        "mark": mark_words(item, mark_of(draft)),
        "reason": reason_words(reason_of(draft)),
        "others": _others(whole, item) if kind == AGREED else [],
        "may_write": goes_on(desk.cycle) and desk.validation.state in (MARKING if kind == OWN else AGREEING),
        "is_agreed": kind == AGREED,
        "write_url": request.path,
        "back_url": desk_url(desk.cycle) if kind == OWN else reverse("quality:agreed_marks", args=[desk.number]),
        "place": [one.id for one in whole.items].index(item.id) + 1,
        "total": len(whole.items),
        "crumbs": desk_crumbs(desk.cycle, *here, Crumb(item.label)),
        **_beside(desk, whole, item),
    }
    return render(request, "quality/validation/element.html", context, status=422 if refusal else 200)


def _beside(desk: Desk, whole: Whole, item: Item) -> dict[str, Any]:
    """What the municipality wrote and attached, read only."""
    sheet = Sheet.objects.filter(assessment=whole.assessment, element=item.id).first()
    place = Place(desk.cycle, sheet)
    if sheet is None:
        return {"sheet": None}
    panel = sheet_shown.panel_line(item, sheet)
    attested = {level for level, holds in sheet.attested.items() if holds}
    return {
        "sheet": sheet,
        "panel": panel,
        "agreed_by_committee": mark_words(item, agreed_mark(sheet)) if sheet.is_agreed else "",
        "levels": [(one, str(one["level"]) in attested) for one in item.body["levels"]],
        "papers": sheet_shown.papers(place, timezone.localdate()),
        "series": sheet_shown.series(place, item.id),
    }


def _others(whole: Whole, item: Item) -> list[tuple[str, str, str]]:
    return [
        (str(one), mark_words(item, marked.marks.get(item.id)), reason_words(marked.reasons.get(item.id)))
        for one in whole.took_part
        if (marked := whole.by_party.get(one.party)) is not None
    ]


def _item(whole: Whole, name: str) -> Item:
    return next(item for item in whole.items if item.id == name)


def _after(desk: Desk, whole: Whole, kind: str, *, goes_on: bool) -> str:
    """The next element; after the last one, the list."""
    name = "quality:validation_element" if kind == OWN else "quality:agreed_mark"
    names = [item.id for item in whole.items]
    place = names.index(desk.element) + 1
    if not goes_on:
        return reverse(name, args=[desk.number, desk.element])
    if place == len(names):
        return desk_url(desk.cycle) if kind == OWN else reverse("quality:agreed_marks", args=[desk.number])
    return reverse(name, args=[desk.number, names[place]])


@requires(VALIDATE, on=find_begun)
def seal(request: StaffRequest, desk: Desk) -> HttpResponse:
    """Seal one's own marks; whoever sealed before says why again."""
    is_again = desk.assignment.party in queries.whole_of(desk.validation).by_party
    return seal_page(
        request,
        desk,
        heading=_("¿Sellar sus puntajes?"),
        consequence=_("Quedan fijos con su huella y los demás validadores los leen. Una corrección será otra capa."),
        act=lambda reason: actions.seal_own(desk.validation, by=request.user, reason=reason),
        back=desk_url(desk.cycle),
        is_again=is_again,
    )


def seal_page(
    request: StaffRequest, desk: Desk, *, heading: str, consequence: str, act: Any, back: str, is_again: bool
) -> HttpResponse:
    """A question the first time; a form with the reason afterwards."""
    done = _("Puntajes sellados.")
    if not is_again:
        return confirm(request, Question(heading, consequence, _("Sellar"), lambda: act(""), done, back))
    page = Page(
        heading=heading,
        lead=consequence,
        submit=_("Sellar de nuevo"),
        act=lambda data: act(data["reason"]),
        done=done,
        back=back,
        crumbs=desk_crumbs(desk.cycle, Crumb(_("Sellar"))),
    )
    return answer(request, SealForm(sent(request)), page)


@requires(VALIDATE, on=find_begun)
def plan_interview(request: StaffRequest, desk: Desk) -> HttpResponse:
    """A meeting: the call, the times, who came and the acta are its own pages."""
    form = InterviewForm(sent(request))
    page = Page(
        heading=_("Planificar la entrevista telefónica"),
        lead=_("Quedan invitados los validadores y las contrapartes. Usted lleva el acta."),
        submit=_("Planificar"),
        act=lambda data: actions.plan_interview(
            desk.validation, starts_at=form.starts_at, how=data["how"], by=request.user
        ),
        done=_("Entrevista planificada. Convoque a quienes hablarán."),
        back=lambda meeting: reverse("meetings:detail", args=[meeting.pk]),
        cancel=desk_url(desk.cycle),
        crumbs=desk_crumbs(desk.cycle, Crumb(_("Entrevista"))),
    )
    return answer(request, form, page)


@requires(VALIDATE, on=find_begun)
def note_interview(request: StaffRequest, desk: Desk) -> HttpResponse:
    asked = Question(
        heading=_("¿Dar por hecha la entrevista?"),
        consequence=_("Su acta está cerrada y dice qué se aclaró. Ahora los validadores acuerdan los puntajes."),
        confirm=_("Dar por hecha"),
        act=lambda: actions.note_interview(desk.validation, by=request.user),
        done=_("La entrevista quedó registrada."),
        back=desk_url(desk.cycle),
    )
    return confirm(request, asked)
