from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "cabildo.instruments"
    label = "instruments"

    def ready(self) -> None:
        from cabildo.content import register_kind
        from cabildo.content.workbooks import register_layout
        from cabildo.instruments import ownership
        from cabildo.instruments.packs import KINDS
        from cabildo.instruments.workbooks import LAYOUTS

        for kind in KINDS:
            register_kind(kind)
        for layout in LAYOUTS:
            register_layout(layout)
        ownership.register()
