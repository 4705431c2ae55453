"""Addresses of the request desk: the neighbour's, then the officials'."""

from django.urls import path

from cabildo.tickets.views import listing, portal, record, register, step, tracking

app_name = "tickets"

urlpatterns = [
    path("solicitudes/nueva/", portal.choose, name="new"),
    path("solicitudes/nueva/<slug:code>/", portal.details, name="details"),
    path("solicitudes/nueva/<slug:code>/lugar/", portal.place, name="place"),
    path("solicitudes/nueva/<slug:code>/enviar/", portal.contact, name="contact"),
    path("solicitudes/comprobante/", portal.receipt, name="receipt"),
    path("solicitudes/comprobante/pdf/", portal.receipt_pdf, name="receipt_pdf"),
    path("seguimiento/", tracking.find, name="find"),
    path("seguimiento/<str:token>/", tracking.follow, name="tracking"),
    path("seguimiento/<str:token>/plazo/", tracking.why, name="tracking_why"),
    path("evaluacion/<str:token>/", tracking.rate, name="satisfaction"),
    path("mesa/solicitudes/", listing.tickets, name="list"),
    path("mesa/solicitudes/ingresar/", register.choose, name="register"),
    path("mesa/solicitudes/ingresar/<slug:channel>/<slug:code>/", register.register, name="register_form"),
    path("mesa/solicitudes/<str:folio>/", record.detail, name="detail"),
    path("mesa/solicitudes/<str:folio>/plazo/", record.why, name="why"),
    path("mesa/solicitudes/<str:folio>/comprobante/", register.receipt, name="desk_receipt"),
    path("mesa/solicitudes/<str:folio>/paso/<slug:step>/", step.take, name="step"),
]
