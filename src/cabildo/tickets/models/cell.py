"""Published requests counted by square of the map, so that a million of them draw as fast as a thousand."""

from django.db import models

from cabildo.accounts.scoping import TenantModel
from cabildo.tickets.models.catalogue import Category


class TicketCell(TenantModel):
    """Published requests of a category, or of all together, inside one square of the grid of a zoom (`rules.cells`)."""

    zoom = models.PositiveSmallIntegerField()
    x = models.IntegerField()
    y = models.IntegerField()
    category = models.ForeignKey(Category, on_delete=models.CASCADE, null=True, related_name="+")
    open_count = models.PositiveIntegerField()
    closed_count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "zoom", "x", "y", "category"], name="tickets_cell_once"),
            models.UniqueConstraint(
                fields=["municipality", "zoom", "x", "y"],
                condition=models.Q(category__isnull=True),
                name="tickets_cell_of_all_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zoom}/{self.x}/{self.y}"
