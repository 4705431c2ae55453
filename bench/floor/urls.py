"""Two addresses."""

from django.urls import path

from bench.floor import views

urlpatterns = [path("lista/", views.tickets, name="list"), path("nueva/", views.create, name="create")]
