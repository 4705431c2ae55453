"""What may be done with the territory."""

from enum import StrEnum


class TerritoryPermission(StrEnum):
    MANAGE_AREAS = "territory.manage_areas"
