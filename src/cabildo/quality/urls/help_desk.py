"""The help desk of an agency, among the addresses of its desk."""

from django.urls import path

from cabildo.quality.views import help_desk as views

ONE = "consultas/<slug:slug>/<int:pk>/"
urlpatterns = [
    path("consultas/", views.questions, name="help"),
    path("consultas/plazo/", views.term, name="help_term"),
    path(ONE, views.question, name="help_request"),
    path(f"{ONE}responder/", views.reply, name="help_reply"),
    path(f"{ONE}asignar/", views.hand, name="help_hand"),
]
