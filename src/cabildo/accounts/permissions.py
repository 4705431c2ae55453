"""What may be done with accounts; the words themselves are in `choices`, where actions may read them."""

from cabildo.accounts.choices import AccountsPermission

__all__ = ["AccountsPermission"]
