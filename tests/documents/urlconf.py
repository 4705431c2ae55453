"""The addresses these tests need of a municipality's site."""

from django.urls import include, path

from cabildo.site import urls_municipality

urlpatterns = [path("documentos/", include("cabildo.documents.urls")), *urls_municipality.urlpatterns]
