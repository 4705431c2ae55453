"""The municipality beside others of its programme."""

from django.urls import path

from cabildo.quality.views import comparison

urlpatterns = [
    path("comparacion/", comparison.comparison, name="benchmark"),
    path("comparacion/autorizar/", comparison.share, name="benchmark_share"),
]
