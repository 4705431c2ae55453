"""What meetings does in the background. Each may run twice without harm."""

from cabildo.accounts.models import Municipality
from cabildo.jobs import enqueue, every, task
from cabildo.meetings.actions.signing import write_acta
from cabildo.meetings.choices import ActaState
from cabildo.meetings.models import Acta
from cabildo.meetings.queries.signing import without_paper

AT_ONCE = 200


@task(name="meetings.write_acta")
def write_paper(acta: int) -> None:
    """Make the PDF of a closed acta; nothing when it was reopened meanwhile."""
    found = Acta.objects.exclude(state=ActaState.SUPERSEDED).filter(pk=acta).first()
    if found is not None:
        write_acta(found)


@every(hours=1)
@task(name="meetings.ask_for_papers")
def ask_for_papers() -> None:
    """Ask each municipality for the papers that an interruption left unmade."""
    for municipality in Municipality.objects.all():
        enqueue("meetings.write_missing", municipality=municipality, key="meetings.write_missing")


@task(name="meetings.write_missing")
def write_missing() -> None:
    """Make the PDF of every acta in force that has none."""
    for acta in without_paper(AT_ONCE):
        write_acta(acta)
