"""What has the shape of personal data is found, and the rest of the text is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabildo.kit import run as runs
from cabildo.tickets.rules import personal_data


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Mi RUN es 12.345.678-5, gracias", ["run"]),
        ("rut 12345678-5", ["run"]),
        ("soy 12 345 678 5", ["run"]),
        ("20.000.000-K no es un RUN", []),
        ("llámeme al 9 8765 4321", ["phone"]),
        ("+56 9 87654321", ["phone"]),
        ("(+56) 32 223 4567", ["phone"]),
        ("fijo 32-2234567", ["phone"]),
        ("rosa.perez+luz@correo.ejemplo.cl", ["email"]),
        ("escriba a rosa @ ejemplo.cl o al 987654321", ["email", "phone"]),
        ("poste 4521, Los Aromos 120, desde el 12/10/2026 a las 22:30", []),
        ("boleta 2026-000123 por $1.250.000", []),
        ("", []),
    ],
)
def test_what_has_the_shape_of_personal_data_is_found(text: str, kinds: list[str]) -> None:
    assert personal_data.kinds_in(text) == kinds


def test_the_proposal_keeps_the_rest_of_the_text() -> None:
    text = "Luz apagada. Soy 12.345.678-5, fono 987654321, rosa@ejemplo.cl. Urge."

    assert personal_data.redacted(text) == (
        "Luz apagada. Soy [RUN borrado], fono [teléfono borrado], [correo borrado]. Urge."
    )


@given(st.integers(1_000_000, 49_999_999), st.booleans())
def test_every_run_is_found_however_it_is_written(number: int, dotted: bool) -> None:
    run = f"{number}-{runs.check_digit(number)}"
    text = f"Soy {runs.pretty(run) if dotted else run}."

    assert personal_data.redacted(text) == "Soy [RUN borrado]."


@given(st.text(max_size=200))
def test_a_redacted_text_holds_nothing_more_to_redact(text: str) -> None:
    once = personal_data.redacted(text)

    assert personal_data.redacted(once) == once
    assert (once == text) is (personal_data.findings(text) == [])
