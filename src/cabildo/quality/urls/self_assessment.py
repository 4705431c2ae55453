"""Stage 3."""

from django.urls import path

from cabildo.quality.views import consensus, evidence, self_assessment, sheets, summaries

STAGE = "<int:number>/autoevaluacion/"
ELEMENT = f"{STAGE}elementos/<slug:element>/"
PAPER = f"{STAGE}evidencias/<int:pk>/"

urlpatterns = [
    path("mis-fichas/", self_assessment.mine, name="my_sheets"),
    path(STAGE, self_assessment.overview, name="self_assessment"),
    path(f"{STAGE}comenzar/", self_assessment.begin, name="self_assessment_begin"),
    path(f"{STAGE}asignar/", self_assessment.assign, name="assign"),
    path(f"{STAGE}revision/", self_assessment.review, name="review"),
    path(f"{STAGE}cerrar/", self_assessment.close, name="self_assessment_close"),
    path(f"{STAGE}abrir/", self_assessment.reopen, name="self_assessment_reopen"),
    path(f"{STAGE}resultado/", self_assessment.result, name="self_assessment_result"),
    path(ELEMENT, sheets.sheet, name="sheet"),
    path(f"{ELEMENT}guardar/", sheets.write, name="sheet_write"),
    path(f"{ELEMENT}cifras/", sheets.series, name="series"),
    path(f"{ELEMENT}cifras/<int:pk>/quitar/", sheets.series_remove, name="series_remove"),
    path(f"{ELEMENT}evidencias/agregar/", evidence.add, name="evidence_add"),
    path(f"{ELEMENT}evidencias/usar/", evidence.use, name="evidence_use"),
    path(f"{ELEMENT}evidencias/<int:pk>/quitar/", evidence.stop, name="evidence_stop"),
    path(f"{ELEMENT}propuesta/", consensus.propose, name="propose"),
    path(f"{ELEMENT}consenso/", consensus.consensus, name="consensus"),
    path(f"{ELEMENT}consenso/abrir/", consensus.open_one, name="consensus_open"),
    path(f"{ELEMENT}consenso/retirar/", consensus.withdraw, name="agreement_withdraw"),
    path(f"{STAGE}evidencias/", evidence.library, name="evidence"),
    path(PAPER, evidence.edit, name="evidence_edit"),
    path(f"{PAPER}eliminar/", evidence.remove, name="evidence_remove"),
    path(f"{PAPER}archivos/<uuid:file>/borrar/", evidence.remove_file, name="evidence_file_remove"),
    path(f"{STAGE}consenso/", consensus.consensus_list, name="consensus_list"),
    path(f"{STAGE}consenso/abrir/", consensus.open_all, name="consensus_open_all"),
    path(f"{STAGE}sintesis/", summaries.summaries, name="summaries"),
    path(f"{STAGE}sintesis/<slug:part>/", summaries.summary, name="summary"),
]
