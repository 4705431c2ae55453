"""What may be done with the pages that combine programmes."""

from enum import StrEnum


class DashboardsPermission(StrEnum):
    SEE_OWED = "dashboards.see_owed"
