from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "cabildo.indicators"
    label = "indicators"

    def ready(self) -> None:
        from cabildo.content import register_kind
        from cabildo.indicators.packs import KIND

        register_kind(KIND)
