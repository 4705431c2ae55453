"""What surrounds a running job: hooks that upper apps register, and the job itself."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class RunningJob:
    """What a hook may know of the job it surrounds."""

    id: int
    name: str
    attempt: int
    municipality_id: int | None
    actor_id: int | None


Hook = Callable[[RunningJob], AbstractContextManager[object]]

current: ContextVar[RunningJob | None] = ContextVar("current_job", default=None)
_hooks: list[Hook] = []


def register(hook: Hook) -> Hook:
    """Surround every job with `hook(running_job)`, inside those registered before. An error in it fails the job."""
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


@contextmanager
def entered(job: RunningJob) -> Iterator[None]:
    """Inside: `current` is the job and every hook is entered."""
    token = current.set(job)
    try:
        with ExitStack() as stack:
            for hook in _hooks:
                stack.enter_context(hook(job))
            yield
    finally:
        current.reset(token)
