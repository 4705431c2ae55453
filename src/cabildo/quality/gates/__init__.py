"""What the programme can say of its own gates: what holds, and what is missing where. A module for each stage."""

from cabildo.quality.gates import diagnosis, entry


def register() -> None:
    diagnosis.register()
    entry.register()
