import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cabildo.db.locking import lock_rows
from db.tables import Neighbour, Street


@pytest.mark.django_db
@pytest.mark.usefixtures("tables")
def test_rows_are_locked_without_the_rows_they_are_joined_with():
    row = Neighbour.objects.create(street=Street.objects.create(name="Prat"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert list(lock_rows(Neighbour.objects.select_related("street"))) == [row]
    locks = 'FOR UPDATE OF "sample_neighbour"' in queries[0]["sql"]
    assert locks == (connection.vendor == "postgresql")


def test_locking_outside_a_transaction_is_an_error_on_both_databases():
    with pytest.raises(transaction.TransactionManagementError, match="needs a transaction"):
        lock_rows(Neighbour.objects.all())
