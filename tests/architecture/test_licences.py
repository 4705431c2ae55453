"""Nothing that we lock is under the GPL or the AGPL; the LGPL is used unmodified."""

import re
from importlib import metadata
from pathlib import Path

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )(?:AGPL|GPL|GNU General Public|Affero)")


def locked() -> set[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in REQUIREMENTS.glob("*.lock"))
    return set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE))


def licence(name: str) -> str:
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:  # locked for another system or Python
        return ""
    kinds = [kind for kind in told.get_all("Classifier") or [] if kind.startswith("License")]
    return " ".join([told.get("License-Expression") or "", (told.get("License") or "")[:80], *kinds])


def test_no_locked_package_is_under_a_copyleft_that_binds_us() -> None:
    assert {name: licence(name) for name in locked() if COPYLEFT.search(licence(name))} == {}
