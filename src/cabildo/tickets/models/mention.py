"""Who may be the official of whom a complaint speaks, while nobody has said who it is."""

from django.db import models

from cabildo.accounts.scoping import TenantModel
from cabildo.tickets.models.ticket import Ticket


class Mention(TenantModel):
    """The words of a complaint match this person's name, post or unit: until one is named, they do not read it."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="tickets_mention_once")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.user_id}"
