"""A municipality's addresses with the desk's pages of areas."""

from django.urls import include, path

from cabildo.site import urls_municipality

urlpatterns = [*urls_municipality.urlpatterns, path("mesa/territorio/", include("cabildo.territory.urls"))]
