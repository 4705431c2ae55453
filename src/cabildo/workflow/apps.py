from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "cabildo.workflow"
    label = "workflow"
