from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "cabildo.ui"
    label = "ui"
