from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "cabildo.tickets"
    label = "tickets"

    def ready(self) -> None:
        from cabildo.tickets import registers

        registers.fill()
