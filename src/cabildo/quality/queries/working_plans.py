"""The two living plans of stage 2: their activities by stage and by content, and whom each channel reaches."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cabildo.accounts.models import Department
from cabildo.plans.models import Plan, PlanNode
from cabildo.plans.queries.tree import nodes_of
from cabildo.quality.choices import Content
from cabildo.quality.models import ChannelReach, Cycle
from cabildo.quality.plans import COMMUNICATION
from cabildo.quality.queries.committee import departments_here


def is_settled(activity: PlanNode) -> bool:
    """Somebody answers for it and it has dates: what a proposal does not have."""
    answers = activity.department_id or activity.responsible_id
    return bool(answers and activity.starts_on and activity.ends_on)


@dataclass(frozen=True)
class Place:
    """A place of the first level with the activities below it."""

    node: PlanNode
    activities: list[PlanNode] = field(default_factory=list)

    @property
    def name(self) -> str:
        """By which its kind knows it; empty of one that people added."""
        return str(self.node.place)

    @property
    def settled(self) -> list[PlanNode]:
        return [one for one in self.activities if is_settled(one)]


@dataclass(frozen=True)
class WorkingPlan:
    """A plan of the cycle by its places, in order."""

    plan: Plan
    places: tuple[Place, ...]

    def place(self, name: str) -> Place | None:
        return next((place for place in self.places if place.name == name), None)


def plan_of(cycle: Cycle, kind: str) -> Plan | None:
    """The plan of this kind that the cycle has; of several, the last."""
    mine = Plan.objects.filter(kind=kind, on_type=cycle._meta.label_lower, on_id=str(cycle.pk))
    return mine.order_by("-pk").first()


def working_plan(cycle: Cycle, kind: str) -> WorkingPlan | None:
    """The plan with its activities. Two queries."""
    plan = plan_of(cycle, kind)
    return WorkingPlan(plan, tuple(_places(nodes_of([plan])))) if plan else None


def _places(nodes: Iterable[PlanNode]) -> list[Place]:
    """By level: what is on the first, with all that hangs from it and is not divided further."""
    found = list(nodes)
    above = {node.pk: node.parent_id for node in found}
    places = {node.pk: Place(node) for node in found if node.level == 0}
    divided = set(above.values())
    for node in found:
        if node.level and node.pk not in divided:
            places[_top(node.pk, above)].activities.append(node)
    return list(places.values())


def _top(pk: int, above: dict[int, int | None]) -> int:
    while (parent := above[pk]) is not None:
        pk = parent
    return pk


@dataclass(frozen=True)
class Channel:
    """A channel with the departments it reaches."""

    node: PlanNode
    reached: tuple[Department, ...]


@dataclass(frozen=True)
class Reach:
    """The channels of a strategy, and the departments at work that none of them reaches."""

    channels: tuple[Channel, ...]
    departments: int
    left_out: tuple[Department, ...]

    @property
    def covered(self) -> int:
        return self.departments - len(self.left_out)


def reach_of(strategy: WorkingPlan) -> Reach:
    """Two queries, however many channels there are."""
    place = strategy.place(Content.CHANNELS)
    nodes = place.activities if place else []
    found: dict[int, list[Department]] = {node.pk: [] for node in nodes}
    reaches = ChannelReach.objects.filter(channel__in=nodes).select_related("department")
    for reach in reaches.order_by("department__name"):
        found[reach.channel_id].append(reach.department)
    here = departments_here()
    covered = {department.pk for reached in found.values() for department in reached}
    channels = tuple(Channel(node, tuple(found[node.pk])) for node in nodes)
    return Reach(channels, len(here), tuple(one for one in here if one.pk not in covered))


def strategy_of(cycle: Cycle) -> WorkingPlan | None:
    return working_plan(cycle, COMMUNICATION)


def channel_of(cycle: Cycle, node_id: int) -> PlanNode | None:
    """This channel of the strategy of the cycle; None for another node."""
    strategy = strategy_of(cycle)
    place = strategy.place(Content.CHANNELS) if strategy else None
    return next((node for node in place.activities if node.pk == node_id), None) if place else None
