from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "cabildo.content"
    label = "content"
