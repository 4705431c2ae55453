"""The benchmarks are run by hand; what the page promises of them must be there all the same."""

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "performance.md"


@pytest.fixture(autouse=True)
def _from_the_repository(monkeypatch) -> None:
    """As `python -m bench` finds it, whatever folder the tests run in."""
    monkeypatch.syspath_prepend(str(ROOT))


def measures() -> list[str]:
    return list(importlib.import_module("bench.measures").ALL)


def test_the_page_explains_every_measure_and_no_other() -> None:
    explained = re.findall(r"^- `(\w+)`:", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert explained == measures()


def test_the_figures_go_between_their_marks_and_the_words_stay(tmp_path) -> None:
    report = importlib.import_module("bench.report")
    page = tmp_path / "page.md"
    page.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    found = report.Report(command="python -m bench")
    found.lines.append(report.Line("list", "sqlite", "90 of 100 a second", *report.against(90, 100, 0.4)))

    report.write(found, page)

    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "old" not in text
    assert "| list | sqlite | 90 of 100 a second | 0.90 | ≥ 0.4 | yes |  |" in text


def test_a_measure_below_its_target_is_told_as_missed() -> None:
    report = importlib.import_module("bench.report")

    assert report.against(39, 100, 0.4) == ("0.39", "≥ 0.4", False)
    assert report.growth(10, 15, 1.5) == ("1.50", "< 1.5", False)
    assert report.at_most(31, 10, 3) == ("3.10", "≤ 3", False)


def test_the_peer_and_its_tools_are_in_no_lock() -> None:
    locked = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "requirements").glob("*.lock"))

    assert "django-helpdesk" not in locked


def test_the_programs_inside_the_sites_are_where_they_are_looked_for() -> None:
    wanted = ["desk.prepare", "desk.profile", "desk.import_rows", "floor.prepare", "floor.prepare_sheets",
              "desk.quality_scores", "desk.quality_report", "desk.quality_page", "peer.prepare"]  # fmt: skip
    missing = [name for name in wanted if not (ROOT / "bench" / f"{name.replace('.', '/')}.py").is_file()]

    assert missing == []
