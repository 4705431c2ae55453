"""The desk, the floor and the peer taking turns under the same load, each on a database of its own of the same kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench import sites
from bench.load import Rate
from bench.peer import install
from bench.report import Line, against, median
from bench.servers import Server, serving_all
from bench.sites import Site
from bench.workplace import Workplace

FLOOR_LEAST, PEER_LEAST = 0.4, 1.5

Load = Callable[[str, dict[str, Any]], Rate]


@dataclass(frozen=True)
class Turn:
    """What one site did in one round: operations a second, and processor time of each at the server."""

    rate: Rate
    cpu_ms: float


def three_sites(place: Workplace, measure: str) -> list[Site]:
    """The desk first, then what it is held against."""
    install.install()
    peer_version = install.versions()
    if peer_version not in place.report.databases:
        place.report.databases.append(peer_version)
    return [
        place.desk(f"{measure}_desk"),
        sites.floor(place.fresh(f"{measure}_floor"), place.folder / "data"),
        sites.peer(place.fresh(f"{measure}_peer"), place.folder / "data"),
    ]


def taking_turns(place: Workplace, measure: str, load: Load, *, more: tuple[Site, ...] = ()) -> list[list[Turn]]:
    """The turns of each site, one per round, after a first one that only warms up; those of `more` come last."""
    all_sites = [*three_sites(place, measure), *more]
    facts = [_facts(place, site) for site in all_sites]
    turns: list[list[Turn]] = [[] for _site in all_sites]
    with serving_all(all_sites) as servers:
        for number in range(place.amount.rounds + 1):
            for position, server in enumerate(servers):
                turn = _turn(server, facts[position], load)
                if number:
                    turns[position].append(turn)
    return turns


def _facts(place: Workplace, site: Site) -> dict[str, Any]:
    told = site.run(site.prepare, place.amount.rows)
    return {**told, "site": site.name, "database_url": site.database_url, "seconds": place.amount.seconds}


def _turn(server: Server, facts: dict[str, Any], load: Load) -> Turn:
    before = server.cpu_seconds()
    rate = load(server.address, facts)
    return Turn(rate, (server.cpu_seconds() - before) * 1000 / rate.operations)


def lines(place: Workplace, measure: str, turns: list[list[Turn]]) -> list[Line]:
    """Two rows by operations a second, and the same two by processor time, which a busy machine disturbs less."""
    desk, floor, peer = (median([turn.rate.per_second for turn in some]) for some in turns[:3])
    cpu_desk, cpu_floor, cpu_peer = (median([turn.cpu_ms for turn in some]) for some in turns[:3])
    every = [turn.rate.per_second for turn in turns[0]]
    note = f"rounds {min(every):.0f}–{max(every):.0f}; p99 {median([turn.rate.p99_ms for turn in turns[0]]):.0f} ms"
    by_cpu = "by processor time of the server"
    return [
        Line(f"{measure}, against bare Django", place.kind, f"{desk:.0f} of {floor:.0f} a second",
             *against(desk, floor, FLOOR_LEAST), note=note),
        Line(f"{measure}, against bare Django, {by_cpu}", place.kind, f"{cpu_desk:.1f} for {cpu_floor:.1f} ms",
             f"{cpu_floor / cpu_desk:.2f}"),
        Line(f"{measure}, against django-helpdesk", place.kind, f"{desk:.0f} against {peer:.0f} a second",
             *against(desk, peer, PEER_LEAST)),
        Line(f"{measure}, against django-helpdesk, {by_cpu}", place.kind, f"{cpu_desk:.1f} against {cpu_peer:.1f} ms",
             f"{cpu_peer / cpu_desk:.2f}"),
    ]  # fmt: skip


def against_whole(place: Workplace, measure: str, desk: list[Turn], whole: list[Turn]) -> Line:
    """The desk held against bare Django that leaves as many rows by as many statements."""
    ours, theirs = (median([turn.rate.per_second for turn in some]) for some in (desk, whole))
    cpu_ours, cpu_theirs = (median([turn.cpu_ms for turn in some]) for some in (desk, whole))
    return Line(
        f"{measure}, against bare Django leaving as many rows", place.kind, f"{ours:.0f} of {theirs:.0f} a second",
        *against(ours, theirs, FLOOR_LEAST), note=f"processor {cpu_ours:.1f} for {cpu_theirs:.1f} ms",
    )  # fmt: skip
