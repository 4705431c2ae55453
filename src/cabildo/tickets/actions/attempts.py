"""How is a try counted, so that two processes never count the same one twice or not at all?"""

from datetime import datetime

from django.db import connection, transaction

from cabildo.accounts.scoping import current_municipality
from cabildo.tickets.models import Attempt

TABLE = Attempt._meta.db_table
# one statement: whoever comes at the same moment waits for the row and finds it counted
COUNT = f"""
    INSERT INTO {TABLE} (municipality_id, key, until, tries) VALUES (%(municipality)s, %(key)s, %(until)s, 1)
    ON CONFLICT (municipality_id, key) DO UPDATE SET
        tries = CASE WHEN {TABLE}.until > %(now)s THEN {TABLE}.tries + 1 ELSE 1 END,
        until = CASE WHEN {TABLE}.until > %(now)s THEN {TABLE}.until ELSE excluded.until END
    RETURNING tries
"""  # noqa: S608 - only the name of the table is put in


@transaction.atomic
def count_try(key: str, *, seconds: int, now: datetime) -> int:
    """Count one try; how many there were since the first, whose count ends after so many seconds."""
    at = int(now.timestamp())
    values: dict[str, str | int] = {
        "municipality": current_municipality().pk,
        "key": key,
        "now": at,
        "until": at + seconds,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        tries: int = cursor.fetchone()[0]
    return tries


def forget_attempts(now: datetime) -> int:
    """Drop the counts that have ended; how many."""
    return Attempt.objects.filter(until__lte=int(now.timestamp())).delete()[0]
