from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "cabildo.indicators"
    label = "indicators"
