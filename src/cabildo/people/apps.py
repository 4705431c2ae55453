from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "cabildo.people"
    label = "people"
