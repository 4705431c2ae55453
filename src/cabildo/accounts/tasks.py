"""What accounts does by itself: it forgets what no page and no browser will ask for any more."""

from importlib import import_module

from django.conf import settings

from cabildo.accounts import sent_once
from cabildo.jobs import daily, task


@daily(at="03:05")
@task(name="accounts.forget_sent_forms")
def forget_sent_forms() -> None:
    sent_once.forget()


@daily(at="03:10")
@task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
