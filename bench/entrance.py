"""Used inside each site: a session of a user who has entered, and the answer to who prepared the site."""

import json
from typing import Any

from django.test import Client

CSRF = "bench0000000000000000000000token"  # 32 characters, as Django stores one


def signed_in(user: Any, backend: str = "django.contrib.auth.backends.ModelBackend") -> dict[str, str]:
    """The headers a browser of this user sends; good for reading and for posting."""
    client = Client()
    client.force_login(user, backend=backend)
    session = client.cookies["sessionid"].value
    return {"Cookie": f"sessionid={session}; csrftoken={CSRF}", "X-CSRFToken": CSRF}


def say(**facts: Any) -> None:
    print(json.dumps(facts))
