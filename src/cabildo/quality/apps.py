from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "cabildo.quality"
    label = "quality"

    def ready(self) -> None:
        from cabildo.quality import registers

        registers.fill()
