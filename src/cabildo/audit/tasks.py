"""What audit does in the background: chain what was committed."""

from cabildo.audit import actions
from cabildo.jobs import every, task


@every(seconds=10)
@task(name="audit.seal_pending")
def seal_pending() -> None:
    while actions.seal_pending():
        pass
