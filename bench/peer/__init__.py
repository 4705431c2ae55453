"""The peer: django-helpdesk in an environment of its own, on the newest Django it declares."""
