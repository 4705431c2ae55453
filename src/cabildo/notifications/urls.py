"""Addresses of the desk's pages of messages."""

from django.urls import path

from cabildo.notifications import views

app_name = "notifications"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:item_id>/", views.open_item, name="open_item"),
    path("leidos/", views.read, name="read"),
    path("enviados/", views.log, name="log"),
    path("enviados/<int:message_id>/reintentar/", views.retry, name="retry"),
    path("correo/", views.mail_server, name="mail_server"),
    path("correo/probar-salida/", views.try_outgoing, name="try_outgoing"),
    path("correo/probar-entrada/", views.try_incoming, name="try_incoming"),
]
