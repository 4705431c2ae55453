from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "cabildo.plans"
    label = "plans"

    def ready(self) -> None:
        from cabildo.plans import registers

        registers.fill()
