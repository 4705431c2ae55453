from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "cabildo.meetings"
    label = "meetings"

    def ready(self) -> None:
        from cabildo.meetings import registers

        registers.fill()
