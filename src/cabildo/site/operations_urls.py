"""Addresses of the desk's page of operations."""

from django.urls import path

from cabildo.site import operations

app_name = "operations"

urlpatterns = [
    path("", operations.overview, name="overview"),
    path("registro/verificar/", operations.verify_audit, name="verify_audit"),
    path("trabajos/<int:job_id>/repetir/", operations.retry, name="retry"),
    path("trabajos/<int:job_id>/anular/", operations.cancel, name="cancel"),
]
