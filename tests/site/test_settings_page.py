"""Every variable that is read is explained, with its default told, and no other is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READ = re.compile(r'env\.\w+\(\s*"([A-Z_]+)"')
TOLD = re.compile(r"^\| `([A-Z_]+)` \| (.+?) \| (.+?) \|$", re.M)
EXAMPLE = re.compile(r"^(?:# )?((?:CABILDO|DATABASE)_[A-Z_]+)=", re.M)


def read() -> set[str]:
    return set(READ.findall((ROOT / "src" / "cabildo" / "site" / "settings.py").read_text(encoding="utf-8")))


def test_every_variable_is_explained_once() -> None:
    told = [name for name, _default, _words in TOLD.findall((ROOT / "docs/reference/settings.md").read_text("utf-8"))]

    assert sorted(told) == sorted(read())


def test_the_example_uses_only_variables_that_exist() -> None:
    assert set(EXAMPLE.findall((ROOT / "deploy" / "environment.example").read_text("utf-8"))) <= read()


def test_a_backup_that_finds_something_missing_does_not_stop_the_old_ones_from_being_pruned() -> None:
    lines = (ROOT / "deploy" / "systemd" / "cabildo-backup.service").read_text("utf-8").splitlines()

    assert "SuccessExitStatus=1" in lines
    assert [line.split()[0].rpartition("/")[2] for line in lines if line.startswith("ExecStart=")] == [
        "cabildo",
        "find",
    ]


@pytest.mark.parametrize("unit", sorted((ROOT / "deploy" / "systemd").glob("*.service")), ids=lambda path: path.name)
def test_every_service_runs_as_a_user_that_can_write_only_its_own_folder(unit: Path) -> None:
    lines = unit.read_text("utf-8").splitlines()

    assert {"User=cabildo", "NoNewPrivileges=true", "ProtectSystem=strict", "CapabilityBoundingSet="} <= set(lines)
    assert "EnvironmentFile=/etc/cabildo/environment" in lines
