"""How many requests a second, with wrk; and how long single requests take, one after another."""

import http.client
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 8
LUA = """
local paths = {{ {paths} }}
local body = {body}
local n = 0
function request()
  n = n + 1
  local path = paths[(n - 1) % #paths + 1]
  if body then return wrk.format("POST", path, nil, body .. n) end
  return wrk.format("GET", path)
end
"""


class LoadError(Exception):
    """The load could not be made, or the site answered wrongly."""


@dataclass(frozen=True)
class Rate:
    """Whole operations a second (one may need several requests), and the 99th percentile of a request in ms."""

    per_second: float
    p99_ms: float
    requests: int
    operations: float


def need_wrk() -> None:
    if shutil.which("wrk") is None:
        raise LoadError("wrk is missing: apt-get install wrk")


def get(address: str, paths: Sequence[str], headers: Mapping[str, str], seconds: int) -> Rate:
    """Each operation asks for all the paths, one after the other."""
    return _wrk(address, paths, None, headers, seconds)


def post(address: str, path: str, body: str, headers: Mapping[str, str], seconds: int) -> Rate:
    """The body ends with the field that takes a running number."""
    form = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    return _wrk(address, [path], body, form, seconds)


def _wrk(address: str, paths: Sequence[str], body: str | None, headers: Mapping[str, str], seconds: int) -> Rate:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "load.lua"
        listed = ", ".join(_lua(path) for path in paths)
        script.write_text(LUA.format(paths=listed, body=_lua(body) if body else "nil"), encoding="utf-8")
        command = [
            "wrk",
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{seconds}s",
            "--timeout",
            "20s",
            "--latency",
            "-s",
            str(script),
        ]
        for name, value in headers.items():
            command += ["-H", f"{name}: {value}"]
        done = subprocess.run([*command, address], capture_output=True, text=True, check=True, timeout=seconds + 60)
    return _read(done.stdout, len(paths))


def _lua(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _read(report: str, requests_each: int) -> Rate:
    if wrong := re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: .*", report):
        raise LoadError(wrong[0])
    rate = float(_found(r"Requests/sec:\s+([\d.]+)", report)) / requests_each
    p99, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", report).groups()  # type: ignore[union-attr]
    requests = int(_found(r"(\d+) requests in", report))
    return Rate(
        per_second=rate,
        p99_ms=float(p99) * {"us": 0.001, "ms": 1, "s": 1000}[unit],
        requests=requests,
        operations=requests / requests_each,
    )


def _found(pattern: str, report: str) -> str:
    found = re.search(pattern, report)
    if found is None:
        raise LoadError(f"wrk said nothing like {pattern}:\n{report}")
    return found[1]


class Browser:
    """One connection kept open, as a browser does; it tells how long each answer took."""

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.headers = dict(headers)

    def milliseconds(self, path: str) -> float:
        start = time.perf_counter()
        status, _body = self.answer(path)
        if status != 200:
            raise LoadError(f"{path} answered {status}")
        return (time.perf_counter() - start) * 1000

    def answer(self, path: str) -> tuple[int, str]:
        self.connection.request("GET", path, headers=self.headers)
        response = self.connection.getresponse()
        return response.status, response.read().decode("utf-8", "replace")

    def close(self) -> None:
        self.connection.close()


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of them (0 to 1) do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
