"""What the words promise must be there: links, pages of the apps, names of the foundation, a tidy glossary."""

import ast
import importlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cabildo.kit.text import fold

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "cabildo"
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
MACHINE_PATH = re.compile(r"(?<![\w.~<…/])/(?:home|root|Users|work|mnt|tmp)/\w")
NAME = re.compile(r"`(?P<name>[a-z_]+(?:\.\w+)+)[`(]")
CONTRACT = re.compile(r"cabildo\.(?P<app>\w+)\.(?P<module>access|actions|hooks|links|owners|queries|scoping|signing)")
ABOVE_THE_FOUNDATION = {"tickets", "quality", "dashboards", "site"}
MOST_LINES_OF_AN_APP = 60
APPS = sorted(path.name for path in SRC.iterdir() if (path / "__init__.py").is_file())


def pages() -> list[Path]:
    """Every Markdown page of the repository, committed or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


def links(page: Path) -> Iterator[tuple[str, str]]:
    """Path and fragment of the links that stay in the repository."""
    for found in LINK.finditer(CODE.sub("", page.read_text(encoding="utf-8"))):
        if "://" not in found["target"] and not found["target"].startswith("mailto:"):
            path, _hash, fragment = found["target"].partition("#")
            yield path, fragment


def headings(page: Path) -> set[str]:
    lines = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def glossary() -> list[str]:
    """The English words, in the order written."""
    rows = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [row.split("|")[1].strip() for row in rows if row.startswith("|")]
    return cells[2:]  # after the heading and its rule


def test_every_link_leads_to_a_file_that_exists() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {path}"
        for page in pages()
        for path, _fragment in links(page)
        if not (page.parent / path).exists()
    ]

    assert broken == []


def test_every_link_to_a_heading_finds_it() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {path}#{fragment}"
        for page in pages()
        for path, fragment in links(page)
        if fragment and fragment not in headings(page.parent / path if path else page)
    ]

    assert broken == []


@pytest.mark.parametrize("app", APPS)
def test_every_app_has_a_page_that_can_be_read_in_two_minutes(app: str) -> None:
    lines = (SRC / app / "README.md").read_text(encoding="utf-8").splitlines()

    assert lines[0] == f"# {app}"
    assert len(lines) <= MOST_LINES_OF_AN_APP


def test_the_index_names_every_page_of_the_documentation() -> None:
    index = ROOT / "docs" / "README.md"
    named = {(index.parent / path).resolve() for path, _fragment in links(index)}
    written = {page for page in pages() if page.is_relative_to(index.parent)}

    assert [str(page.relative_to(ROOT)) for page in sorted(written - named - {index})] == []


def test_the_glossary_is_sorted_and_says_each_word_once() -> None:
    words = glossary()

    assert words == sorted(set(words), key=fold)


def test_no_page_names_a_path_of_one_machine() -> None:
    naming = [str(page.relative_to(ROOT)) for page in pages() if MACHINE_PATH.search(page.read_text(encoding="utf-8"))]

    assert naming == []


def test_every_name_of_the_foundation_exists() -> None:
    text = (ROOT / "docs" / "explanation" / "foundation.md").read_text(encoding="utf-8")
    names = {found["name"] for found in NAME.finditer(text)}
    unknown = sorted(name for name in names if name.split(".")[0] in APPS and not exists(name))

    assert unknown == []


def test_what_other_apps_take_from_a_contract_is_on_the_page_of_the_foundation() -> None:
    said = set(re.findall(r"\w+", (ROOT / "docs" / "explanation" / "foundation.md").read_text(encoding="utf-8")))

    assert sorted(name for name in taken_from_others() if name.rpartition(".")[2] not in said) == []


def taken_from_others() -> set[str]:
    """Functions and classes that an app of the foundation gives another through a module that is a contract."""
    return {
        f"{taken['app']}.{taken['module']}.{alias.name}"
        for path in SRC.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (taken := CONTRACT.fullmatch(node.module or ""))
        if taken["app"] not in {path.relative_to(SRC).parts[0], *ABOVE_THE_FOUNDATION}
        for alias in node.names
        if not alias.name.isupper()
    }


def exists(name: str) -> bool:
    """Whether a dotted name below `cabildo` is a module or something in one."""
    module, _dot, attribute = name.rpartition(".")
    try:
        importlib.import_module(f"cabildo.{name}")
    except ModuleNotFoundError:
        return bool(module) and hasattr(importlib.import_module(f"cabildo.{module}"), attribute)
    return True
