"""What a municipality asks the programme."""

from django.urls import path

from cabildo.quality.views import help as views

urlpatterns = [
    path("ayuda/", views.questions, name="help"),
    path("ayuda/preguntar/", views.ask, name="help_ask"),
    path("ayuda/<int:pk>/", views.question, name="help_request"),
    path("ayuda/<int:pk>/preguntar-de-nuevo/", views.ask_again, name="help_again"),
    path("ayuda/<int:pk>/cerrar/", views.close, name="help_close"),
]
