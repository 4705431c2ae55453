"""Lighthouse's marks, as a cheap phone sees the pages: `tools/lighthouse.py FOLDER/lighthouse/cli/index.js`.

Fails when accessibility is below 100 or performance below 95.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from screenshots import ask, new_tab, running_demonstration, system_browser

PHONE = (412, 823)
WANTED = {"accessibility": 100, "performance": 95}
FLAGS = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"


def main(program: str) -> None:
    with running_demonstration() as home:
        browser, tracking = asked(home)
        marks = {name: measured(program, browser, page) for name, page in (("portal", home), ("tracking", tracking))}
    for page, found in marks.items():
        print(page, *(f"{category} {mark}" for category, mark in found.items()))  # noqa: T201
    sys.exit(any(found[category] < least for found in marks.values() for category, least in WANTED.items()))


def asked(home: str) -> tuple[str, str]:
    """The browser's program, and the page of a request just made."""
    with sync_playwright() as playwright:
        path = system_browser() or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = new_tab(browser, home, *PHONE)
        ask(page, keep=lambda _page, _name: None)
        address = page.url
        browser.close()
    return path, address


def measured(program: str, browser: str, address: str) -> dict[str, int]:
    """Its marks from 0 to 100, with Lighthouse's own throttling of a phone on a slow network."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        categories = f"--only-categories={','.join(WANTED)}"
        command = ["node", program, address, categories, "--output=json", f"--output-path={report}", "--quiet", FLAGS]
        subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": browser})  # noqa: S603
        found = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {category: round(found[category]["score"] * 100) for category in WANTED}


if __name__ == "__main__":
    main(sys.argv[1])
