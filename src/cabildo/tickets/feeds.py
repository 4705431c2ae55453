"""The newest published requests as RSS."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import current_municipality
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.public import published

LATEST = 50


class PublishedFeed(Feed):
    """Title, category, state and published text; nothing of who asked."""

    language = "es-cl"

    def get_object(self, request: HttpRequest) -> Municipality:
        return current_municipality()

    def title(self, municipality: Municipality) -> str:
        return _("Solicitudes públicas de %s") % municipality.name

    def description(self, municipality: Municipality) -> str:
        return _("Las últimas solicitudes publicadas y su estado.")

    def link(self, municipality: Municipality) -> str:
        return reverse("tickets:public_list")

    def items(self, municipality: Municipality) -> list[Ticket]:
        return list(published()[:LATEST])

    def item_title(self, item: Ticket) -> str:
        return f"{item.category.label} ({item.get_state_display().lower()})"

    def item_description(self, item: Ticket) -> str:
        return item.public_text

    def item_link(self, item: Ticket) -> str:
        return reverse("tickets:public_detail", args=[item.folio])

    def item_pubdate(self, item: Ticket) -> datetime:
        return item.received_at

    def item_updateddate(self, item: Ticket) -> datetime:
        return item.updated_at

    def item_categories(self, item: Ticket) -> list[str]:
        return [item.category.label]
