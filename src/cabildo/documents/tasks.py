"""What documents does in the background."""

from datetime import timedelta

from django.utils import timezone

from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import in_municipality
from cabildo.documents import actions
from cabildo.jobs import daily, task

UPLOADS_LAST = timedelta(days=1)


@daily(at="03:40")
@task(name="documents.remove_orphans")
def remove_orphans() -> None:
    for municipality in Municipality.objects.all():
        with in_municipality(municipality):
            actions.remove_orphans(written_before=timezone.now() - UPLOADS_LAST)
