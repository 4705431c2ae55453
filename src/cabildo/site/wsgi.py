"""The WSGI application that granian serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cabildo.site.settings")
application = get_wsgi_application()
if settings.HTTPS:  # behind the proxy of this machine: the neighbour's address is the one it forwards
    from granian.utils.proxies import wrap_wsgi_with_proxy_headers

    application = wrap_wsgi_with_proxy_headers(application, trusted_hosts="127.0.0.1")

# A page that cannot be imported should stop the start, not fail under the first neighbour.
for urlconf in (settings.ROOT_URLCONF, settings.MUNICIPALITY_URLCONF):
    get_resolver(urlconf).url_patterns  # noqa: B018
