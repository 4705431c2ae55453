"""Asked under a name that is none of ours, every site answers that it does not understand."""

import pytest

from cabildo import audit
from cabildo.accounts import actions as accounts


@pytest.mark.parametrize("path", ["/", "/m/puerto-claro/", "/m/puerto-claro/mesa/", "/a/programa/"])
def test_a_request_for_another_host_is_refused_in_words(path, client, puerto_claro, settings) -> None:
    settings.ALLOWED_HOSTS = ["cabildo.example"]
    accounts.create_agency(slug="programa", name="Programa", by=audit.SYSTEM)
    client.raise_request_exception = False

    answer = client.get(path, HTTP_HOST="otro.example")

    assert answer.status_code == 400
    assert "No pudimos leer" in answer.content.decode()
