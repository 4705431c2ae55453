"""Who may open each page of the programme, written by hand: whoever is not named is refused.

A page of the programme that stands in no group fails, so that a new one is put where it belongs.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern

from cabildo.documents.queries import kept_documents_of
from cabildo.instruments.models import YearFigure
from cabildo.plans.models import PlanNode
from cabildo.quality import models, urls
from cabildo.quality.choices import Content, Scope, Stage
from cabildo.quality.plans import COMMUNICATION
from cabildo.quality.urls import agency
from journeys.programme import DESK, LEADS, VALIDATES, Walk

PEOPLE = "alcaldia control meson dideco diego calidad comite profesional valida1 consultora conduccion coordinacion"
READERS = "alcaldia control calidad comite profesional valida1 consultora"
LEADERS = "alcaldia calidad"
# who may, and the pages that are theirs
IN_THE_MUNICIPALITY = (
    (
        READERS,
        "cycles cycle committee diagnosis diagnosis_area diagnosis_clock diagnosis_result entry programme line"
        " improvement gaps matrix implementation comparison training consultancy report report_pdf report_docx"
        " report_xlsx report_acta_pdf report_background"
        " plan_sending plan_pdf plan_docx plan_xlsx feedback feedback_docx feedback_xlsx plan_feedback"
        " plan_validation_pdf plan_validation_docx plan_validation_xlsx previous_cycle self_assessment review"
        " self_assessment_result evidence summaries accreditation accreditation_result",
    ),
    (
        LEADERS,
        "begin decree launch work_plan strategy channel method follow_up_add follow_up follow_up_remove practice_add"
        " practice_edit practice_publish practice_withdraw practice_remove diagnosis_meeting diagnosis_close"
        " diagnosis_reopen agreement clause_add clause clause_meet clause_clear clause_remove counterpart_name"
        " counterpart_end invitation_accept invitation_decline diagnosis_repeat dissemination matrix_weights option"
        " plan_create plan_add_chosen line_targets immediate_add immediate immediate_remove reach reach_many"
        " plan_follow_up_add plan_follow_up plan_follow_up_remove reached next_cycle level report_letter report_acta"
        " report_send"
        " report_background_words report_budget report_figure_forget report_figure plan_send self_assessment_begin"
        " assign self_assessment_close self_assessment_reopen agreement_withdraw consensus_open_all feedback_settle"
        " recommendation_answer accreditation_follow service_add help help_ask"
        " benchmark_share leave come_back end_unfinished diagnosis_acta",
    ),
    (
        f"{LEADERS} comite",
        "diagnosis_answer propose consensus consensus_open consensus_list summary feedback_observe points_declare",
    ),
    (f"{LEADERS} comite dideco diego", "my_sheets"),
    (f"{LEADERS} control comite", "benchmark"),
    (
        f"{LEADERS} comite dideco",
        "sheet_write series series_remove evidence_add evidence_use evidence_stop evidence_edit evidence_remove"
        " evidence_file_remove",
    ),
    (f"{READERS} dideco", "sheet"),
    (f"{LEADERS} profesional", "support_add support support_remove movement_add movement_remove levelling_add"),
    (f"{LEADERS} dideco", "immediate_finish"),
    ("alcaldia control meson dideco diego calidad comite", "practices practice"),
    ("profesional", "line_confirm"),
    ("consultora", "my_municipalities visit_agenda report_review plan_review"),
    (
        "valida1",
        "validation validation_declare validation_begin validation_anew validation_seal interview_plan interview_note"
        " validation_element agreed_marks agreed_seal agreed_mark findings finding finding_remove finding_add"
        " feedback_summary feedback_issue replies_finish validation_settle plan_validation plan_validation_begin"
        " recommendation_add recommendation recommendation_remove plan_conclusion plan_read plan_report_issue"
        " points_validate",
    ),
)
OF_THE_PROGRAMME = (
    ("conduccion profesional", "municipalities workload municipality consultancies trainings training"),
    (
        "conduccion",
        "invite assign results_publish consultancy_add training_add training_edit training_call training_material_add"
        " training_attendance training_renew",
    ),
    ("conduccion profesional", "confirm_line help"),
    ("conduccion profesional coordinacion", "results results_named"),
)
OF_THE_VALIDATORS = (
    (
        "coordinacion",
        "validators validator_add validator validator_invite validation_queue municipality_validators validator_assign"
        " validator_replace validator_end",
    ),
)
REFUSED = 403
# what this journey does not make one of; their own tests open and refuse them
NOT_MADE = (
    "service service_remove service_withdraw "
    "levelling levelling_finish levelling_remove observation_reply help_request help_again help_close help_reply"
    " help_hand help_term visit_report consultancy consultancy_paper consultancy_edit consultancy_end"
    " consultancy_paper_add consultant_add consultant_invite consultant_end consultancy_cover consultancy_uncover"
    " training_material"
)
ROWS = {
    "follow_up": lambda: models.FollowUp.objects.filter(scope=Scope.STAGES),
    "plan_follow_up": lambda: models.FollowUp.objects.filter(scope=Scope.PLAN),
    "practice": models.GoodPractice.objects.all,
    "clause": models.Clause.objects.all,
    "counterpart": models.Counterpart.objects.all,
    "immediate": models.ImmediateAction.objects.all,
    "report_figure": models.BackgroundFigure.objects.all,
    "recommendation": models.Recommendation.objects.all,
    "support": models.Support.objects.all,
    "movement_add": models.Support.objects.all,
    "movement_remove": models.SupportMovement.objects.all,
    "finding": models.Finding.objects.all,
    "series": YearFigure.objects.all,
    "training": models.Training.objects.all,
    "validator_invite": models.Validator.objects.all,
    "validator_": models.ValidatorAssignment.objects.all,
    "validator": models.Validator.objects.all,
}


def open_to_the_wrong(walk: Walk) -> Iterator[str]:
    """Every page that lets somebody in, or tells them more than «no», whom its group does not name."""
    here = _values(walk)
    for place, groups, patterns in (
        (DESK, IN_THE_MUNICIPALITY, urls.urlpatterns),
        (LEADS, OF_THE_PROGRAMME, agency.urlpatterns),
        (VALIDATES, OF_THE_VALIDATORS, agency.urlpatterns),
    ):
        allowed = {page: frozenset(people.split()) for people, pages in groups for page in pages.split()}
        for pattern in patterns:
            if pattern.name in allowed:
                address = place + _filled(pattern, here)
                for name in sorted({*PEOPLE.split()} - allowed[pattern.name]):
                    said = walk.browser(name).post(address).status_code
                    if said != REFUSED:
                        yield f"{name} {address}: {said}"


def in_no_group() -> set[str]:
    """Pages of the programme that nobody placed."""
    every = {pattern.name for pattern in (*urls.urlpatterns, *agency.urlpatterns)}
    groups = (*IN_THE_MUNICIPALITY, *OF_THE_PROGRAMME, *OF_THE_VALIDATORS)
    return every - {*NOT_MADE.split()} - {page for _people, pages in groups for page in pages.split()}


def _filled(pattern: URLPattern, values: dict[str, Any]) -> str:
    """The address, with what stands in each of its places."""

    def value(place: re.Match[str]) -> str:
        return str(_row(pattern.name or "", values) if place[1] == "pk" else _known(pattern.name, place[1], values))

    return re.sub(r"<\w+:(\w+)>", value, str(pattern.pattern))


def _row(name: str, values: dict[str, Any]) -> int:
    if name in values:
        return int(values[name])
    if name.startswith("evidence"):
        return int(values["evidence"])
    found = next(rows for prefix, rows in ROWS.items() if name.startswith(prefix))
    return int(found().earliest("pk").pk)


def _known(name: str | None, place: str, values: dict[str, Any]) -> Any:
    return values.get(f"{name}.{place}", values.get(place))


def _values(walk: Walk) -> dict[str, Any]:
    figure = YearFigure.objects.earliest("pk")
    paper = walk.cycle.self_assessment.evidence.filter(uses__element=figure.element).earliest("pk")
    option = models.Option.objects.exclude(line=None).earliest("pk")
    finding = models.Finding.objects.earliest("pk")
    return {
        "number": 1,
        "slug": walk.municipality.slug,
        "element": figure.element,
        "evidence": paper.pk,
        "file": kept_documents_of(paper).earliest("pk").public_id,
        "methodology": option.methodology,
        "line_targets": option.line_id,
        "part": finding.subcriterion,
        "stage": Stage.IMPLEMENTATION,
        "node_id": PlanNode.objects.filter(plan__kind=COMMUNICATION, parent__place=Content.CHANNELS).earliest("pk").pk,
        "code": "liderazgo",
        "reach.code": "operaciones",
        "question": "mision_valores",
        "report_figure.slug": "poblacion",
        "year": walk.today.year - 1,
        "level.visit": 2,
        "visit": 1,
    }
