"""Four addresses."""

from django.urls import path

from bench.floor import views

urlpatterns = [
    path("lista/", views.tickets, name="list"),
    path("fichas/", views.sheets, name="sheets"),
    path("nueva/", views.create, name="create"),
    path("nueva-entera/", views.create_whole, name="create_whole"),
]
