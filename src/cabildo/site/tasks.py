"""What the site sends by itself."""

from cabildo.accounts.actions import invitation
from cabildo.accounts.models import Agency, User
from cabildo.jobs import task
from cabildo.site import mails


@task(name="site.send_invitation", priority=10)
def send_invitation(*, person: int, agency: int) -> None:
    """The invitation of an agency; its link is made when it leaves, so that the queue keeps no way in."""
    user = User.objects.get(pk=person)
    mails.send(mails.INVITATION, user.email, invitation(user, Agency.objects.get(pk=agency)))
