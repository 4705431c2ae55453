from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "cabildo.audit"
    label = "audit"
