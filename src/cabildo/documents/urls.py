"""Addresses of documents, under `documentos/` of each municipality."""

from django.urls import path

from cabildo.documents import views

app_name = "documents"

urlpatterns = [
    path("verificar/", views.verify_start, name="verify_start"),
    path("verificar/<str:code>/", views.verify, name="verify"),
    path("<uuid:public_id>/", views.download, name="download"),
]
