"""Locking the rows an action decides on."""

from django.db import connections, models, transaction


def lock_rows[Row: models.Model](queryset: models.QuerySet[Row]) -> models.QuerySet[Row]:
    """The same rows, locked until the end of the transaction; related rows that are joined stay free.

    SELECT ... FOR UPDATE on PostgreSQL. On SQLite nothing is added: BEGIN IMMEDIATE already holds the only write lock.
    Raises `TransactionManagementError` outside `atomic()` on both, so that a test on either finds it.
    """
    connection = connections[queryset.db]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("lock_rows needs a transaction: call it inside atomic().")
    if not connection.features.has_select_for_update:
        return queryset
    return queryset.select_for_update(of=("self",))
