"""A real IMAP server of our own: Debian's dovecot 2.3, unprivileged, from a temporary folder, on a free port."""

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "solicitudes", "clave-del-buzon"
BINARY = shutil.which("dovecot") or "/usr/sbin/dovecot"
UP_SECONDS = 10
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
default_vsz_limit = 0
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = passwd-file
  args = scheme=plain username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


def why_not() -> str:
    """Why no server can be started here; empty when one can."""
    if not Path(BINARY).exists():
        return "dovecot is not installed"
    version = subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True).stdout
    return "" if version.startswith("2.3") else f"the configuration is for dovecot 2.3, here is {version.strip()}"


@dataclass(frozen=True)
class Mailbox:
    """The server's port and its one mailbox, as a neighbour's mail reaches it and as a person looks into it."""

    port: int

    def put(self, raw: bytes) -> None:
        with self._open() as connection:
            connection.append("INBOX", "", imaplib.Time2Internaldate(time.time()), raw)

    def unread(self) -> int:
        with self._open() as connection:
            connection.select("INBOX", readonly=True)
            return len(connection.search(None, "UNSEEN")[1][0].split())

    def _open(self) -> imaplib.IMAP4:
        connection = imaplib.IMAP4("127.0.0.1", self.port)
        connection.login(USER, PASSWORD)
        return connection


@contextmanager
def running() -> Iterator[Mailbox]:
    is_root = os.geteuid() == 0
    user = pwd.getpwnam("nobody" if is_root else getpass.getuser())
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="dovecot-") as name:
        folder = Path(name)
        _write(folder, user, port)
        drop = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if is_root else {}
        server = subprocess.Popen([BINARY, "-F", "-c", str(folder / "conf")], stderr=subprocess.DEVNULL, **drop)
        try:
            _wait(port, folder)
            yield Mailbox(port)
        finally:
            server.terminate()
            server.wait(UP_SECONDS)


def _write(folder: Path, user: pwd.struct_passwd, port: int) -> None:
    group = grp.getgrgid(user.pw_gid).gr_name
    (folder / "conf").write_text(CONFIG.format(folder=folder, user=user.pw_name, group=group, port=port))
    (folder / "users").write_text(f"{USER}:{{plain}}{PASSWORD}::::::\n")
    for inside in ("run", "state", "mail"):
        (folder / inside).mkdir()
    for path in [folder, *folder.iterdir()]:
        shutil.chown(path, user.pw_uid, user.pw_gid)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(port: int, folder: Path) -> None:
    until = time.monotonic() + UP_SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    log = folder / "log"
    raise RuntimeError(log.read_text() if log.exists() else "dovecot did not start")
