"""What must exist before Django starts: the data folder, a secret of this installation, the key file."""

import os
import secrets
from pathlib import Path

from cabildo.db.keyring import create_key_file


def prepare(data_dir: Path) -> None:
    """Make what is missing, and nothing twice."""
    data_dir.mkdir(parents=True, exist_ok=True)
    secret = data_dir / "secret_key"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    keys = data_dir / "keys.json"
    if not keys.exists():
        create_key_file(keys)


if __name__ == "__main__":
    prepare(Path(os.environ.get("CABILDO_DATA_DIR", "var")))
