from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "cabildo.workflow"
    label = "workflow"

    def ready(self) -> None:
        from cabildo.workflow.processes import registers

        registers.fill()
