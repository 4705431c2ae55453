from django.apps import AppConfig


class DbConfig(AppConfig):
    name = "cabildo.db"
    label = "db"

    def ready(self) -> None:
        from cabildo.db import bounds

        bounds.register()
