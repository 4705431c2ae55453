"""The report at the end of stage 3, and the sending of the plan at the end of stage 5."""

from django.urls import path

from cabildo.quality.views import plan_sending, report, report_background

urlpatterns = [
    path("<int:number>/informe/", report.overview, name="report"),
    path("<int:number>/informe/informe.pdf", report.pdf, name="report_pdf"),
    path("<int:number>/informe/informe.docx", report.docx, name="report_docx"),
    path("<int:number>/informe/informe.xlsx", report.xlsx, name="report_xlsx"),
    path("<int:number>/informe/oficio/", report.letter, name="report_letter"),
    path("<int:number>/informe/acta/", report.acta, name="report_acta"),
    path("<int:number>/informe/acta.pdf", report.acta_paper, name="report_acta_pdf"),
    path("<int:number>/informe/revisar/", report.review, name="report_review"),
    path("<int:number>/informe/enviar/", report.send, name="report_send"),
    path("<int:number>/informe/antecedentes/", report_background.overview, name="report_background"),
    path("<int:number>/informe/antecedentes/textos/", report_background.words, name="report_background_words"),
    path("<int:number>/informe/antecedentes/presupuesto/<int:year>/", report_background.figure, name="report_budget"),
    path("<int:number>/informe/antecedentes/<int:pk>/quitar/", report_background.forget, name="report_figure_forget"),
    path("<int:number>/informe/antecedentes/<slug:slug>/", report_background.figure, name="report_figure"),
    path("<int:number>/plan-de-mejoras/envio/", plan_sending.overview, name="plan_sending"),
    path("<int:number>/plan-de-mejoras/plan.pdf", plan_sending.pdf, name="plan_pdf"),
    path("<int:number>/plan-de-mejoras/plan.docx", plan_sending.docx, name="plan_docx"),
    path("<int:number>/plan-de-mejoras/plan.xlsx", plan_sending.xlsx, name="plan_xlsx"),
    path("<int:number>/plan-de-mejoras/revisar/", plan_sending.review, name="plan_review"),
    path("<int:number>/plan-de-mejoras/enviar/", plan_sending.send, name="plan_send"),
]
