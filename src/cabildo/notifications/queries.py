"""What was sent, what waits, what is unread?"""

from datetime import datetime

from django.db import connection
from django.db.models import Model, QuerySet

from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.db.fields import blind
from cabildo.notifications.choices import Channel, State
from cabildo.notifications.models import InboxItem, MailServer, Message
from cabildo.notifications.rules import ONE_HOUR, normal_address

PURPOSE = "notifications.recipient"
WAITING = (State.QUEUED, State.SENDING)


def mail_server() -> MailServer | None:
    """How this municipality sends mail; None while it uses the installation's server."""
    return MailServer.objects.first()


def address_index(address: str) -> str:
    """The blind index under which messages to an address are found."""
    return blind(PURPOSE, normal_address(address))


def last_hour_to(recipient_index: str, now: datetime) -> list[datetime]:
    """When mails left for this recipient in the last hour."""
    sent = Message.objects.filter(channel=Channel.MAIL, recipient_index=recipient_index, sent_at__gt=now - ONE_HOUR)
    return list(sent.values_list("sent_at", flat=True))


def answers_in_last_hour(recipient_index: str, now: datetime) -> int:
    """How many mails answer this address since an hour ago, sent or waiting."""
    recent = Message.objects.filter(recipient_index=recipient_index, created_at__gt=now - ONE_HOUR)
    return recent.exclude(answers_id="").exclude(state=State.SUPPRESSED).count()


def overdue_messages(until: datetime) -> QuerySet[Message]:
    """Mails whose attempt was due before `until` and did not happen, or was never finished; oldest first."""
    return Message.objects.filter(state__in=WAITING, next_try_at__lte=until).order_by("next_try_at")


def messages_about(subject: Model) -> QuerySet[Message]:
    """Everything sent about a record, newest first."""
    about = Message.objects.filter(on_type=subject._meta.label_lower, on_id=str(subject.pk))
    return about.order_by("-created_at", "-pk")


def message_with_id(message_id: str) -> Message | None:
    """The message that travelled under this Message-ID, to recognise an answer to it."""
    return Message.objects.filter(message_id=message_id).first() if message_id else None


def delivery_log(state: str = "", template: str = "") -> QuerySet[Message]:
    """All messages without their texts, of one state and template or of any."""
    messages = Message.objects.defer("subject", "body").select_related("recipient_user")
    if state:
        messages = messages.filter(state=state)
    return messages.filter(template=template) if template else messages


def inbox(user: User) -> QuerySet[InboxItem]:
    """The notices of an official with their messages."""
    return InboxItem.objects.filter(user=user).select_related("message")


# Asked by every page of every official: the ORM takes longer to compose it than a database to answer it.
UNREAD = """
SELECT count(*) FROM notifications_inboxitem
WHERE municipality_id = %s AND user_id = %s AND read_at IS NULL
"""


def unread_count(user: User) -> int:
    """Notices of this person in the municipality of the scope that they did not open."""
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, [current_municipality().pk, user.pk])
        count: int = cursor.fetchone()[0]
    return count
