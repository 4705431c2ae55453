"""What a process must satisfy beyond its schema: names that exist, no circles, tasks that fit in their stage."""

from collections.abc import Iterable, Iterator
from graphlib import CycleError

from django.utils.translation import gettext as _

from cabildo.content import PackKind, Problem, nearest
from cabildo.workflow.processes.blueprint import Body, days_of, plan_of
from cabildo.workflow.processes.rules.dates import longest_chain

type Path = tuple[str | int, ...]
type Found = Iterator[Problem]


def check(body: Body) -> list[Problem]:
    """Everything wrong in a process; empty when it may be published."""
    roles = [role["id"] for role in body["process"]["roles"]]
    return [
        *_repeated(_roles(body)),
        *_repeated(_stages(body)),
        *_repeated(_inside(body, "tasks")),
        *_repeated(_inside(body, "gates")),
        *_repeated(_stages(body), "order"),
        *(problem for path, task in _inside(body, "tasks") for problem in _known((*path, "role"), task["role"], roles)),
        *(problem for path, stage in _stages(body) for problem in _stage(path, stage)),
    ]


def describe(body: Body) -> str:
    """One sentence: how many stages, tasks and requirements a process has, and how long it is."""
    return _("{stages} etapas, {tasks} tareas y {gates} requisitos en {days} días hábiles.").format(
        stages=len(body["stages"]),
        tasks=len(list(_inside(body, "tasks"))),
        gates=len(list(_inside(body, "gates"))),
        days=sum(days_of(stage) for stage in body["stages"]),
    )


def _roles(body: Body) -> Iterator[tuple[Path, Body]]:
    for index, role in enumerate(body["process"]["roles"]):
        yield ("process", "roles", index), role


def _stages(body: Body) -> Iterator[tuple[Path, Body]]:
    for index, stage in enumerate(body["stages"]):
        yield ("stages", index), stage


def _inside(body: Body, part: str) -> Iterator[tuple[Path, Body]]:
    """The tasks or the gates of all stages, with the way to each."""
    for path, stage in _stages(body):
        for index, item in enumerate(stage[part]):
            yield (*path, part, index), item


def _repeated(items: Iterable[tuple[Path, Body]], key: str = "id") -> Found:
    seen = set()
    for path, item in items:
        if item[key] in seen:
            message = _("El valor «{value}» de «{key}» está repetido.").format(value=item[key], key=key)
            yield Problem((*path, key), message, _("Dé a cada elemento uno distinto."), f"repeated_{key}")
        seen.add(item[key])


def _known(path: Path, name: str, known: Iterable[str]) -> Found:
    known = list(known)
    if name not in known:
        near = nearest(name, known)
        otherwise = _("Use uno de estos: {known}.").format(known=", ".join(known) or "—")
        fix = _("¿Quiso decir «{name}»?").format(name=near) if near else otherwise
        yield Problem(path, _("No existe «{name}» aquí.").format(name=name), fix, "unknown_id")


def _stage(path: Path, stage: Body) -> Found:
    if ("weeks" in stage) == ("days" in stage):
        message = _("La etapa debe decir «weeks» o «days», una sola de las dos.")
        yield Problem(path, message, _("Escriba «weeks: 2» o «days: 10»."), "duration_form")
        return
    unknown = list(_dependencies(path, stage))
    yield from unknown
    if not unknown:
        yield from _lasting(path, stage)


def _dependencies(path: Path, stage: Body) -> Found:
    tasks = [task["id"] for task in stage["tasks"]]
    for index, task in enumerate(stage["tasks"]):
        for position, name in enumerate(task["after"]):
            yield from _known((*path, "tasks", index, "after", position), name, tasks)


def _lasting(path: Path, stage: Body) -> Found:
    try:
        longest = longest_chain(plan_of(stage))
    except CycleError as found:
        message = _("Estas tareas dependen una de la otra en círculo: {tasks}.")
        message = message.format(tasks=", ".join(found.args[1]))
        yield Problem((*path, "tasks"), message, _("Quite una de las dependencias de «after»."), "cycle")
        return
    if longest > days_of(stage):
        message = _("Las tareas suman {longest} días hábiles y la etapa dura {days}.")
        fix = _("Alargue la etapa o acorte las tareas.")
        yield Problem(path, message.format(longest=longest, days=days_of(stage)), fix, "too_long")


KIND = PackKind(
    kind="processes",
    schema_path="schema/processes.json",
    check=check,
    describe=describe,
    folders={"stages": "stages"},
)
