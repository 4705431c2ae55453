"""Addresses of the desk's pages of areas."""

from django.urls import path

from cabildo.territory import views

app_name = "territory"

urlpatterns = [
    path("", views.layers, name="layers"),
    path("subir/", views.upload, name="upload"),
    path("revisar/<int:upload_id>/", views.review, name="review"),
    path("revisar/<int:upload_id>/descartar/", views.discard, name="discard"),
    path("capas/<int:layer_id>/", views.layer, name="layer"),
    path("capas/<int:layer_id>/restaurar/", views.restore, name="restore"),
]
