"""Which external systems does the municipality let in, and whose key is this?"""

from django.db.models import QuerySet

from cabildo.db.fields import blind
from cabildo.tickets.models import ApiClient

MAX_KEY = 100


def key_index(key: str) -> str:
    """What is stored of a key: nobody who reads the database can use it."""
    return blind("tickets.api_key", key)


def active_client(key: str) -> ApiClient | None:
    """The client in use whose key this is."""
    if not 0 < len(key) <= MAX_KEY:
        return None
    return ApiClient.objects.filter(key_index=key_index(key), is_active=True).first()


def clients() -> QuerySet[ApiClient]:
    """All of them, those in use first."""
    return ApiClient.objects.select_related("created_by")
