"""Addresses of the desk's pages of people, and of what surrounds entering."""

from django.urls import path

from cabildo.accounts.views import agency_people, departments, entrance, people, substitutions

app_name = "accounts"

urlpatterns = [
    path("", people.people, name="people"),
    path("invitar/", people.invite, name="invite"),
    path("<int:person_id>/", people.person, name="person"),
    path("<int:person_id>/rol/", people.grant, name="grant"),
    path("<int:person_id>/run/", people.declare_run, name="person_run"),
    path("<int:person_id>/invitar/", people.invite_again, name="invite_again"),
    path("<int:person_id>/desactivar/", people.deactivate, name="deactivate"),
    path("<int:person_id>/activar/", people.reactivate, name="reactivate"),
    path("rol/<int:membership_id>/terminar/", people.end, name="end"),
    path("direcciones/", departments.departments, name="departments"),
    path("direcciones/agregar/", departments.add, name="add_department"),
    path("direcciones/<slug:code>/", departments.edit, name="department"),
    path("subrogancias/", substitutions.substitutions, name="substitutions"),
    path("subrogancias/registrar/", substitutions.add, name="add_substitution"),
    path("subrogancias/<int:substitution_id>/terminar/", substitutions.end, name="end_substitution"),
]

# Beside allauth's own addresses, without a namespace.
around_entering_anywhere = [
    path("cuenta/invitacion/<str:token>/", entrance.invitation, name="invitation"),
    path("cuenta/mia/", entrance.mine, name="account_settings"),
    path("cuenta/segundo-paso/", entrance.second_factor, name="second_factor"),
]
around_entering = [
    *around_entering_anywhere,
    path("escudo/<slug:digest>.png", entrance.arms, name="arms"),
]

# The people of an agency, on its own desk.
of_agency = (
    [
        path("", agency_people.people, name="list"),
        path("dar-rol/", agency_people.grant, name="grant"),
        path("rol/<int:membership_id>/terminar/", agency_people.end, name="end"),
    ],
    "agency_people",
)
