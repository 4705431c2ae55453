"""How a plan differs from what was kept of it."""

from cabildo.plans.rules.differences import Change, Difference, differences
from cabildo.plans.rules.outline import codes_above, in_outline


def node(code: str, label: str, **more) -> dict[str, object]:
    return {"code": code, "label": label, "position": 1, "level": 0, "parent": "", "starts_on": None, **more}


def plan(*nodes) -> dict[str, object]:
    return {"title": "Plan", "nodes": list(nodes)}


def test_the_same_plan_has_no_differences() -> None:
    assert differences(plan(node("1", "Uno")), plan(node("1", "Uno"))) == []


def test_its_place_among_the_others_is_no_change() -> None:
    assert differences(plan(node("1", "Uno")), plan(node("1", "Uno", position=7))) == []


def test_what_went_what_changed_and_what_came_are_told_in_this_order() -> None:
    before = plan(node("1", "Uno"), node("2", "Dos"), node("3", "Tres"))
    after = plan(node("4", "Cuatro"), node("2", "Dos", starts_on="2027-01-01", weight="2"), node("3", "Tres"))

    assert differences(before, after) == [
        Difference("1", "Uno", Change.REMOVED),
        Difference("2", "Dos", Change.CHANGED, {"starts_on": (None, "2027-01-01"), "weight": (None, "2")}),
        Difference("4", "Cuatro", Change.ADDED),
    ]


LEVEL_BY_LEVEL = [
    node("1", "Uno"),
    node("2", "Dos"),
    node("1.1", "Uno uno", parent="1"),
    node("2.1", "Dos uno", parent="2"),
    node("1.1.1", "Uno uno uno", parent="1.1"),
    node("1.2", "Uno dos", parent="1"),
]


def test_a_plan_kept_level_by_level_is_read_part_after_part() -> None:
    assert [one["code"] for one in in_outline(LEVEL_BY_LEVEL)] == ["1", "1.1", "1.1.1", "1.2", "2", "2.1"]


def test_what_hangs_from_a_part_that_left_is_read_all_the_same() -> None:
    assert [one["code"] for one in in_outline(LEVEL_BY_LEVEL[1:])] == ["2", "2.1", "1.1", "1.1.1", "1.2"]


def test_a_part_hangs_from_all_above_it_the_nearest_first() -> None:
    assert codes_above(LEVEL_BY_LEVEL)["1.1.1"] == ("1.1", "1")


def test_a_part_that_changed_or_came_names_what_it_hangs_from() -> None:
    after = [one for one in LEVEL_BY_LEVEL if one["code"] != "1.1.1"] + [node("2.1.1", "Nueva", parent="2.1")]

    assert differences(plan(*LEVEL_BY_LEVEL), plan(*after)) == [
        Difference("1.1.1", "Uno uno uno", Change.REMOVED, above=("1.1", "1")),
        Difference("2.1.1", "Nueva", Change.ADDED, above=("2.1", "2")),
    ]
