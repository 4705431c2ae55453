"""What the database knows about its tables, from which it chooses how to answer."""

from django.db import connection

SAMPLE = 1_000  # rows of each index: enough to tell many from few, and done in less than a second


def refresh() -> None:
    """Count anew. PostgreSQL does it by itself as well; SQLite never, and then reads a long list by the wrong index."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {SAMPLE}")
        cursor.execute("ANALYZE")
