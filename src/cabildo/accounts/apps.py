from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cabildo.accounts"
    label = "accounts"

    def ready(self) -> None:
        from cabildo.accounts.job_context import enter_municipality
        from cabildo.jobs import register_context

        register_context(enter_municipality)
