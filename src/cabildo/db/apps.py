from django.apps import AppConfig


class DbConfig(AppConfig):
    name = "cabildo.db"
    label = "db"
