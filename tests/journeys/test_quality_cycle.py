"""A municipality goes from the invitation to its second cycle, each person with the own account."""

from cabildo.quality import queries
from cabildo.quality.models import Cycle
from cabildo.workflow.processes import queries as processes
from journeys.programme import DESK, Stage, Walk, walk
from journeys.programme_doors import in_no_group, open_to_the_wrong
from journeys.programme_stages import HERE, WORK, invitation

__all__ = ["walk"]


def test_a_municipality_goes_from_the_invitation_to_its_second_cycle(walk) -> None:
    invitation(walk)
    for code, work in WORK.items():
        stage = Stage(walk, code)
        stage.begins()
        work(walk)
        stage.closes()

    assert [*open_to_the_wrong(walk)] == []
    begin_the_next(walk)
    second = walk.cycle
    assert (second.number, second.previous.number) == (2, 1)
    assert texts(second) == texts(second.previous)
    assert not second.self_assessment.sheets.exclude(agreed_at=None).exists()
    run = queries.run_of(second)
    assert [stage.state for stage in processes.stages_of(run)][:2] == ["running", "to_begin"]


def test_every_page_of_the_programme_says_whose_it_is() -> None:
    assert in_no_group() == set()


def begin_the_next(walk: Walk) -> None:
    assert walk.is_refused("comite", f"{HERE}nuevo-ciclo/")
    page = walk.does("calidad", f"{HERE}nuevo-ciclo/")
    assert "Terminó el ciclo 1 y comenzó el 2." in page
    assert "Ciclo 2" in walk.reads("alcaldia", DESK)


def texts(cycle: Cycle) -> dict[str, str]:
    return dict(cycle.self_assessment.sheets.values_list("element", "text"))
