from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "cabildo.dashboards"
    label = "dashboards"
