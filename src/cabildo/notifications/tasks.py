"""What notifications does in the background: send what waits, and look for what was left behind."""

from django.utils import timezone

from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import in_municipality
from cabildo.jobs import every, task
from cabildo.notifications import actions


@task(name="notifications.send", priority=10)
def send(message: int) -> None:
    actions.send_message(message)


@every(minutes=1)
@task(name="notifications.sweep")
def sweep() -> None:
    now = timezone.now()
    for municipality in Municipality.objects.all():
        with in_municipality(municipality):
            actions.enqueue_overdue(now)
