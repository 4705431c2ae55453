"""Addresses of bodies, meetings and agreements; those that anybody may open stand apart."""

from django.urls import path

from cabildo.meetings.views import agreements, bodies, calendar, listing, minutes, planning, record, session, signing

app_name = "meetings"

open_to_all = [path("reuniones/<str:token>.ics", calendar.invitation, name="meeting_invitation")]

urlpatterns = [
    path("", listing.meetings, name="list"),
    path("planificar/", planning.plan, name="plan"),
    path("cuerpos/", bodies.bodies, name="bodies"),
    path("cuerpos/crear/", bodies.create, name="body_create"),
    path("cuerpos/<int:body_id>/", bodies.body, name="body"),
    path("cuerpos/<int:body_id>/nombrar/", bodies.appoint, name="appoint"),
    path("cuerpos/<int:body_id>/reunion/", planning.plan_of_body, name="plan_of_body"),
    path("integrantes/<int:member_id>/terminar/", bodies.end_term, name="end_term"),
    path("integrantes/<int:member_id>/reemplazar/", bodies.replace, name="replace"),
    path("acuerdos/", agreements.agreements, name="agreements"),
    path("acuerdos/<int:agreement_id>/", agreements.agreement, name="agreement"),
    path("acuerdos/<int:agreement_id>/dejar-sin-efecto/", agreements.drop, name="agreement_drop"),
    path("puntos/<int:item_id>/escribir/", minutes.write, name="minute_write"),
    path("puntos/<int:item_id>/quitar/", planning.remove_point, name="point_remove"),
    path("puntos/<int:item_id>/subir/", planning.raise_point, name="point_raise"),
    path("actas/<int:acta_id>/", record.acta, name="acta"),
    path("actas/<int:acta_id>/word/", record.acta_word, name="acta_word"),
    path("<int:meeting_id>/", record.detail, name="detail"),
    path("<int:meeting_id>/cambiar/", planning.change, name="change"),
    path("<int:meeting_id>/tabla/", planning.agenda, name="agenda"),
    path("<int:meeting_id>/convocar/", planning.call, name="call"),
    path("<int:meeting_id>/invitar/", planning.invite, name="invite"),
    path("<int:meeting_id>/cancelar/", planning.cancel, name="cancel"),
    path("<int:meeting_id>/comenzar/", session.start, name="start"),
    path("<int:meeting_id>/terminar/", session.stop, name="stop"),
    path("<int:meeting_id>/horas/", session.times, name="times"),
    path("<int:meeting_id>/asistencia/", session.attendance, name="attendance"),
    path("<int:meeting_id>/asistencia/llego/", session.guest, name="guest"),
    path("<int:meeting_id>/quorum/", session.quorum, name="quorum"),
    path("<int:meeting_id>/acta/", minutes.minutes, name="minutes"),
    path("<int:meeting_id>/acta/cerrar/", minutes.close, name="close"),
    path("<int:meeting_id>/acta/rectificar/", minutes.reopen, name="reopen"),
    path("<int:meeting_id>/acuerdos/", agreements.agree, name="agree"),
    path("<int:meeting_id>/firmas/", signing.signing, name="signing"),
    path("<int:meeting_id>/firmas/<int:attendance_id>/", signing.sign, name="sign"),
    path("<int:meeting_id>/firmas/copia/", signing.copy, name="copy"),
    path("<int:meeting_id>/firmas/preparar/", signing.prepare, name="prepare"),
    path("<int:meeting_id>/firmas/subir/", signing.upload, name="upload"),
]
