"""Sessions kept in the database that know how long they last."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone


class SessionStore(db.SessionStore):
    """Django's, remembering the end that its row holds: to warn of it costs no query."""

    ends_at: datetime | None = None

    def _get_session_from_db(self) -> Session | None:
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        self.ends_at = row.expire_date if row else None
        return row


def seconds_left(session: Any) -> int:
    """Until the session ends; a changed one, which the answer in hand saves, lasts its whole age again."""
    if session.modified or session.ends_at is None:
        return int(session.get_expiry_age())
    return max(0, int((session.ends_at - timezone.now()).total_seconds()))
