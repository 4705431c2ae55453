"""`python -m bench`: the measures one after another, on both databases.

A whole run rewrites the table of docs/reference/performance.md; a part of one, or a quick one, only prints it.
"""

import argparse
import signal
import sys
from dataclasses import replace
from pathlib import Path

from bench import load, report
from bench.measures import ALL
from bench.report import Report
from bench.workplace import FULL, QUICK, workplace

KINDS = ("sqlite", "postgresql")


def main() -> int:
    options = _options()
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(1))  # so that servers and clusters are stopped
    load.need_wrk()
    measures = [ALL[name] for name in _chosen(options.only, ALL)]
    kinds = _chosen(options.database, KINDS)
    amount = QUICK if options.quick else FULL
    if options.large:
        amount = replace(amount, large=options.large)
    found = Report(command=" ".join(["python -m bench", *sys.argv[1:]]))
    for kind in kinds:
        with workplace(kind, amount, found) as place:
            for measure in measures:
                print(f"» {measure.NAME} on {kind}", flush=True)
                measure.measure(place)
    text = found.markdown()
    print(f"\n{text}")
    if options.to:
        options.to.write_text(text, encoding="utf-8")
    if amount == FULL and len(measures) == len(ALL) and len(kinds) == len(KINDS):
        report.write(found)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", help=f"measures, with commas: {', '.join(ALL)}")
    parser.add_argument("--database", help=f"databases, with commas: {', '.join(KINDS)}")
    parser.add_argument("--quick", action="store_true", help="small numbers, to see that all works; no figures")
    parser.add_argument("--large", type=int, help="requests of the larger installation of growth, instead of a million")
    parser.add_argument("--to", type=Path, help="also write the table to this file")
    return parser.parse_args()


def _chosen(words: str | None, known: object) -> list[str]:
    names = list(known)  # type: ignore[call-overload]
    chosen = [word.strip() for word in words.split(",")] if words else names
    if unknown := set(chosen) - set(names):
        raise SystemExit(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return chosen


if __name__ == "__main__":
    raise SystemExit(main())
