"""How a plan differs from what was kept of it."""

from cabildo.plans.rules.differences import Change, Difference, differences


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
        Difference("2", "Dos", Change.CHANGED, ("starts_on", "weight")),
        Difference("4", "Cuatro", Change.ADDED),
    ]
