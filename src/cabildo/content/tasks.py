"""What the content app does by itself: versions that come into force today reach those who follow them."""

from django.utils import timezone

from cabildo import audit
from cabildo.content import actions
from cabildo.jobs import daily, task


@daily(at="00:10")
@task(name="content.follow_updates")
def follow_updates() -> None:
    actions.follow_updates(on_date=timezone.localdate(), by=audit.SYSTEM)
