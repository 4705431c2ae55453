"""Size is made visible before it hurts. An exception is a line here with its reason."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "cabildo"
LONG_MODULES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def python_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.py") if "migrations" not in path.parts]


def functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def too_long(folder: Path, limit: int) -> set[str]:
    return {
        f"{path.relative_to(ROOT)}:{function.name}"
        for path in python_files(folder)
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= limit
    }


def test_no_module_passes_500_lines() -> None:
    long = {
        str(path.relative_to(ROOT))
        for path in [*python_files(SRC), *python_files(ROOT / "tests")]
        if len(path.read_text(encoding="utf-8").splitlines()) > 500
    }

    assert long == set(LONG_MODULES)


def test_no_function_passes_50_lines() -> None:
    assert too_long(SRC, 50) == set(LONG_FUNCTIONS)


def test_no_test_passes_40_lines() -> None:
    assert too_long(ROOT / "tests", 40) == set()


def test_no_template_passes_200_lines() -> None:
    long = {
        str(path.relative_to(ROOT))
        for path in SRC.rglob("*.html")
        if len(path.read_text(encoding="utf-8").splitlines()) > 200
    }

    assert long == set()
