"""Which fields would one of two writers undo?"""

from cabildo.kit.revisions import conflicts


def test_only_what_somebody_else_changed_since_is_in_conflict() -> None:
    assert conflicts({"title": 3, "note": 1}, 2, {"note": "x", "title": "y", "place": "z"}) == ["title"]


def test_who_saw_the_last_revision_undoes_nothing() -> None:
    assert conflicts({"title": 3}, 3, {"title": "y"}) == []
