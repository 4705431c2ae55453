"""One module per measure: `NAME` and `measure(place)`; docs/reference/performance.md explains each."""

from bench.measures import create, growth, importing, listing, memory, quality

ALL = {module.NAME: module for module in (listing, create, growth, importing, memory, quality)}
