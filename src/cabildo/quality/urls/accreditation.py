"""The accreditation line."""

from django.urls import path

from cabildo.quality.views import accreditation, accreditation_points

urlpatterns = [
    path("<int:number>/acreditacion/", accreditation.overview, name="accreditation"),
    path("<int:number>/acreditacion/seguir/", accreditation.follow, name="accreditation_follow"),
    path("<int:number>/acreditacion/servicios/agregar/", accreditation.service_add, name="service_add"),
    path("<int:number>/acreditacion/servicios/<int:pk>/", accreditation.service, name="service"),
    path("<int:number>/acreditacion/servicios/<int:pk>/quitar/", accreditation.service_remove, name="service_remove"),
    path(
        "<int:number>/acreditacion/servicios/<int:pk>/retirar/",
        accreditation.service_withdraw,
        name="service_withdraw",
    ),
    path("<int:number>/acreditacion/puntos/declarar/", accreditation_points.declare, name="points_declare"),
    path("<int:number>/acreditacion/puntos/validar/", accreditation_points.validate, name="points_validate"),
    path("<int:number>/acreditacion/resultado/", accreditation_points.result, name="accreditation_result"),
]
