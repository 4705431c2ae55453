"""What may be done with accounts."""

from enum import StrEnum


class AccountsPermission(StrEnum):
    ENTER_DESK = "accounts.enter_desk"
    MANAGE_MUNICIPALITY = "accounts.manage_municipality"
    MANAGE_PEOPLE = "accounts.manage_people"
    VIEW_OPERATIONS = "accounts.view_operations"
