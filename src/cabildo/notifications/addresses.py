"""The domain under which this installation writes."""

from urllib.parse import urlsplit

from django.conf import settings


def mail_domain() -> str:
    """The domain of message identifiers of this installation."""
    return urlsplit(settings.BASE_ADDRESS).hostname or "localhost"
