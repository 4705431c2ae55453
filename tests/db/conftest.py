from collections.abc import Iterator

import pytest
from django.db import connection

from db.tables import TABLES


@pytest.fixture(scope="module")
def tables(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Made outside the transaction of a test: SQLite's schema editor needs it so."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for model in TABLES:
                editor.create_model(model)
        yield
        with connection.schema_editor() as editor:
            for model in reversed(TABLES):
                editor.delete_model(model)


@pytest.fixture
def key_file(settings, tmp_path):
    """A real key file, used by the keyring instead of the fixed test keys."""
    from cabildo.db import keyring

    settings.TESTING = False
    settings.KEY_FILE = tmp_path / "keys.json"
    keyring.create_key_file(settings.KEY_FILE)
    return settings.KEY_FILE
