"""A mapping is checked before any row: each error says line, key and fix."""

import pytest

from cabildo.tickets.imports.mapping import as_yaml, read_mapping, unknown_columns
from tickets.import_world import BODY, HEADINGS, mapping, mapping_yaml


def errors_of(content: bytes) -> list:
    return list(read_mapping("mapa.yaml", content).errors)


def test_a_right_mapping_has_no_errors_and_knows_its_defaults() -> None:
    found = read_mapping("mapa.yaml", mapping_yaml()).map

    assert (found.source, found.due, found.kinds.default, found.encoding) == (
        "sistema-viejo",
        "source_goal",
        "solicitud",
        "auto",
    )


def test_an_unknown_key_is_told_with_its_line_and_the_nearest_name() -> None:
    [error] = errors_of(mapping_yaml().replace(b"time_zone:", b"time_zon:"))

    line = mapping_yaml().decode().splitlines().index("time_zone: America/New_York") + 1
    assert (error.line, error.path, error.code, error.fix) == (
        line,
        "time_zon",
        "unknown_key",
        "¿Quiso decir «time_zone»?",
    )


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"time_zone": "America/Puerto_Claro"}, "time_zone", "time_zone"),
        ({"date_formats": ["%d-%m"]}, "date_formats[0]", "date_format"),
        ({"states": {"values": {"A": {"state": "closed"}}}}, "states.values.A", "outcome"),
        ({"states": {"values": {"A": {"state": "derived", "outcome": "resolved"}}}}, "states.values.A", "outcome"),
        ({"states": {"values": {"A": {"state": "abierta"}}}}, "states.values.A.state", "choice"),
        ({"channels": {"values": {"Fono": "fono"}}}, "channels.values.Fono", "choice"),
        ({"source": {"id": "Con espacios", "label": "Otra"}}, "source.id", "pattern"),
        ({"columns": {"external_id": "Id"}}, "columns", "missing"),
    ],
)
def test_what_is_wrong_is_found_with_its_line(change, path, code) -> None:
    found = errors_of(mapping_yaml(**change))

    assert (path, code) in [(error.path, error.code) for error in found]
    assert all(error.line and error.message and error.fix for error in found)


@pytest.mark.parametrize("content", [b"", b"- uno\n", b"a: [", b"\xff\xfe", b"a: &x 1\nb: *x", b"1: 2"])
def test_no_file_makes_reading_fail(content: bytes) -> None:
    assert errors_of(content)


def test_columns_the_file_lacks_are_named_with_the_nearest_one() -> None:
    headings = ["Ide" if heading == "Id" else heading for heading in HEADINGS]

    [error] = unknown_columns(mapping(), headings)

    assert (error.path, error.fix) == ("columns.external_id", "¿Quiso decir «Ide»?")


def test_a_mapping_written_and_read_again_is_the_same() -> None:
    once = mapping()

    assert read_mapping("mapa.yaml", as_yaml(once.body).encode()).map == once
    assert once.body["columns"] == BODY["columns"]
