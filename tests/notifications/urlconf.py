"""A municipality's addresses with the desk's pages of messages."""

from django.urls import include, path

from cabildo.site import urls_municipality

urlpatterns = [*urls_municipality.urlpatterns, path("mesa/avisos/", include("cabildo.notifications.urls"))]
