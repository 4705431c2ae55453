from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "cabildo.documents"
    label = "documents"

    def ready(self) -> None:
        from cabildo.documents import firmagob, signing

        signing.register(firmagob.FirmaGob())
