"""What may be done with messages."""

from enum import StrEnum


class NotificationsPermission(StrEnum):
    VIEW_LOG = "notifications.view_log"
    MANAGE_MAIL = "notifications.manage_mail"
