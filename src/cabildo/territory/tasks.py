"""What territory does in the background: forget files that nobody published."""

from django.utils import timezone

from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import in_municipality
from cabildo.jobs import daily, task
from cabildo.territory import actions


@daily(at="03:40")
@task(name="territory.forget_uploads")
def forget_uploads() -> None:
    now = timezone.now()
    for municipality in Municipality.objects.all():
        with in_municipality(municipality):
            actions.forget_uploads(now)
